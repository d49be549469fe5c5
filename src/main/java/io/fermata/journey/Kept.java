package io.fermata.journey;

/**
 * What became of a touchpoint or of a clock.
 *
 * @param root the customer's record to store; null when it did not change
 * @param cancelWake timer to cancel, or {@link #NO_WAKE}
 * @param wakeAt timer to set, or {@link #NO_WAKE}: when the clock reaches it, {@link
 *     JourneyKeeper#settle} has something to do
 * @param refolded how many touchpoints were folded again
 */
public record Kept(Outcome outcome, byte[] root, long cancelWake, long wakeAt, int refolded) {

  /** No timer. */
  public static final long NO_WAKE = Cell.NEVER;

  /** What is told of a touchpoint that is {@link Outcome#TOO_LATE}. */
  public static final String TOO_LATE_DETAIL = "older than the history kept for its customer";

  /** What a touchpoint was. */
  public enum Outcome {
    FOLDED,
    DUPLICATE,
    /** Older than the history kept: nothing was changed. */
    TOO_LATE
  }
}
