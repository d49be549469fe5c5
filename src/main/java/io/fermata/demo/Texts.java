package io.fermata.demo;

import io.fermata.model.Alert;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** How figures are written. */
final class Texts {

  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

  private Texts() {}

  /** A time of event time, in UTC. */
  static String minute(long epochMillis) {
    return MINUTE.format(Instant.ofEpochMilli(epochMillis));
  }

  static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  static String rounded(double number) {
    return String.format(Locale.ROOT, "%,.0f", number);
  }

  /** A number without superfluous zeros. */
  static String measure(double number) {
    return number == Math.rint(number)
        ? rounded(number)
        : String.format(Locale.ROOT, "%,.2f", number);
  }

  static String title(Alert alert) {
    return alert.title().getOrDefault("en", alert.rule());
  }
}
