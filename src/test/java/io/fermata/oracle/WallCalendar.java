package io.fermata.oracle;

import io.fermata.rules.CalendarUnit;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the calendar on the wall shows in a zone, found by looking at it minute by minute. Good for
 * zones whose clocks are changed at whole minutes, as all have been for a hundred years.
 */
final class WallCalendar {

  private static final long MINUTE = 60_000;
  private static final long DAY = 1440 * MINUTE;
  private static final Map<String, WallCalendar> KNOWN = new ConcurrentHashMap<>();

  private final ZoneId zone;
  private final Map<Long, Long> starts = new ConcurrentHashMap<>();

  private WallCalendar(ZoneId zone) {
    this.zone = zone;
  }

  /** UTC for null and what is no zone. */
  static WallCalendar of(String zone) {
    return KNOWN.computeIfAbsent(String.valueOf(zone), name -> new WallCalendar(parse(name)));
  }

  private static ZoneId parse(String name) {
    try {
      return ZoneId.of(name);
    } catch (DateTimeException noZone) {
      return ZoneId.of("UTC");
    }
  }

  /** The first beginning of a unit after {@code time}. */
  long endOfUnit(CalendarUnit unit, long time) {
    long day = dayShown(time) - 3;
    while (!begins(unit, day) || firstShown(day) <= time) {
      day++;
    }
    return firstShown(day);
  }

  private static boolean begins(CalendarUnit unit, long epochDay) {
    return switch (unit) {
      case DAY -> true;
      // 5 January 1970, the epoch's day 4, was a Monday.
      case WEEK -> Math.floorMod(epochDay - 4, 7) == 0;
      case MONTH -> LocalDate.ofEpochDay(epochDay).getDayOfMonth() == 1;
    };
  }

  /** The first moment at which the calendar shows that day, or a later one if it never does. */
  private long firstShown(long epochDay) {
    return starts.computeIfAbsent(
        epochDay,
        day -> {
          long time = (day - 2) * DAY;
          while (dayShown(time) < day) {
            time += MINUTE;
          }
          return time;
        });
  }

  private long dayShown(long time) {
    Instant instant = Instant.ofEpochMilli(time);
    long seconds = zone.getRules().getOffset(instant).getTotalSeconds();
    return Math.floorDiv(time + 1000 * seconds, DAY);
  }
}
