package io.fermata.codec;

import io.fermata.model.DeadLetterReason;
import org.apache.kafka.common.errors.SerializationException;

/** A record that will not become readable by trying again: a dead letter. */
public abstract class UnreadableRecordException extends SerializationException {

  private static final long serialVersionUID = 1L;

  protected UnreadableRecordException(String message, Throwable cause) {
    super(message, cause);
  }

  /** The code under which the record becomes a dead letter. */
  public abstract DeadLetterReason reason();
}
