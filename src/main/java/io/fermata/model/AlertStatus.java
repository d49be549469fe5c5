package io.fermata.model;

/** Where an alert stands. {@code UNKNOWN} stands for a symbol that a newer producer wrote. */
public enum AlertStatus {
  RAISED,
  ENDED,
  RETRACTED,
  UNKNOWN;

  /** The constant of that name, or {@code UNKNOWN} for any other text; null stays null. */
  public static AlertStatus parse(String name) {
    return Symbols.parse(AlertStatus.class, name, UNKNOWN);
  }
}
