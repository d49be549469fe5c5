package io.fermata.journey;

/**
 * What the fold remembers for one rule and one group of touchpoints, or of one open journey.
 * Mutable, owned by a {@link FoldState}.
 */
sealed interface Cell
    permits QuietCell, CountCell, StreakCell, SequenceCell, AbsenceCell, JourneyCell {

  /** No time. */
  long NEVER = Long.MAX_VALUE;

  /** When something falls due: settled before the first touchpoint later than this; else NEVER. */
  default long due() {
    return NEVER;
  }

  /** Id of the touchpoint whose deadline falls due, for the order among equals. */
  default String dueAnchor() {
    return "";
  }

  /** From when on the cell says no more than no cell would; NEVER while that can't be told. */
  long expiresAt();

  void write(ByteWriter out);
}
