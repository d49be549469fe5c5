package io.fermata.codec.registry;

import org.apache.kafka.common.errors.SerializationException;

/** The registry could not be reached or failed; the same request may succeed later. */
public final class RegistryUnavailableException extends SerializationException {

  private static final long serialVersionUID = 1L;

  public RegistryUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
