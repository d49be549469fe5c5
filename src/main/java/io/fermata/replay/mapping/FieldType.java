package io.fermata.replay.mapping;

import dev.cel.common.types.CelKind;
import io.fermata.rules.Suggestions;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * What a field of a touchpoint takes, and how a value of an expression or a constant becomes it.
 *
 * @param expected for messages
 * @param kinds CEL types that may become it
 * @param parse from text that is not blank
 */
record FieldType(String expected, Set<CelKind> kinds, Function<Object, Object> parse) {

  static final FieldType TEXT =
      new FieldType(
          "a text",
          EnumSet.of(CelKind.STRING, CelKind.INT, CelKind.DOUBLE, CelKind.BOOL),
          Object::toString);

  static final FieldType INT =
      new FieldType("a whole number", EnumSet.of(CelKind.INT, CelKind.STRING), FieldType::toInt);

  static final FieldType DOUBLE =
      new FieldType(
          "a number", EnumSet.of(CelKind.INT, CelKind.DOUBLE, CelKind.STRING), FieldType::toDouble);

  static final FieldType TIME =
      new FieldType(
          "a timestamp, or text like 2026-03-01T10:15:30Z",
          EnumSet.of(CelKind.TIMESTAMP, CelKind.STRING),
          FieldType::toMillis);

  static final FieldType CONDITION =
      new FieldType("true or false", EnumSet.of(CelKind.BOOL), FieldType::toBoolean);

  /** One of an enum's symbols, {@code UNKNOWN} left out: what is imported has to be known. */
  static <E extends Enum<E>> FieldType symbol(Class<E> symbols) {
    List<String> known =
        Arrays.stream(symbols.getEnumConstants())
            .map(Enum::name)
            .filter(name -> !name.equals("UNKNOWN"))
            .toList();
    return new FieldType(
        "one of " + String.join(", ", known),
        EnumSet.of(CelKind.STRING),
        value -> {
          String name = value.toString();
          if (!known.contains(name)) {
            throw new IllegalArgumentException(
                "'" + name + "' is unknown" + Suggestions.forUnknown(name, known));
          }
          return Enum.valueOf(symbols, name);
        });
  }

  boolean accepts(CelKind kind) {
    return kinds.contains(kind)
        || kind == CelKind.DYN
        || kind == CelKind.ANY
        || kind == CelKind.NULL_TYPE;
  }

  /**
   * The value as this type; null for null and for blank text.
   *
   * @throws IllegalArgumentException with what was found and what was expected
   */
  Object convert(Object value) {
    if (value == null || (value instanceof String text && text.isBlank())) {
      return null;
    }
    return parse.apply(value);
  }

  private static Object toInt(Object value) {
    try {
      if (value instanceof Long number) {
        return Math.toIntExact(number);
      }
      if (value instanceof String text) {
        return Integer.valueOf(text.strip());
      }
    } catch (NumberFormatException | ArithmeticException e) {
      throw new IllegalArgumentException("'" + value + "' is no whole number of 32 bits", e);
    }
    if (value instanceof Double number && number == Math.rint(number)) {
      return toInt(number.longValue());
    }
    throw new IllegalArgumentException("'" + value + "' is no whole number");
  }

  private static Object toDouble(Object value) {
    if (value instanceof Number number) {
      return number.doubleValue();
    }
    try {
      double number = Double.parseDouble(value.toString().strip());
      if (Double.isFinite(number)) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("'" + value + "' is no number", e);
    }
    throw new IllegalArgumentException("'" + value + "' is no finite number");
  }

  private static Object toMillis(Object value) {
    try {
      return value instanceof Instant instant
          ? instant.toEpochMilli()
          : OffsetDateTime.parse(value.toString().strip()).toInstant().toEpochMilli();
    } catch (DateTimeException | ArithmeticException e) {
      throw new IllegalArgumentException(
          "'" + value + "' is no time, expected text like 2026-03-01T10:15:30Z", e);
    }
  }

  private static Object toBoolean(Object value) {
    if (value instanceof Boolean) {
      return value;
    }
    throw new IllegalArgumentException("'" + value + "' is neither true nor false");
  }
}
