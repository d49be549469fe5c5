package io.fermata.model;

import java.util.Objects;

/**
 * One name of a customer: {@code customer:C-17}, {@code cookie:ab3}.
 *
 * @param kind what sort of name, for instance {@code email}
 * @param value the name itself
 */
public record Identifier(String kind, String value) {

  public Identifier {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(value, "value");
  }

  /** The name as one string, {@code kind:value}: the key of records and of state. */
  public String key() {
    return kind + ":" + value;
  }
}
