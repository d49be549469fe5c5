package io.fermata.model;

/**
 * Whether a rule names a bad or a good experience. {@code UNKNOWN} stands for a symbol that a newer
 * producer wrote.
 */
public enum Polarity {
  BAD,
  GOOD,
  UNKNOWN;

  /** The constant of that name, or {@code UNKNOWN} for any other text; null stays null. */
  public static Polarity parse(String name) {
    return Symbols.parse(Polarity.class, name, UNKNOWN);
  }
}
