package io.fermata.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.fermata.journey.CustomerFold;
import io.fermata.journey.FoldSettings;
import io.fermata.journey.Views;
import io.fermata.model.Alert;
import io.fermata.model.AlertStatus;
import io.fermata.model.ContactGuidance;
import io.fermata.rules.CountWindow;
import io.fermata.rules.Rule;
import io.fermata.rules.RuleKind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * The fold against the oracle on random cases. {@code -Dfermata.cases=N} runs more of them, {@code
 * -Dfermata.seed=N} begins at another seed.
 */
class FoldAgainstOracleTest {

  private static final long CASES = Long.getLong("fermata.cases", 4_000);
  private static final long FIRST_SEED = Long.getLong("fermata.seed", 1);
  private static final String CUSTOMER = RandomCase.CUSTOMER;

  /**
   * What the cases meet is asserted in the same pass, since an oracle's views take most of the
   * time.
   */
  @Test
  void shouldEqualTheOracleOnRandomCasesThatMeetEverythingOften() {
    Map<String, Integer> alertsByKind = new TreeMap<>();
    Map<AlertStatus, Integer> alertsByStatus = new EnumMap<>(AlertStatus.class);
    Map<String, Integer> guidanceMet = new TreeMap<>();
    for (long seed = FIRST_SEED; seed < FIRST_SEED + CASES; seed++) {
      RandomCase random = RandomCase.of(seed);
      OracleViews expected = random.oracleViews();
      if (!differences(random, expected).isEmpty()) {
        RandomCase minimal =
            Shrinker.shrink(random, RandomCase::smaller, c -> !differences(c).isEmpty());
        fail(
            "seed %d, the smallest case that fails:%n%s%n%s"
                .formatted(seed, minimal, String.join("\n", differences(minimal))));
      }
      countAlerts(random, expected, alertsByKind, alertsByStatus);
      countGuidance(random, expected, guidanceMet);
    }

    assertThat(alertsByKind).hasSize(12).allSatisfy((kind, n) -> assertThat(n).isGreaterThan(25));
    assertThat(alertsByStatus.keySet())
        .containsExactlyInAnyOrder(AlertStatus.RAISED, AlertStatus.ENDED);
    assertThat(guidanceMet).hasSize(10).allSatisfy((what, n) -> assertThat(n).isGreaterThan(10));
  }

  private static void countAlerts(
      RandomCase random,
      OracleViews views,
      Map<String, Integer> byKind,
      Map<AlertStatus, Integer> byStatus) {
    Map<String, Rule> rules = new TreeMap<>();
    random.rules().forEach(rule -> rules.put(rule.id(), rule));
    for (Alert alert : views.alerts().values()) {
      byKind.merge(kindOf(rules.get(alert.rule())), 1, Integer::sum);
      byStatus.merge(alert.status(), 1, Integer::sum);
    }
  }

  private static void countGuidance(
      RandomCase random, OracleViews views, Map<String, Integer> met) {
    ContactGuidance guidance = views.guidance().get(CUSTOMER);
    int given = guidance.nextAllowedAt().size();
    Set<Long> times = new HashSet<>(guidance.nextAllowedAt().values());
    count(met, "preferred channel", guidance.preferredChannel() != null);
    count(met, "opted out", !guidance.optedOut().isEmpty());
    count(met, "silence", guidance.pauseReasons().contains(ContactGuidance.RECOVERY_SILENCE));
    count(met, "pause of a rule", guidance.pauseReasons().stream().anyMatch(r -> r.length() == 2));
    count(met, "no time at all", given == 0);
    count(met, "no time somewhere", given > 0 && given < 17 - guidance.optedOut().size());
    count(met, "not at once", times.stream().anyMatch(time -> time > guidance.at()));
    count(met, "several times", times.size() > 1);
    count(met, "ignored", guidance.ignoredInARow() > 0);
    count(met, "at a deadline", isAtADeadline(random, guidance));
  }

  private static boolean isAtADeadline(RandomCase of, ContactGuidance guidance) {
    return of.touchpoints().stream().noneMatch(t -> t.occurredAt() == guidance.at());
  }

  private static void count(Map<String, Integer> met, String what, boolean is) {
    met.merge(what, is ? 1 : 0, Integer::sum);
  }

  private static String kindOf(Rule rule) {
    String kind = rule.kind().getClass().getSimpleName();
    boolean calendar =
        rule.kind() instanceof RuleKind.Count count
            && count.within() instanceof CountWindow.Calendar;
    return (calendar ? "Calendar " : "") + kind + (rule.onExperiences() ? " on experiences" : "");
  }

  private static List<String> differences(RandomCase random) {
    return differences(random, random.oracleViews());
  }

  private static List<String> differences(RandomCase random, OracleViews expected) {
    Views actual;
    try {
      actual =
          CustomerFold.fold(
              new FoldSettings(random.journeyGap(), random.journeySettle()),
              random.ruleSet(),
              CUSTOMER,
              random.touchpoints(),
              random.clock());
    } catch (RuntimeException e) {
      List<String> lines = new ArrayList<>();
      lines.add("the engine threw " + e);
      for (int i = 0; i < Math.min(8, e.getStackTrace().length); i++) {
        lines.add("    at " + e.getStackTrace()[i]);
      }
      return lines;
    }
    return Difference.of(actual.alerts(), actual.journeys(), actual.guidance(), expected);
  }
}
