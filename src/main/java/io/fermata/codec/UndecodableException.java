package io.fermata.codec;

import io.fermata.model.DeadLetterReason;

/** Bytes that are not what their schema says; the message names the place and what was expected. */
public final class UndecodableException extends UnreadableRecordException {

  private static final long serialVersionUID = 1L;

  public UndecodableException(String message) {
    super(message, null);
  }

  public UndecodableException(String message, Throwable cause) {
    super(message, cause);
  }

  @Override
  public DeadLetterReason reason() {
    return DeadLetterReason.UNDECODABLE;
  }
}
