package io.fermata.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.fermata.model.Channel;
import io.fermata.model.Direction;
import io.fermata.model.Touchpoint;
import io.fermata.rules.CompiledKind;
import io.fermata.rules.CompiledRule;
import io.fermata.rules.CountWindow;
import io.fermata.rules.Grouping;
import io.fermata.rules.PlannedRule;
import io.fermata.rules.Rule;
import io.fermata.rules.RuleKind;
import io.fermata.rules.RuleSet;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What a customer with very many touchpoints costs, in bytes; time is the bench's business. */
class BusyCustomerTest {

  private static final long START = 1_772_323_200_000L;
  private static final String CUSTOMER = "customer:busy";

  private final List<Touchpoint> all = new ArrayList<>();

  @Test
  void shouldKeepTheRecordSmallWhenTheWindowIsLong() {
    MemoryJourneys journeys = journeys(KeeperSettings.of(FoldSettings.DEFAULTS, days(7)), 3);

    int after100 = feed(journeys, 100, 1000);
    int after20000 = feed(journeys, 20_000, 1000);

    // All 20,000 lie in the window; their sealed part lies outside the record.
    assertThat(after20000).isLessThan(3 * after100);
  }

  @Test
  void shouldForgetHistoryBeforeTheAllowedLateness() {
    MemoryJourneys journeys = journeys(KeeperSettings.of(FoldSettings.DEFAULTS, days(1)), 1000);

    feed(journeys, 2_000, days(1) / 200);
    int entries = journeys.historyEntries();
    feed(journeys, 10_000, days(1) / 200);

    assertThat(journeys.historyEntries()).isBetween(entries / 2, 2 * entries);
  }

  @Test
  void shouldCountTheWholeWindowAcrossSealedSegments() {
    MemoryJourneys journeys = journeys(KeeperSettings.of(FoldSettings.DEFAULTS, days(7)), 3);
    ViewCollector views = new ViewCollector();

    for (int i = 0; i < 5000; i++) {
      journeys.accept(CUSTOMER, next(i, 1000), bytes(i), views);
    }
    journeys.settle(START + days(30), views);

    // A window of PT1H holds 3600 of them at most, a second apart.
    assertThat(views.views().alerts())
        .singleElement()
        .satisfies(
            alert -> {
              assertThat(alert.measure()).isEqualTo(3600);
              assertThat(alert.until()).isEqualTo(START + 4997 * 1000L + 3_600_000);
              assertThat(alert.evidence()).hasSize(50).endsWith("t4999");
            });
  }

  @Test
  void shouldEqualTheFoldWhenTouchpointsComeLateIntoALongWindow() {
    MemoryJourneys journeys = journeys(KeeperSettings.of(FoldSettings.DEFAULTS, days(7)), 3);
    ViewCollector views = new ViewCollector();
    List<Integer> late = new ArrayList<>();

    for (int i = 0; i < 3000; i++) {
      Touchpoint touchpoint = next(i, 1000);
      if (i % 500 == 250) {
        late.add(i);
      } else {
        journeys.accept(CUSTOMER, touchpoint, bytes(i), views);
      }
    }
    for (int i : late) {
      journeys.accept(CUSTOMER, all.get(i), bytes(i), views);
    }
    long end = START + days(30);
    journeys.settle(end, views);

    assertThat(views.views())
        .isEqualTo(CustomerFold.fold(FoldSettings.DEFAULTS, rules(3), CUSTOMER, all, end));
  }

  private int feed(MemoryJourneys journeys, int count, long apart) {
    for (int i = 0; i < count; i++) {
      int index = all.size();
      journeys.accept(CUSTOMER, next(index, apart), bytes(index), new ViewCollector());
    }
    return journeys.rootBytes(CUSTOMER);
  }

  private Touchpoint next(int index, long apart) {
    Touchpoint touchpoint =
        Touchpoint.builder()
            .id("t" + index)
            .occurredAt(START + index * apart)
            .identifier("customer", "busy")
            .channel(Channel.EMAIL)
            .direction(Direction.OUTBOUND)
            .type("message.sent")
            .build();
    all.add(touchpoint);
    return touchpoint;
  }

  private static byte[] bytes(int index) {
    return ByteBuffer.allocate(4).putInt(index).array();
  }

  private MemoryJourneys journeys(KeeperSettings settings, int atLeast) {
    return new MemoryJourneys(
        rules(atLeast),
        settings,
        (bytes, offset, length) -> all.get(ByteBuffer.wrap(bytes, offset, length).getInt()));
  }

  private static RuleSet rules(int atLeast) {
    long hour = Duration.ofHours(1).toMillis();
    Rule rule =
        new Rule(
            "flood",
            "000000000000",
            "test",
            Map.of("en", "Flood"),
            Map.of(),
            io.fermata.model.Pillar.EXPECTATIONS,
            io.fermata.model.Polarity.BAD,
            io.fermata.model.Severity.LOW,
            new TreeMap<>(),
            null,
            null,
            false,
            null,
            null,
            Map.of(),
            new RuleKind.Count("true", atLeast, new CountWindow.Rolling(hour), List.of(), null));
    CompiledRule compiled =
        new CompiledRule(
            rule,
            7,
            new CompiledKind.Count(
                t -> true, atLeast, new CountWindow.Rolling(hour), new Grouping(List.of()), null));
    Map<Integer, java.util.Set<String>> anyType = new HashMap<>();
    anyType.put(PlannedRule.START, null);
    return new RuleSet(List.of(new RuleSet.Indexed(compiled, anyType)));
  }

  private static long days(int days) {
    return Duration.ofDays(days).toMillis();
  }
}
