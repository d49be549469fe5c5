package io.fermata.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class HoursTest {

  @Test
  void shouldGiveTheNextFullHourOfTheZone() {
    assertThat(after("Asia/Kolkata", "2026-03-01T10:10:00Z")).isEqualTo("2026-03-01T10:30:00Z");
    assertThat(after("Europe/Warsaw", "2026-03-01T10:00:00Z")).isEqualTo("2026-03-01T11:00:00Z");
    assertThat(after(null, "2026-03-01T10:59:59.999Z")).isEqualTo("2026-03-01T11:00:00Z");
    assertThat(after("no such zone", "2026-03-01T10:01:00Z")).isEqualTo("2026-03-01T11:00:00Z");
  }

  /** Two o'clock becomes half past one: from there on the truncated hour lies before the change. */
  @Test
  void shouldNeverGoBackWhereClocksArePutBackByHalfAnHour() {
    assertThat(after("Australia/Lord_Howe", "2026-04-04T15:10:00Z"))
        .isEqualTo("2026-04-04T15:30:00Z");
    assertThat(after("Australia/Lord_Howe", "2026-04-04T14:50:00Z"))
        .isEqualTo("2026-04-04T15:00:00Z");
  }

  private static String after(String zone, String at) {
    return Instant.ofEpochMilli(new Hours(zone).after(Instant.parse(at).toEpochMilli())).toString();
  }
}
