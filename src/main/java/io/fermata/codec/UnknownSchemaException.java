package io.fermata.codec;

import io.fermata.model.DeadLetterReason;

/** The registry answers, and does not know the schema id that a record names. */
public final class UnknownSchemaException extends UnreadableRecordException {

  private static final long serialVersionUID = 1L;

  public UnknownSchemaException(String message, Throwable cause) {
    super(message, cause);
  }

  @Override
  public DeadLetterReason reason() {
    return DeadLetterReason.UNKNOWN_SCHEMA;
  }
}
