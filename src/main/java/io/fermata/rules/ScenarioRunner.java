package io.fermata.rules;

import io.fermata.model.Alert;
import io.fermata.model.Touchpoint;
import io.fermata.rules.Scenario.ExpectedAlert;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/** Runs scenarios under a rule set and says what differs from what was expected. */
public final class ScenarioRunner {

  /** The customer that all touchpoints of a scenario belong to. */
  public static final String CUSTOMER = "customer:C-1";

  /**
   * Folds one customer's touchpoints. The rules know no fold, so whoever runs scenarios gives it.
   */
  @FunctionalInterface
  public interface Fold {

    /** The customer's alerts of all rules at the clock. */
    List<Alert> alerts(RuleSet rules, String customer, List<Touchpoint> sorted, long clock);
  }

  /**
   * How a scenario went.
   *
   * @param differences one line each; empty when it passed
   */
  public record Result(Scenario scenario, List<String> differences) {

    public boolean passed() {
      return differences.isEmpty();
    }
  }

  private final RuleSet rules;
  private final Fold fold;

  /**
   * @param rules all rules, so that those on experiences have something to see
   */
  public ScenarioRunner(RuleSet rules, Fold fold) {
    this.rules = rules;
    this.fold = fold;
  }

  /** Runs one scenario; only alerts of its own rule are compared. */
  public Result run(Scenario scenario) {
    if (rules.rules().stream().noneMatch(r -> r.rule().id().equals(scenario.rule()))) {
      return new Result(scenario, List.of("there is no rule '" + scenario.rule() + "'"));
    }
    List<Alert> alerts =
        fold.alerts(rules, CUSTOMER, scenario.given(), scenario.clock()).stream()
            .filter(alert -> alert.rule().equals(scenario.rule()))
            .sorted(
                Comparator.comparingLong(Alert::at)
                    .thenComparing(Alert::subject)
                    .thenComparing(alert -> lastEvidence(alert, scenario)))
            .toList();
    List<ExpectedAlert> expected = scenario.expect();
    List<String> differences = new ArrayList<>();
    for (int i = 0; i < Math.max(alerts.size(), expected.size()); i++) {
      String which = "alert " + (i + 1) + ": ";
      if (i >= alerts.size()) {
        differences.add(which + "expected " + describe(expected.get(i), scenario) + ", found none");
      } else if (i >= expected.size()) {
        differences.add(which + "expected none, found " + describe(alerts.get(i), scenario));
      } else {
        compare(which, expected.get(i), alerts.get(i), scenario, differences);
      }
    }
    return new Result(scenario, List.copyOf(differences));
  }

  /** Which of the given touchpoints raised it, or -1 where that was an experience. */
  private static int lastEvidence(Alert alert, Scenario scenario) {
    String last = alert.evidence().get(alert.evidence().size() - 1);
    List<String> given = scenario.given().stream().map(Touchpoint::id).toList();
    return given.indexOf(last);
  }

  private static void compare(
      String which, ExpectedAlert want, Alert got, Scenario scenario, List<String> into) {
    compare(which + "at", time(want.at(), scenario), time(got.at(), scenario), into);
    compare(which + "until", time(want.until(), scenario), time(got.until(), scenario), into);
    compare(which + "status", want.status(), got.status(), into);
    compare(which + "polarity", want.polarity(), got.polarity(), into);
    compare(which + "severity", want.severity(), got.severity(), into);
    compare(which + "subject", want.subject(), got.subject(), into);
    compare(which + "measure", want.measure(), got.measure(), into);
    compare(which + "threshold", want.threshold(), got.threshold(), into);
    compare(which + "area", want.area(), got.area(), into);
    compare(which + "channel", want.channel(), got.channel(), into);
    compare(which + "evidence", want.evidence(), got.evidence(), into);
    if (want.attributes() != null) {
      want.attributes()
          .forEach(
              (name, text) ->
                  compare(which + "attributes." + name, text, got.attributes().get(name), into));
    }
  }

  private static void compare(String what, Object want, Object got, List<String> into) {
    if (want != null && !want.equals(got)) {
      into.add(what + ": expected " + want + ", found " + Objects.requireNonNullElse(got, "none"));
    }
  }

  private static String describe(ExpectedAlert alert, Scenario scenario) {
    return "one" + (alert.at() == null ? "" : " at " + time(alert.at(), scenario));
  }

  private static String describe(Alert alert, Scenario scenario) {
    return "one at "
        + time(alert.at(), scenario)
        + " (subject '"
        + alert.subject()
        + "', measure "
        + alert.measure()
        + ", evidence "
        + alert.evidence()
        + ")";
  }

  /** A time as scenarios write it, relative to the base. */
  private static String time(Long millis, Scenario scenario) {
    return millis == null ? null : Duration.ofMillis(millis - scenario.base()).toString();
  }
}
