package io.fermata.generate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ZoneClockTest {

  @Test
  void shouldAgreeWithTheCalendarWhateverIsAskedInWhateverOrder() {
    long seed = 4;
    SplittableRandom random = new SplittableRandom(seed);
    long start = Instant.parse("2025-01-01T00:00:00Z").toEpochMilli();
    for (String zone : Rates.ZONES) {
      ZoneClock clock = new ZoneClock(zone);
      for (int i = 0; i < 20_000; i++) {
        long at = start + random.nextLong(700 * Units.DAY);
        ZonedDateTime local = Instant.ofEpochMilli(at).atZone(ZoneId.of(zone));
        String where = "seed " + seed + ", " + local;
        assertThat(clock.hour(at)).as(where).isEqualTo(local.getHour());
        assertThat(clock.weekday(at)).as(where).isEqualTo(local.getDayOfWeek().getValue() - 1);
      }
    }
  }

  @Test
  void shouldFindTheNextTimeOfDay() {
    ZoneClock clock = new ZoneClock("Europe/Warsaw");
    long at = Instant.parse("2026-01-10T18:30:00Z").toEpochMilli();

    assertThat(Instant.ofEpochMilli(clock.next(at, 20 * Units.HOUR)))
        .isEqualTo("2026-01-10T19:00:00Z");
    assertThat(Instant.ofEpochMilli(clock.next(at, 8 * Units.HOUR)))
        .isEqualTo("2026-01-11T07:00:00Z");
  }
}
