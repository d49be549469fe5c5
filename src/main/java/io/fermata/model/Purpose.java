package io.fermata.model;

/**
 * Why the brand or the customer made contact. {@code UNKNOWN} stands for a symbol that a newer
 * producer wrote.
 */
public enum Purpose {
  SERVICE,
  TRANSACTIONAL,
  MARKETING,
  BILLING,
  RETENTION,
  SECURITY,
  SURVEY,
  OTHER,
  UNKNOWN;

  /** The constant of that name, or {@code UNKNOWN} for any other text; null stays null. */
  public static Purpose parse(String name) {
    return Symbols.parse(Purpose.class, name, UNKNOWN);
  }
}
