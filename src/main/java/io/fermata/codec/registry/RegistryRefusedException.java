package io.fermata.codec.registry;

import org.apache.kafka.common.errors.SerializationException;

/**
 * The registry answered no, and will again: wrong credentials, an incompatible schema, a subject
 * that doesn't exist, a wrong address.
 */
public final class RegistryRefusedException extends SerializationException {

  private static final long serialVersionUID = 1L;

  private final int status;
  private final int errorCode;

  public RegistryRefusedException(String message, int status, int errorCode) {
    super(message);
    this.status = status;
    this.errorCode = errorCode;
  }

  /** The HTTP status. */
  public int status() {
    return status;
  }

  /** The registry's own error code, or the HTTP status where it gave none. */
  public int errorCode() {
    return errorCode;
  }
}
