package io.fermata.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.fermata.journey.CustomerFold;
import io.fermata.journey.FoldSettings;
import io.fermata.journey.Views;
import io.fermata.model.Alert;
import io.fermata.model.AlertStatus;
import io.fermata.rules.CountWindow;
import io.fermata.rules.Rule;
import io.fermata.rules.RuleKind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * The fold against the oracle on random cases. {@code -Dfermata.cases=N} runs more of them, {@code
 * -Dfermata.seed=N} begins at another seed.
 */
class FoldAgainstOracleTest {

  private static final long CASES = Long.getLong("fermata.cases", 10_000);
  private static final long FIRST_SEED = Long.getLong("fermata.seed", 1);

  @Test
  void shouldEqualTheOracleOnRandomCases() {
    for (long seed = FIRST_SEED; seed < FIRST_SEED + CASES; seed++) {
      RandomCase random = RandomCase.of(seed);
      if (!differences(random).isEmpty()) {
        RandomCase minimal =
            Shrinker.shrink(random, RandomCase::smaller, c -> !differences(c).isEmpty());
        fail(
            "seed %d, the smallest case that fails:%n%s%n%s"
                .formatted(seed, minimal, String.join("\n", differences(minimal))));
      }
    }
  }

  @Test
  void shouldMeetEveryKindOfRuleAndStatusOftenInRandomCases() {
    Map<String, Integer> alertsByKind = new TreeMap<>();
    Map<AlertStatus, Integer> alertsByStatus = new EnumMap<>(AlertStatus.class);
    for (long seed = FIRST_SEED; seed < FIRST_SEED + 4000; seed++) {
      RandomCase random = RandomCase.of(seed);
      Map<String, Rule> rules = new TreeMap<>();
      random.rules().forEach(rule -> rules.put(rule.id(), rule));
      for (Alert alert : random.oracleViews().alerts().values()) {
        Rule rule = rules.get(alert.rule());
        alertsByKind.merge(kindOf(rule), 1, Integer::sum);
        alertsByStatus.merge(alert.status(), 1, Integer::sum);
      }
    }

    assertThat(alertsByKind).hasSize(12).allSatisfy((kind, n) -> assertThat(n).isGreaterThan(50));
    assertThat(alertsByStatus.keySet())
        .containsExactlyInAnyOrder(AlertStatus.RAISED, AlertStatus.ENDED);
  }

  private static String kindOf(Rule rule) {
    String kind = rule.kind().getClass().getSimpleName();
    boolean calendar =
        rule.kind() instanceof RuleKind.Count count
            && count.within() instanceof CountWindow.Calendar;
    return (calendar ? "Calendar " : "") + kind + (rule.onExperiences() ? " on experiences" : "");
  }

  private static List<String> differences(RandomCase random) {
    OracleViews expected = random.oracleViews();
    Views actual;
    try {
      actual =
          CustomerFold.fold(
              new FoldSettings(random.journeyGap(), random.journeySettle()),
              random.ruleSet(),
              RandomCase.CUSTOMER,
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
    return Difference.of(actual.alerts(), actual.journeys(), expected);
  }
}
