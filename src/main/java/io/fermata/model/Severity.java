package io.fermata.model;

/**
 * How bad an experience is, in rising order. {@code UNKNOWN} stands for a symbol that a newer
 * producer wrote.
 */
public enum Severity {
  LOW,
  MEDIUM,
  HIGH,
  CRITICAL,
  UNKNOWN;

  /** The constant of that name, or {@code UNKNOWN} for any other text; null stays null. */
  public static Severity parse(String name) {
    return Symbols.parse(Severity.class, name, UNKNOWN);
  }
}
