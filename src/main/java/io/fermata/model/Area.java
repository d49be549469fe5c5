package io.fermata.model;

/**
 * The part of the company a touchpoint concerns. {@code UNKNOWN} stands for a symbol that a newer
 * producer wrote.
 */
public enum Area {
  SALES,
  PRODUCT,
  BRAND,
  MARKETING,
  SERVICE,
  BILLING,
  UNKNOWN;

  /** The constant of that name, or {@code UNKNOWN} for any other text; null stays null. */
  public static Area parse(String name) {
    return Symbols.parse(Area.class, name, UNKNOWN);
  }
}
