package io.fermata.rules.cel;

import java.time.Duration;
import java.time.Instant;

/**
 * CEL's operations on the values of {@link Node}. Null, a type that an operation does not take and
 * an overflow all give {@link Node#FAILED}.
 */
final class Values {

  /** From year 1 to year 9999, as CEL bounds timestamps. */
  private static final long FIRST_SECOND = -62_135_596_800L;

  private static final long LAST_SECOND = 253_402_300_799L;

  /** CEL's bound of a duration: about 10,000 years. */
  private static final long LONGEST_SECONDS = 315_576_000_000L;

  /** The result of {@link #compare} for values without an order; NaN is {@link #UNORDERED}. */
  static final int INCOMPARABLE = 2;

  static final int UNORDERED = 3;

  private Values() {}

  static boolean equal(Object a, Object b) {
    if (a == b) {
      return !(a instanceof Double number && number.isNaN());
    }
    if (a == null || b == null) {
      return false;
    }
    if (a instanceof Number && b instanceof Number) {
      return compare(a, b) == 0;
    }
    return a.equals(b);
  }

  /** -1, 0, 1, {@link #INCOMPARABLE} or {@link #UNORDERED}. */
  static int compare(Object a, Object b) {
    if (a instanceof Long x) {
      return b instanceof Long y
          ? Long.compare(x, y)
          : b instanceof Double y ? compareNumbers(x, y) : INCOMPARABLE;
    }
    if (a instanceof Double x) {
      return b instanceof Double y
          ? compareNumbers(x, y)
          : b instanceof Long y ? compareNumbers(x, y) : INCOMPARABLE;
    }
    if (a instanceof String x && b instanceof String y) {
      return Integer.signum(x.compareTo(y));
    }
    if (a instanceof Instant x && b instanceof Instant y) {
      return Integer.signum(x.compareTo(y));
    }
    if (a instanceof Duration x && b instanceof Duration y) {
      return Integer.signum(x.compareTo(y));
    }
    return a instanceof Boolean x && b instanceof Boolean y ? Boolean.compare(x, y) : INCOMPARABLE;
  }

  /** Two numbers; the same as {@link #compare} without boxes. */
  static int compareNumbers(double x, double y) {
    return x < y ? -1 : x > y ? 1 : x == y ? 0 : UNORDERED;
  }

  static Object add(Object a, Object b) {
    if (a instanceof Long x && b instanceof Long y) {
      long sum = x + y;
      return ((x ^ sum) & (y ^ sum)) < 0 ? Node.FAILED : (Object) sum;
    }
    if (a instanceof Double x && b instanceof Double y) {
      return x + y;
    }
    if (a instanceof String x && b instanceof String y) {
      return x + y;
    }
    if (a instanceof Instant x && b instanceof Duration y) {
      return shift(x, y, 1);
    }
    if (a instanceof Duration x && b instanceof Instant y) {
      return shift(y, x, 1);
    }
    return a instanceof Duration x && b instanceof Duration y ? sum(x, y, 1) : Node.FAILED;
  }

  static Object subtract(Object a, Object b) {
    if (a instanceof Long x && b instanceof Long y) {
      long difference = x - y;
      return ((x ^ y) & (x ^ difference)) < 0 ? Node.FAILED : (Object) difference;
    }
    if (a instanceof Double x && b instanceof Double y) {
      return x - y;
    }
    if (a instanceof Instant x && b instanceof Instant y) {
      return Duration.between(y, x);
    }
    if (a instanceof Instant x && b instanceof Duration y) {
      return shift(x, y, -1);
    }
    return a instanceof Duration x && b instanceof Duration y ? sum(x, y, -1) : Node.FAILED;
  }

  static Object multiply(Object a, Object b) {
    if (a instanceof Long x && b instanceof Long y) {
      long product = x * y;
      return Math.multiplyHigh(x, y) == product >> 63 ? (Object) product : Node.FAILED;
    }
    return a instanceof Double x && b instanceof Double y ? (Object) (x * y) : Node.FAILED;
  }

  static Object divide(Object a, Object b) {
    if (a instanceof Long x && b instanceof Long y) {
      return y == 0 || (x == Long.MIN_VALUE && y == -1) ? Node.FAILED : (Object) (x / y);
    }
    return a instanceof Double x && b instanceof Double y ? (Object) (x / y) : Node.FAILED;
  }

  static Object remainder(Object a, Object b) {
    return a instanceof Long x && b instanceof Long y && y != 0 ? (Object) (x % y) : Node.FAILED;
  }

  static Object negate(Object a) {
    if (a instanceof Long x) {
      return x == Long.MIN_VALUE ? Node.FAILED : (Object) (-x);
    }
    return a instanceof Double x ? (Object) (-x) : Node.FAILED;
  }

  static Object toInt(Object a) {
    if (a instanceof Long) {
      return a;
    }
    if (a instanceof Double x) {
      return x > Long.MIN_VALUE && x < Long.MAX_VALUE ? (Object) x.longValue() : Node.FAILED;
    }
    if (a instanceof Instant x) {
      return x.getEpochSecond();
    }
    return a instanceof String text ? parseInt(text) : Node.FAILED;
  }

  static Object toDouble(Object a) {
    if (a instanceof Double) {
      return a;
    }
    if (a instanceof Long x) {
      return x.doubleValue();
    }
    return a instanceof String text ? parseDouble(text) : Node.FAILED;
  }

  private static Object parseInt(String text) {
    int digits = text.startsWith("-") || text.startsWith("+") ? 1 : 0;
    if (text.length() == digits || text.length() > 20) {
      return Node.FAILED;
    }
    // Looked at first, for an exception costs more than all the other conditions together.
    for (int i = digits; i < text.length(); i++) {
      if (!Character.isDigit(text.charAt(i))) {
        return Node.FAILED;
      }
    }
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException tooLarge) {
      return Node.FAILED;
    }
  }

  private static Object parseDouble(String text) {
    if (text.isEmpty()
        || (Character.isLetter(text.charAt(0)) && "NI".indexOf(text.charAt(0)) < 0)) {
      return Node.FAILED;
    }
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException notANumber) {
      return Node.FAILED;
    }
  }

  private static Object shift(Instant time, Duration by, int sign) {
    long seconds = time.getEpochSecond() + sign * bounded(by);
    if (seconds < FIRST_SECOND - 1 || seconds > LAST_SECOND + 1) {
      return Node.FAILED;
    }
    Instant shifted = sign > 0 ? time.plus(by) : time.minus(by);
    long second = shifted.getEpochSecond();
    return second < FIRST_SECOND || second > LAST_SECOND ? Node.FAILED : (Object) shifted;
  }

  private static Object sum(Duration a, Duration b, int sign) {
    if (Math.abs(bounded(a) + sign * bounded(b)) > LONGEST_SECONDS) {
      return Node.FAILED;
    }
    return sign > 0 ? a.plus(b) : a.minus(b);
  }

  private static long bounded(Duration duration) {
    return Math.max(-4 * LONGEST_SECONDS, Math.min(4 * LONGEST_SECONDS, duration.toSeconds()));
  }
}
