package io.fermata.model;

/**
 * What a customer is worth to the brand. {@code UNKNOWN} stands for a symbol that a newer producer
 * wrote.
 */
public enum CustomerTier {
  LOW,
  STANDARD,
  HIGH,
  UNKNOWN;

  /** The constant of that name, or {@code UNKNOWN} for any other text; null stays null. */
  public static CustomerTier parse(String name) {
    return Symbols.parse(CustomerTier.class, name, UNKNOWN);
  }
}
