package io.fermata.model;

/**
 * Who spoke: INBOUND from the customer, OUTBOUND to the customer, SELF the customer alone (app,
 * web). {@code UNKNOWN} stands for a symbol that a newer producer wrote.
 */
public enum Direction {
  INBOUND,
  OUTBOUND,
  SELF,
  UNKNOWN;

  /** The constant of that name, or {@code UNKNOWN} for any other text; null stays null. */
  public static Direction parse(String name) {
    return Symbols.parse(Direction.class, name, UNKNOWN);
  }
}
