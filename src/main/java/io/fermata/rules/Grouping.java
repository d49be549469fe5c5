package io.fermata.rules;

import io.fermata.model.Touchpoint;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The values of {@code per} or {@code same} as one key. Null is a value of its own, unlike the
 * empty text, though both are written as nothing in a subject.
 */
public final class Grouping {

  /** One group for all. */
  public static final Grouping NONE = new Grouping(List.of());

  private static final char SEPARATOR = '\u0001';
  private static final String NULL = "\u0000";

  private final Expression[] expressions;

  public Grouping(List<Expression> expressions) {
    this.expressions = expressions.toArray(Expression[]::new);
  }

  /** Names of the fields and variables that its expressions read; null where unknown. */
  public Set<String> reads() {
    Set<String> reads = new HashSet<>();
    for (Expression expression : expressions) {
      if (expression.reads() == null) {
        return null;
      }
      reads.addAll(expression.reads());
    }
    return reads;
  }

  /** The key under which touchpoints with equal values meet; empty when there is no expression. */
  public String keyOf(Touchpoint touchpoint) {
    if (expressions.length == 0) {
      return "";
    }
    String first = encode(expressions[0].evaluate(touchpoint));
    if (expressions.length == 1) {
      return first;
    }
    StringBuilder key = new StringBuilder(first);
    for (int i = 1; i < expressions.length; i++) {
      key.append(SEPARATOR).append(encode(expressions[i].evaluate(touchpoint)));
    }
    return key.toString();
  }

  /** The alert's subject for a key: values joined with {@code |}, null as nothing. */
  public static String subjectOf(String key) {
    return key.indexOf(0) < 0 && key.indexOf(SEPARATOR) < 0
        ? key
        : key.replace(NULL, "").replace(SEPARATOR, '|');
  }

  /** A value as it is written in subjects and compared for {@code distinct}; null becomes NUL. */
  public static String encode(Object value) {
    return value == null ? NULL : text(value);
  }

  private static String text(Object value) {
    if (value instanceof Instant || value instanceof Duration || value instanceof Long) {
      return value.toString();
    }
    if (value instanceof Double number) {
      // 3.0 and 3 are one value, as they are to CEL.
      return number == Math.rint(number) && Math.abs(number) < 1e15
          ? Long.toString(number.longValue())
          : number.toString();
    }
    String text = value.toString();
    return text.indexOf(0) < 0 && text.indexOf(SEPARATOR) < 0
        ? text
        : text.replace("\u0000", "").replace(Character.toString(SEPARATOR), "");
  }
}
