package io.fermata.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ZoneTest {

  private static final List<String> NAMES =
      List.of("Europe/Warsaw", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "UTC");

  @Test
  void shouldGiveTheOffsetOfTheZonesRulesWhateverWasAskedBefore() {
    long seed = 20261122;
    Random random = new Random(seed);
    for (String name : NAMES) {
      Zone zone = Zones.find(name).orElseThrow();
      for (int i = 0; i < 2000; i++) {
        long at = random.nextLong(0, 4_000_000_000_000L);
        assertThat(zone.offsetAt(at))
            .as("seed %d, %s at %d", seed, name, at)
            .isEqualTo(ZoneId.of(name).getRules().getOffset(Instant.ofEpochMilli(at)));
      }
    }
  }

  @Test
  void shouldChangeTheOffsetAtTheVeryMillisecondOfATransition() {
    Zone zone = Zones.find("Europe/Warsaw").orElseThrow();
    Instant at = Instant.parse("2026-01-01T00:00:00Z");
    for (int i = 0; i < 20; i++) {
      ZoneOffsetTransition change = ZoneId.of("Europe/Warsaw").getRules().nextTransition(at);
      at = change.getInstant();
      assertThat(zone.offsetAt(at.toEpochMilli())).isEqualTo(change.getOffsetAfter());
      assertThat(zone.offsetAt(at.toEpochMilli() - 1)).isEqualTo(change.getOffsetBefore());
      assertThat(zone.offsetAt(at.toEpochMilli())).isEqualTo(change.getOffsetAfter());
    }
  }
}
