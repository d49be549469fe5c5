package io.fermata.codec.json;

import io.fermata.model.DeadLetterReason;
import java.util.List;

/** A JSON line that is no valid link. */
public final class MalformedLinkException extends Exception {

  private static final long serialVersionUID = 1L;

  private final DeadLetterReason code;

  MalformedLinkException(DeadLetterReason code, List<String> reasons) {
    super(String.join("; ", reasons));
    this.code = code;
  }

  /** {@code UNDECODABLE} when the line is no JSON, {@code INVALID} when it breaks the contract. */
  public DeadLetterReason code() {
    return code;
  }
}
