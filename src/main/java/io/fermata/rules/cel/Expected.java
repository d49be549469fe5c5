package io.fermata.rules.cel;

/** What an expression must give. */
public enum Expected {
  /** true or false */
  CONDITION("a condition (bool)"),
  /** int or double, may be null */
  NUMBER("a number (int or double)"),
  /** a timestamp, may be null */
  TIME("a time (timestamp)"),
  /** anything but a list, a map or a record */
  VALUE("a single value");

  private final String description;

  Expected(String description) {
    this.description = description;
  }

  String description() {
    return description;
  }
}
