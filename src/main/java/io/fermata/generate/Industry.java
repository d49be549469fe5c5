package io.fermata.generate;

import java.util.Locale;

/** The brands that are simulated, one per industry. */
public enum Industry {
  TELECOM,
  BANK,
  SHOP;

  private final String label = name().toLowerCase(Locale.ROOT);

  /** The name in files and on the command line: {@code telecom}. */
  public String label() {
    return label;
  }

  /**
   * The industry of that label.
   *
   * @throws IllegalArgumentException naming the labels there are
   */
  public static Industry parse(String text) {
    for (Industry industry : values()) {
      if (industry.label.equalsIgnoreCase(text.trim())) {
        return industry;
      }
    }
    throw new IllegalArgumentException(
        "unknown industry '" + text + "', expected telecom, bank or shop");
  }
}
