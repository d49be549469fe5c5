package io.fermata.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.fermata.journey.CustomerFold;
import io.fermata.journey.FoldSettings;
import io.fermata.journey.Views;
import io.fermata.model.Channel;
import io.fermata.model.CustomerTier;
import io.fermata.model.Direction;
import io.fermata.model.HandledBy;
import io.fermata.model.Outcome;
import io.fermata.model.Purpose;
import io.fermata.model.Touchpoint;
import io.fermata.model.TouchpointBuilder;
import io.fermata.rules.Rule;
import io.fermata.rules.RuleSet;
import io.fermata.rules.cel.RuleCompiler;
import io.fermata.rules.load.RuleLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The rules that ship, as loaded and compiled, against the oracle on the library's own CEL. */
class ShippedRulesAgainstOracleTest {

  private static final String[] TYPES = {
    "contact.ended",
    "contact.ended",
    "message.sent",
    "message.sent",
    "message.opened",
    "callback.promised",
    "callback.made",
    "handover.done",
    "task.completed"
  };
  private static final String[] TOPICS = {null, "cart", "card-blocked"};
  private static final Channel[] CHANNELS = {Channel.VOICE, Channel.EMAIL, Channel.WEB_CHAT};
  private static final int[] SECONDS = {0, 59, 60, 119, 120, 299, 300, 600, 1200};
  private static final Duration[] STEPS = {
    Duration.ZERO,
    Duration.ofMinutes(30),
    Duration.ofHours(5),
    Duration.ofDays(1),
    Duration.ofDays(2),
    Duration.ofDays(3),
    Duration.ofDays(7)
  };

  @Test
  void shouldEqualTheOracleWithTheRulesThatShip() {
    List<Rule> rules = RuleLoader.load(Path.of("rules"));
    RuleSet compiled = RuleCompiler.compile(rules);
    FoldSettings settings = FoldSettings.DEFAULTS;
    Set<String> raised = new HashSet<>();
    for (long seed = 1; seed <= 200; seed++) {
      CelMeaning cel = new CelMeaning();
      List<OracleRule> oracleRules = rules.stream().map(rule -> new OracleRule(rule, cel)).toList();
      Random random = new Random(seed);
      List<Touchpoint> touchpoints = touchpoints(random);
      long clock =
          touchpoints.get(touchpoints.size() - 1).occurredAt()
              + STEPS[random.nextInt(STEPS.length)].toMillis()
              + random.nextInt(2);

      Views actual = CustomerFold.fold(settings, compiled, RandomCase.CUSTOMER, touchpoints, clock);
      OracleViews expected =
          Oracle.views(
              oracleRules,
              RandomCase.CUSTOMER,
              touchpoints,
              clock,
              settings.journeyGapMillis(),
              settings.journeySettleMillis());

      assertThat(Difference.of(actual.alerts(), actual.journeys(), actual.guidance(), expected))
          .as("seed %d: %s", seed, touchpoints)
          .isEmpty();
      expected.alerts().values().forEach(alert -> raised.add(alert.rule()));
    }
    assertThat(raised).containsExactlyInAnyOrderElementsOf(rules.stream().map(Rule::id).toList());
  }

  private static List<Touchpoint> touchpoints(Random random) {
    List<Touchpoint> touchpoints = new ArrayList<>();
    long time = CaseMaker.START;
    int number = 5 + random.nextInt(40);
    int pace = 1 + random.nextInt(STEPS.length);
    boolean nagged = random.nextInt(3) == 0;
    for (int i = 0; i < number; i++) {
      long step = STEPS[random.nextInt(pace)].toMillis() + random.nextInt(3) - 1;
      time += Math.max(0, step);
      TouchpointBuilder touchpoint =
          Touchpoint.builder()
              .id("t" + random.nextInt(10) + "-" + i)
              .occurredAt(time)
              .identifier("customer", "C-1")
              .type(any(random, TYPES))
              .channel(any(random, CHANNELS))
              .direction(any(random, Direction.values()))
              .purpose(any(random, Purpose.MARKETING, Purpose.MARKETING, Purpose.SERVICE, null))
              .topic(any(random, TOPICS))
              .handledBy(any(random, HandledBy.HUMAN, HandledBy.BOT, HandledBy.IVR, null))
              .outcome(any(random, Outcome.RESOLVED, Outcome.UNRESOLVED, Outcome.ABANDONED, null))
              .customerTier(any(random, CustomerTier.HIGH, CustomerTier.LOW, null))
              .waitSeconds(seconds(random))
              .handleSeconds(seconds(random))
              .dueAt(
                  random.nextInt(4) == 0
                      ? null
                      : (Long) (time + STEPS[random.nextInt(4)].toMillis() - 1));
      if (nagged && random.nextInt(10) > 0) {
        touchpoint
            .type("message.sent")
            .channel(Channel.EMAIL)
            .direction(Direction.OUTBOUND)
            .purpose(Purpose.MARKETING)
            .topic("cart");
      }
      touchpoints.add(touchpoint.build());
    }
    touchpoints.sort(Comparator.comparing(Touchpoint::position));
    return touchpoints;
  }

  private static Integer seconds(Random random) {
    return random.nextInt(4) == 0 ? null : (Integer) SECONDS[random.nextInt(SECONDS.length)];
  }

  @SafeVarargs
  private static <T> T any(Random random, T... choices) {
    return choices[random.nextInt(choices.length)];
  }
}
