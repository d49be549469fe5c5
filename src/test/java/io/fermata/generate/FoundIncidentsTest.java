package io.fermata.generate;

import static org.assertj.core.api.Assertions.assertThat;

import io.fermata.journey.CustomerFold;
import io.fermata.journey.FoldSettings;
import io.fermata.model.Alert;
import io.fermata.model.Touchpoint;
import io.fermata.rules.RuleSet;
import io.fermata.rules.cel.RuleCompiler;
import io.fermata.rules.load.RuleLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What is done to customers on purpose is found by the rules that ship. */
class FoundIncidentsTest {

  @Test
  void shouldRaiseAnAlertForEveryIncidentWhoseRuleShips() {
    var loaded = RuleLoader.load(Path.of("rules"));
    Set<String> shipped = loaded.stream().map(rule -> rule.id()).collect(Collectors.toSet());
    RuleSet rules = RuleCompiler.compile(loaded);
    GeneratorSettings settings = GeneratorSettings.of(31, 1000, 45).withIncidents(0.3);
    List<Incident> truth = new ArrayList<>();
    TouchpointGenerator generator = new TouchpointGenerator(settings, truth::add);
    Map<String, List<Touchpoint>> histories = histories(generator);

    Map<String, List<Alert>> alerts = new HashMap<>();
    Set<String> found = new HashSet<>();
    for (Incident incident : truth) {
      if (shipped.contains(incident.rule())) {
        found.add(incident.rule());
        List<Alert> ofCustomer =
            alerts.computeIfAbsent(
                incident.customer(),
                c ->
                    CustomerFold.fold(
                            FoldSettings.DEFAULTS,
                            rules,
                            c,
                            histories.get(c),
                            settings.end().toEpochMilli())
                        .alerts());
        assertThat(ofCustomer)
            .as("%s", incident)
            .anyMatch(
                alert ->
                    alert.rule().equals(incident.rule())
                        && !Collections.disjoint(alert.evidence(), incident.touchpoints()));
      }
    }
    assertThat(found).hasSizeGreaterThanOrEqualTo(10);
  }

  /** Or an operator is told that a rule fails, on the first day and for nothing. */
  @Test
  void shouldBeAbleToEvaluateEveryExpressionThatShips() {
    RuleSet rules = RuleCompiler.compile(RuleLoader.load(Path.of("rules")));
    GeneratorSettings settings = GeneratorSettings.of(32, 300, 45);
    Map<String, List<Touchpoint>> histories = histories(new TouchpointGenerator(settings));

    histories.forEach(
        (customer, touchpoints) ->
            CustomerFold.fold(
                FoldSettings.DEFAULTS,
                rules,
                customer,
                touchpoints,
                settings.end().toEpochMilli()));

    assertThat(rules.rules())
        .filteredOn(rule -> rule.failures().sum() > 0)
        .extracting(rule -> rule.rule().id())
        .isEmpty();
  }

  private static Map<String, List<Touchpoint>> histories(TouchpointGenerator generator) {
    Map<String, List<Touchpoint>> histories = new HashMap<>();
    generator.forEachRemaining(
        t ->
            histories.computeIfAbsent(t.identifiers().get(0).key(), k -> new ArrayList<>()).add(t));
    return histories;
  }
}
