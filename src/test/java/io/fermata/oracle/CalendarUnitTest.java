package io.fermata.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.fermata.rules.CalendarUnit;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CalendarUnitTest {

  private static final long SEED = Long.getLong("fermata.seed", 20_260_329);

  private static final List<CalendarUnit> UNITS = List.of(CalendarUnit.values());

  private static final List<String> ZONES =
      List.of(
          "Europe/Warsaw",
          "America/New_York",
          "Africa/Cairo",
          "America/Havana",
          "America/St_Johns",
          "America/Sao_Paulo",
          "Pacific/Apia",
          "Australia/Lord_Howe",
          "Asia/Kathmandu",
          "UTC");

  @ParameterizedTest
  @CsvSource({
    // an ordinary day, the days that lose and win an hour
    "DAY, Europe/Warsaw, 2026-03-27T23:00:00Z, PT24H",
    "DAY, Europe/Warsaw, 2026-03-28T23:00:00Z, PT23H",
    "DAY, Europe/Warsaw, 2026-10-24T22:00:00Z, PT25H",
    "DAY, Australia/Lord_Howe, 2026-10-03T13:30:00Z, PT23H30M",
    // the day before and the day that begins at one o'clock
    "DAY, Africa/Cairo, 2026-04-22T22:00:00Z, PT24H",
    "DAY, Africa/Cairo, 2026-04-23T22:00:00Z, PT23H",
    // midnight comes twice: at the beginning of the day, and at its end
    "DAY, America/Havana, 2026-11-01T04:00:00Z, PT25H",
    "DAY, America/Sao_Paulo, 2018-02-17T02:00:00Z, PT25H",
    // a minute after midnight clocks went back to the day before: the new day had begun
    "DAY, America/St_Johns, 2010-11-06T02:30:00Z, PT24H",
    "DAY, America/St_Johns, 2010-11-07T02:30:00Z, PT25H",
    // 30 December 2011 never came
    "DAY, Pacific/Apia, 2011-12-29T10:00:00Z, PT24H",
    "DAY, Pacific/Apia, 2011-12-30T10:00:00Z, PT24H",
    "WEEK, Europe/Warsaw, 2026-03-22T23:00:00Z, PT167H",
    "WEEK, Europe/Warsaw, 2026-10-18T22:00:00Z, PT169H",
    "MONTH, Europe/Warsaw, 2026-02-28T23:00:00Z, PT743H",
    "MONTH, Europe/Warsaw, 2026-01-31T23:00:00Z, PT672H",
    "MONTH, Africa/Cairo, 2026-11-30T22:00:00Z, PT744H"
  })
  void shouldLastUntilTheNextUnitBegins(
      CalendarUnit unit, String zone, Instant begin, Duration length) {
    long end = begin.plus(length).toEpochMilli();
    ZoneId id = ZoneId.of(zone);

    assertThat(unit.endAfter(begin.toEpochMilli(), id)).isEqualTo(end);
    assertThat(unit.endAfter(end - 1, id)).isEqualTo(end);
    assertThat(unit.endAfter(end, id)).isGreaterThan(end);
    assertThat(unit.endAfter(begin.toEpochMilli() - 1, id)).isEqualTo(begin.toEpochMilli());
  }

  @Test
  void shouldEqualTheCalendarOnTheWallAtAnyMoment() {
    Random random = new Random(SEED);
    for (int i = 0; i < 2_000; i++) {
      String zone = ZONES.get(random.nextInt(ZONES.size()));
      CalendarUnit unit = UNITS.get(random.nextInt(UNITS.size()));
      // 2008 .. 2027; half of them within an hour of a change of clocks.
      long time = 1_199_145_600_000L + (long) (random.nextDouble() * 599_616_000_000L);
      if (random.nextBoolean()) {
        var change = ZoneId.of(zone).getRules().nextTransition(Instant.ofEpochMilli(time));
        if (change != null) {
          time = change.getInstant().toEpochMilli() + random.nextInt(7_200_000) - 3_600_000;
        }
      }

      assertThat(unit.endAfter(time, ZoneId.of(zone)))
          .as("seed %d: %s of %s in %s", SEED, unit, Instant.ofEpochMilli(time), zone)
          .isEqualTo(WallCalendar.of(zone).endOfUnit(unit, time));
    }
  }
}
