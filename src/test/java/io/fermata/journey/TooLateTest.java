package io.fermata.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.fermata.codec.TouchpointCodec;
import io.fermata.model.Channel;
import io.fermata.model.Direction;
import io.fermata.model.Outcome;
import io.fermata.model.Touchpoint;
import io.fermata.rules.RuleSet;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is too late depends on the customer's touchpoints, not on how far the clock has run. */
class TooLateTest {

  private static final long DAY = Duration.ofDays(1).toMillis();
  private static final long WEEK = 7 * DAY;

  @Test
  void shouldRefuseTheSameTouchpointWhenTheClockRunsAheadOfItsCustomer() {
    MemoryJourneys behind = journeys(0);
    MemoryJourneys settled = journeys(5 * DAY);

    assertThat(accept(behind, touchpoint(-1)).outcome()).isEqualTo(Kept.Outcome.TOO_LATE);
    assertThat(accept(settled, touchpoint(-1)).outcome()).isEqualTo(Kept.Outcome.TOO_LATE);
    assertThat(settled.historyEntries()).isEqualTo(behind.historyEntries());
    assertThat(accept(settled, touchpoint(294)).outcome()).isEqualTo(Kept.Outcome.DUPLICATE);
  }

  /** After 300 days of a customer, with a clock that is so far ahead of each. */
  private static MemoryJourneys journeys(long ahead) {
    MemoryJourneys journeys =
        new MemoryJourneys(
            new RuleSet(List.of()),
            KeeperSettings.of(FoldSettings.DEFAULTS, WEEK),
            TouchpointCodec.INSTANCE::decode);
    for (int day = 0; day < 300; day++) {
      accept(journeys, touchpoint(day));
      if (ahead > 0) {
        journeys.settle(day * DAY + ahead, new ViewCollector());
      }
    }
    return journeys;
  }

  private static Kept accept(MemoryJourneys journeys, Touchpoint touchpoint) {
    return journeys.accept(
        "customer:c", touchpoint, TouchpointCodec.INSTANCE.encode(touchpoint), new ViewCollector());
  }

  private static Touchpoint touchpoint(int day) {
    return Touchpoint.builder()
        .id("day" + day)
        .occurredAt(day * DAY)
        .identifier("customer", "c")
        .channel(Channel.VOICE)
        .direction(Direction.INBOUND)
        .type("contact.ended")
        .outcome(Outcome.RESOLVED)
        .build();
  }
}
