package io.fermata.model;

/** Reads enum symbols written by other programs. */
final class Symbols {

  private Symbols() {}

  static <E extends Enum<E>> E parse(Class<E> type, String name, E otherwise) {
    if (name == null) {
      return null;
    }
    try {
      return Enum.valueOf(type, name);
    } catch (IllegalArgumentException newerSymbol) {
      return otherwise;
    }
  }
}
