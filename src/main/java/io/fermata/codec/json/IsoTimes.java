package io.fermata.codec.json;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Times as text: ISO-8601 in UTC with milliseconds, {@code 2026-03-01T10:15:30.000Z}. */
public final class IsoTimes {

  private static final String SHAPE = "0000-00-00T00:00:00.000Z";
  private static final long MILLIS_PER_DAY = 86_400_000L;

  private static final DateTimeFormatter UTC_MILLIS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private IsoTimes() {}

  /** Epoch milliseconds as text. */
  public static String format(long millis) {
    return UTC_MILLIS.format(Instant.ofEpochMilli(millis));
  }

  /**
   * Reads an ISO-8601 time with {@code Z} or an offset; what is finer than a millisecond is cut
   * off.
   *
   * @return epoch milliseconds
   * @throws DateTimeException when {@code text} is no such time
   */
  public static long parse(String text) {
    return hasCanonicalShape(text)
        ? parseCanonical(text)
        : OffsetDateTime.parse(text).toInstant().toEpochMilli();
  }

  private static boolean hasCanonicalShape(String text) {
    if (text.length() != SHAPE.length()) {
      return false;
    }
    for (int i = 0; i < SHAPE.length(); i++) {
      char expected = SHAPE.charAt(i);
      char c = text.charAt(i);
      if (expected == '0' ? c < '0' || c > '9' : c != expected) {
        return false;
      }
    }
    return true;
  }

  /** The shape nearly every line has, without a formatter's cost. */
  private static long parseCanonical(String text) {
    int hour = digits(text, 11, 13);
    int minute = digits(text, 14, 16);
    int second = digits(text, 17, 19);
    if (hour > 23 || minute > 59 || second > 59) {
      throw new DateTimeException("no such time of day");
    }
    LocalDate date = LocalDate.of(digits(text, 0, 4), digits(text, 5, 7), digits(text, 8, 10));
    long secondOfDay = hour * 3600L + minute * 60L + second;
    return date.toEpochDay() * MILLIS_PER_DAY + secondOfDay * 1000L + digits(text, 20, 23);
  }

  private static int digits(String text, int from, int to) {
    int value = 0;
    for (int i = from; i < to; i++) {
      value = value * 10 + (text.charAt(i) - '0');
    }
    return value;
  }
}
