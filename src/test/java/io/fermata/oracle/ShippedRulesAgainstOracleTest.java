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
import io.fermata.model.Score;
import io.fermata.model.ScoreKind;
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
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The rules that ship, as loaded and compiled, against the oracle on the library's own CEL. */
class ShippedRulesAgainstOracleTest {

  /** Types that rules look at together; a customer's life is made of a few of these. */
  private static final String[][] TYPES = {
    {"contact.ended"},
    {"message.sent", "message.sent", "message.opened", "consent.withdrawn"},
    {"offer.shown", "offer.shown", "offer.accepted"},
    {"survey.sent", "survey.answered", "contact.ended"},
    {"ritual.due", "ritual.held"},
    {"handover.requested", "handover.done", "contact.ended"},
    {"search.performed", "selfservice.failed", "contact.ended"},
    {"order.status.viewed", "contact.ended"},
    {"contact.received", "contact.ended", "message.sent"},
    {"callback.promised", "callback.made"},
    {"order.promised", "order.delivered"},
    {"task.started", "task.completed", "task.abandoned"},
    {"subscription.ending", "notice.sent"},
    {"selfservice.completed", "reminder.sent", "reminder.sent"},
    {"complaint.filed", "apology.given", "complaint.resolved"}
  };

  private static final String[] TOPICS = {null, "cart", "order-status"};
  private static final Channel[] CHANNELS = {Channel.VOICE, Channel.EMAIL, Channel.SMS};
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
    for (long seed = 1; seed <= 250; seed++) {
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
          Oracle.withoutGuidance(
              oracleRules,
              RandomCase.CUSTOMER,
              touchpoints,
              clock,
              settings.journeyGapMillis(),
              settings.journeySettleMillis());

      assertThat(Difference.of(actual.alerts(), actual.journeys(), List.of(), expected))
          .as("seed %d: %s", seed, touchpoints)
          .isEmpty();
      expected.alerts().values().forEach(alert -> raised.add(alert.rule()));
    }
    assertThat(raised).containsExactlyInAnyOrderElementsOf(rules.stream().map(Rule::id).toList());
  }

  /** Few and short lives: the oracle tries every moment of months, in every channel. */
  @Test
  void shouldGiveTheGuidanceOfTheOracleWithTheRulesThatShip() {
    List<Rule> rules = RuleLoader.load(Path.of("rules"));
    RuleSet compiled = RuleCompiler.compile(rules);
    FoldSettings settings = FoldSettings.DEFAULTS;
    for (long seed : new long[] {1, 2, 4}) { // in 4, an answer alone can end the wait
      CelMeaning cel = new CelMeaning();
      List<OracleRule> oracleRules = rules.stream().map(rule -> new OracleRule(rule, cel)).toList();
      List<Touchpoint> all = touchpoints(new Random(seed));
      List<Touchpoint> touchpoints = all.subList(0, Math.min(6, all.size()));
      long clock = touchpoints.get(touchpoints.size() - 1).occurredAt();

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
    }
  }

  private static List<Touchpoint> touchpoints(Random random) {
    List<Touchpoint> touchpoints = new ArrayList<>();
    long time = CaseMaker.START;
    int number = 5 + random.nextInt(40);
    int pace = 1 + random.nextInt(STEPS.length);
    boolean nagged = random.nextInt(3) == 0;
    boolean lost = random.nextInt(4) == 0;
    List<String> types = new ArrayList<>(List.of(any(random, TYPES)));
    types.addAll(List.of(any(random, TYPES)));
    for (int i = 0; i < number; i++) {
      long step = STEPS[random.nextInt(pace)].toMillis() + random.nextInt(3) - 1;
      time += Math.max(0, step);
      TouchpointBuilder touchpoint =
          Touchpoint.builder()
              .id("t" + random.nextInt(10) + "-" + i)
              .occurredAt(time)
              .identifier("customer", "C-1")
              .type(types.get(random.nextInt(types.size())))
              .channel(any(random, CHANNELS))
              .direction(any(random, Direction.values()))
              .purpose(
                  any(
                      random,
                      Purpose.MARKETING,
                      Purpose.SERVICE,
                      Purpose.BILLING,
                      Purpose.SECURITY,
                      null))
              .topic(any(random, TOPICS))
              .handledBy(any(random, HandledBy.HUMAN, HandledBy.BOT, HandledBy.IVR, null))
              .outcome(any(random, Outcome.RESOLVED, Outcome.UNRESOLVED, Outcome.ABANDONED, null))
              .customerTier(any(random, CustomerTier.HIGH, CustomerTier.LOW, null))
              .waitSeconds(seconds(random))
              .handleSeconds(seconds(random))
              .transfers(random.nextInt(5))
              .sentiment(any(random, -0.8, -0.6, -0.4, 0.0, 0.6, null))
              .cost(any(random, 19.9, 20.0, null))
              .caseId(any(random, "case-1", "case-1", null))
              .campaign(any(random, "spring", null))
              .timeZone(any(random, "Europe/Warsaw", "America/New_York", null))
              .score(score(random))
              .attributes(any(random, Map.of("results", "0"), Map.of("results", "3"), Map.of()))
              .dueAt(
                  random.nextInt(4) == 0
                      ? null
                      : (Long)
                          (time
                              + any(random, STEPS).toMillis()
                              + any(random, Duration.ZERO, Duration.ofDays(7)).toMillis()
                              - 1));
      if (nagged && random.nextInt(10) > 0) {
        touchpoint
            .type("message.sent")
            .channel(Channel.EMAIL)
            .direction(Direction.OUTBOUND)
            .purpose(Purpose.MARKETING)
            .topic("cart")
            .campaign("spring");
      }
      if (lost && random.nextInt(10) > 0) {
        touchpoint
            .type(any(random, "contact.ended", "contact.ended", "order.status.viewed"))
            .direction(Direction.INBOUND)
            .handledBy(HandledBy.BOT)
            .topic("order-status");
      }
      touchpoints.add(touchpoint.build());
    }
    touchpoints.sort(Comparator.comparing(Touchpoint::position));
    return touchpoints;
  }

  private static Score score(Random random) {
    ScoreKind kind = any(random, ScoreKind.NPS, ScoreKind.NPS, ScoreKind.FEEDBACK);
    return random.nextInt(4) == 0 ? null : new Score(kind, random.nextInt(11), 0, 10, null);
  }

  private static Integer seconds(Random random) {
    return random.nextInt(4) == 0 ? null : (Integer) SECONDS[random.nextInt(SECONDS.length)];
  }

  @SafeVarargs
  private static <T> T any(Random random, T... choices) {
    return choices[random.nextInt(choices.length)];
  }
}
