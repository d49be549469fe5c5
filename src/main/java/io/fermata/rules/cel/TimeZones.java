package io.fermata.rules.cel;

import io.fermata.rules.Zones;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;

/** CEL's calendar functions on timestamps. */
final class TimeZones {

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

  static Object part(ToLongFunction<ZonedDateTime> part, Object time, Object zone) {
    if (!(time instanceof Instant instant) || !(zone instanceof String name)) {
      return Node.FAILED;
    }
    Optional<ZoneId> found = Zones.find(name);
    return found.isPresent() ? (Object) part.applyAsLong(instant.atZone(found.get())) : Node.FAILED;
  }
}
