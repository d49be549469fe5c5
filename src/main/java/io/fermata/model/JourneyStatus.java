package io.fermata.model;

/** Where a journey stands. {@code UNKNOWN} stands for a symbol that a newer producer wrote. */
public enum JourneyStatus {
  OPEN,
  COMPLETED,
  ABANDONED,
  LAPSED,
  UNKNOWN;

  /** The constant of that name, or {@code UNKNOWN} for any other text; null stays null. */
  public static JourneyStatus parse(String name) {
    return Symbols.parse(JourneyStatus.class, name, UNKNOWN);
  }
}
