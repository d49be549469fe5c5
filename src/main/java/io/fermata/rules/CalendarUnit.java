package io.fermata.rules;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.Locale;

/** A unit of the calendar, by the wall calendar of a time zone. */
public enum CalendarUnit {
  DAY {
    @Override
    LocalDate firstDayAfter(LocalDate date) {
      return date.plusDays(1);
    }
  },
  /** From Monday (ISO 8601). */
  WEEK {
    @Override
    LocalDate firstDayAfter(LocalDate date) {
      return date.with(TemporalAdjusters.next(DayOfWeek.MONDAY));
    }
  },
  MONTH {
    @Override
    LocalDate firstDayAfter(LocalDate date) {
      return date.with(TemporalAdjusters.firstDayOfNextMonth());
    }
  };

  /** Its name in rule files. */
  public String symbol() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The first day of the next unit after the one that {@code date} is in. */
  abstract LocalDate firstDayAfter(LocalDate date);

  /**
   * The end (exclusive) of the unit that a moment is in. A unit begins at the first instant at
   * which the zone's calendar shows its first day, and ends where the next one begins; so a day has
   * 23 or 25 hours where clocks are changed in it.
   *
   * @param at epoch milliseconds, as is the result
   */
  public long endAfter(long at, ZoneId zone) {
    LocalDate next = firstDayAfter(Instant.ofEpochMilli(at).atZone(zone).toLocalDate());
    long end = startOf(next, zone);
    while (end <= at) {
      // Clocks put back over midnight show the old day for a second time; the new one has begun.
      next = firstDayAfter(next);
      end = startOf(next, zone);
    }
    return end;
  }

  private static long startOf(LocalDate date, ZoneId zone) {
    return date.atStartOfDay(zone).toInstant().toEpochMilli();
  }
}
