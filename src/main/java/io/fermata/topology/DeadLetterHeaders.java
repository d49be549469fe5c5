package io.fermata.topology;

/** Headers by which a dead letter says why it is one, in UTF-8. */
public final class DeadLetterHeaders {

  /** The name of a {@link io.fermata.model.DeadLetterReason}. */
  public static final String REASON = "fermata.reason";

  /** Every reason in words. */
  public static final String DETAIL = "fermata.detail";

  private DeadLetterHeaders() {}
}
