package io.fermata.runtime.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** The kinds of value a property can have, and how each is read and described. */
enum ValueType {
  TEXT(String.class, "a text", text -> text),
  FLAG(boolean.class, "true or false", ValueType::flag),
  INTEGER(int.class, "a whole number", Integer::valueOf),
  LONG(long.class, "a whole number", Long::valueOf),
  DURATION(Duration.class, "an ISO-8601 duration such as PT30S or P7D", Duration::parse),
  PATH(Path.class, "a path", Path::of),
  LIST(List.class, "a list of texts", ValueType::list);

  private final Class<?> javaType;
  private final String description;
  private final Function<String, Object> reader;

  ValueType(Class<?> javaType, String description, Function<String, Object> reader) {
    this.javaType = javaType;
    this.description = description;
    this.reader = reader;
  }

  static ValueType of(Class<?> javaType) {
    return Arrays.stream(values())
        .filter(type -> type.javaType == javaType)
        .findFirst()
        .orElseThrow(
            () -> new IllegalStateException("a property cannot be of type " + javaType));
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
      return reader.apply(text);
    } catch (DateTimeParseException | InvalidPathException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  private static Object flag(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("neither true nor false");
    };
  }

  private static Object list(String text) {
    return Arrays.stream(text.split(",", -1))
        .map(String::strip)
        .filter(entry -> !entry.isEmpty())
        .toList();
  }
}
