package io.fermata.runtime.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;

/** The kinds of value a property can have, and how each is read and described. */
enum ValueType {
  TEXT(String.class, "a text"),
  FLAG(boolean.class, "true or false"),
  INTEGER(int.class, "a whole number"),
  LONG(long.class, "a whole number"),
  DURATION(Duration.class, "an ISO-8601 duration such as PT30S or P7D"),
  PATH(Path.class, "a path"),
  LIST(List.class, "a list of texts");

  private final Class<?> javaType;
  private final String description;

  ValueType(Class<?> javaType, String description) {
    this.javaType = javaType;
    this.description = description;
  }

  static ValueType of(Class<?> javaType) {
    return Arrays.stream(values())
        .filter(type -> type.javaType == javaType)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("a property cannot be of type " + javaType));
  }

  String description() {
    return description;
  }

  /**
   * Reads a text.
   *
   * @throws IllegalArgumentException when it is none of this kind
   */
  Object read(String text) {
    try {
      return switch (this) {
        case TEXT -> text;
        case FLAG -> flag(text);
        case INTEGER -> Integer.valueOf(text);
        case LONG -> Long.valueOf(text);
        case DURATION -> Duration.parse(text);
        case PATH -> Path.of(text);
        case LIST -> list(text);
      };
    } catch (DateTimeParseException | InvalidPathException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  private static boolean flag(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("neither true nor false");
    };
  }

  private static List<String> list(String text) {
    return Arrays.stream(text.split(",", -1))
        .map(String::strip)
        .filter(entry -> !entry.isEmpty())
        .toList();
  }
}
