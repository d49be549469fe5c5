package io.fermata.rules.cel;

import io.fermata.rules.Zone;
import io.fermata.rules.Zones;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;

/** CEL's calendar functions on timestamps. */
final class TimeZones {

  /** Function name to what it reads; CEL counts months, days of month and of year from 0. */
  static final Map<String, ToLongFunction<LocalDateTime>> PARTS =
      Map.of(
          "getFullYear",
          LocalDateTime::getYear,
          "getMonth",
          t -> t.getMonthValue() - 1,
          "getDate",
          LocalDateTime::getDayOfMonth,
          "getDayOfMonth",
          t -> t.getDayOfMonth() - 1,
          "getDayOfYear",
          t -> t.getDayOfYear() - 1,
          "getDayOfWeek",
          t -> t.getDayOfWeek().getValue() % 7,
          "getHours",
          LocalDateTime::getHour,
          "getMinutes",
          LocalDateTime::getMinute,
          "getSeconds",
          LocalDateTime::getSecond,
          "getMilliseconds",
          t -> t.getNano() / 1_000_000);

  private TimeZones() {}

  static Object part(ToLongFunction<LocalDateTime> part, Object time, Object zone) {
    if (!(time instanceof Instant instant) || !(zone instanceof String name)) {
      return Node.FAILED;
    }
    Optional<Zone> found = Zones.find(name);
    if (found.isEmpty()) {
      return Node.FAILED;
    }
    ZoneOffset offset = found.get().offsetAt(instant.toEpochMilli());
    return part.applyAsLong(
        LocalDateTime.ofEpochSecond(instant.getEpochSecond(), instant.getNano(), offset));
  }
}
