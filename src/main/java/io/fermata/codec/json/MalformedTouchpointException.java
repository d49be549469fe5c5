package io.fermata.codec.json;

import io.fermata.model.DeadLetterReason;
import java.util.List;

/** A JSON line that is no valid touchpoint. */
public final class MalformedTouchpointException extends Exception {

  private static final long serialVersionUID = 1L;

  private final DeadLetterReason code;
  private final List<String> reasons;

  MalformedTouchpointException(DeadLetterReason code, List<String> reasons) {
    super(String.join("; ", reasons));
    this.code = code;
    this.reasons = List.copyOf(reasons);
  }

  /** {@code UNDECODABLE} when the line is no JSON, {@code INVALID} when it breaks the contract. */
  public DeadLetterReason code() {
    return code;
  }

  /** Every reason, one line of text each, in the order of the contract's fields. */
  public List<String> reasons() {
    return reasons;
  }
}
