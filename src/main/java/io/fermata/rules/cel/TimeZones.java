package io.fermata.rules.cel;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToLongFunction;
import java.util.regex.Pattern;

/** CEL's calendar functions on timestamps. */
final class TimeZones {

  /** Names come from the input; beyond this many they are worked out each time. */
  private static final int REMEMBERED = 1024;

  private static final Pattern BARE_OFFSET = Pattern.compile("\\d{2}:\\d{2}");

  private static final Map<String, Optional<ZoneId>> ZONES = new ConcurrentHashMap<>();

  /** Function name to what it reads; CEL counts months, days of month and of year from 0. */
  static final Map<String, ToLongFunction<ZonedDateTime>> PARTS =
      Map.of(
          "getFullYear",
          ZonedDateTime::getYear,
          "getMonth",
          t -> t.getMonthValue() - 1,
          "getDate",
          ZonedDateTime::getDayOfMonth,
          "getDayOfMonth",
          t -> t.getDayOfMonth() - 1,
          "getDayOfYear",
          t -> t.getDayOfYear() - 1,
          "getDayOfWeek",
          t -> t.getDayOfWeek().getValue() % 7,
          "getHours",
          ZonedDateTime::getHour,
          "getMinutes",
          ZonedDateTime::getMinute,
          "getSeconds",
          ZonedDateTime::getSecond,
          "getMilliseconds",
          t -> t.getNano() / 1_000_000);

  private TimeZones() {}

  /** The zone of an IANA name or an offset such as {@code +02:00}; empty where there is none. */
  static Optional<ZoneId> find(String name) {
    Optional<ZoneId> known = ZONES.get(name);
    if (known != null) {
      return known;
    }
    Optional<ZoneId> zone = parse(name);
    if (ZONES.size() < REMEMBERED) {
      ZONES.put(name, zone);
    }
    return zone;
  }

  static Object part(ToLongFunction<ZonedDateTime> part, Object time, Object zone) {
    if (!(time instanceof Instant instant) || !(zone instanceof String name)) {
      return Node.FAILED;
    }
    Optional<ZoneId> found = find(name);
    return found.isPresent() ? (Object) part.applyAsLong(instant.atZone(found.get())) : Node.FAILED;
  }

  private static Optional<ZoneId> parse(String name) {
    try {
      return Optional.of(
          BARE_OFFSET.matcher(name).matches() ? ZoneOffset.of("+" + name) : ZoneId.of(name));
    } catch (DateTimeException noSuchZone) {
      return Optional.empty();
    }
  }
}
