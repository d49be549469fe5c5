package io.fermata.model;

/** How a contact ended. {@code UNKNOWN} stands for a symbol that a newer producer wrote. */
public enum Outcome {
  RESOLVED,
  UNRESOLVED,
  ABANDONED,
  TRANSFERRED,
  NONE,
  UNKNOWN;

  /** The constant of that name, or {@code UNKNOWN} for any other text; null stays null. */
  public static Outcome parse(String name) {
    return Symbols.parse(Outcome.class, name, UNKNOWN);
  }
}
