package io.fermata.model;

/**
 * What a survey answer measures. {@code UNKNOWN} stands for a symbol that a newer producer wrote.
 */
public enum ScoreKind {
  NPS,
  CSAT,
  CES,
  FEEDBACK,
  UNKNOWN;

  /** The constant of that name, or {@code UNKNOWN} for any other text; null stays null. */
  public static ScoreKind parse(String name) {
    return Symbols.parse(ScoreKind.class, name, UNKNOWN);
  }
}
