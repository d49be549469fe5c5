package io.fermata.model;

/** Who dealt with a contact. {@code UNKNOWN} stands for a symbol that a newer producer wrote. */
public enum HandledBy {
  HUMAN,
  BOT,
  IVR,
  NONE,
  UNKNOWN;

  /** The constant of that name, or {@code UNKNOWN} for any other text; null stays null. */
  public static HandledBy parse(String name) {
    return Symbols.parse(HandledBy.class, name, UNKNOWN);
  }
}
