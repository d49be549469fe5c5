package io.fermata.model;

/**
 * The six pillars of customer experience. {@code UNKNOWN} stands for a symbol that a newer producer
 * wrote.
 */
public enum Pillar {
  INTEGRITY,
  RESOLUTION,
  EXPECTATIONS,
  TIME_AND_EFFORT,
  PERSONALISATION,
  EMPATHY,
  UNKNOWN;

  /** The constant of that name, or {@code UNKNOWN} for any other text; null stays null. */
  public static Pillar parse(String name) {
    return Symbols.parse(Pillar.class, name, UNKNOWN);
  }
}
