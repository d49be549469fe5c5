package io.fermata.serve;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Names of customers as they are asked about. */
final class Names {

  private static final int LONGEST = 512;

  private Names() {}

  /**
   * @throws IllegalArgumentException with what was expected
   */
  static void check(String name) {
    int colon = name.indexOf(':');
    if (colon < 1 || name.length() > LONGEST || name.substring(colon + 1).isBlank()) {
      throw new IllegalArgumentException(
          "expected a customer as kind:value, at most " + LONGEST + " characters");
    }
  }

  /** As part of a path. */
  static String encoded(String name) {
    return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
