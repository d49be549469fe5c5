package io.fermata.oracle;

import io.fermata.model.Alert;
import io.fermata.model.AlertStatus;
import io.fermata.model.Channel;
import io.fermata.model.Direction;
import io.fermata.model.Identifier;
import io.fermata.model.Ids;
import io.fermata.model.Polarity;
import io.fermata.model.Severity;
import io.fermata.model.Touchpoint;
import io.fermata.rules.Rule;
import io.fermata.rules.RuleKind;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;

/** The alert and the experience of a raise. */
final class AlertReading {

  private AlertReading() {}

  static Alert alert(Raise raise, String customer) {
    Rule rule = raise.rule().rule();
    List<String> evidence = raise.evidence().stream().map(Item::id).toList();
    return new Alert(
        Ids.alert(rule.id(), customer, raise.subject(), raise.anchor().id()),
        rule.id(),
        rule.version(),
        raise.until() == null ? AlertStatus.RAISED : AlertStatus.ENDED,
        rule.polarity(),
        severity(rule, raise.measure()),
        customer,
        raise.subject(),
        raise.at(),
        raise.until(),
        raise.measure(),
        threshold(rule, raise.measure()),
        rule.pillar(),
        rule.area() != null ? rule.area() : raise.anchor().touchpoint().area(),
        rule.channel() != null ? rule.channel() : raise.anchor().touchpoint().channel(),
        evidence.subList(Math.max(0, evidence.size() - 50), evidence.size()),
        rule.title(),
        rule.advice(),
        attributes(rule, raise.measure()));
  }

  static Item experience(Raise raise, String customer) {
    Rule rule = raise.rule().rule();
    Alert alert = alert(raise, customer);
    int colon = customer.indexOf(':');
    Touchpoint experience =
        Touchpoint.builder()
            .id(alert.id())
            .occurredAt(alert.at())
            .identifiers(
                List.of(
                    new Identifier(customer.substring(0, colon), customer.substring(colon + 1))))
            .channel(alert.channel() == null ? Channel.OTHER : alert.channel())
            .direction(Direction.SELF)
            .type(rule.polarity() == Polarity.GOOD ? "experience.good" : "experience.bad")
            .area(alert.area())
            .attributes(
                Map.of(
                    "rule", rule.id(),
                    "pillar", rule.pillar().name(),
                    "severity", severity(rule, raise.firstMeasure()).name()))
            .build();
    return new Item(raise.place(), experience);
  }

  /** The highest severity whose bound the measure reaches. */
  static Severity severity(Rule rule, double measure) {
    return rule.levels().entrySet().stream()
        .filter(level -> measure >= level.getValue())
        .map(Map.Entry::getKey)
        .max(Comparator.naturalOrder())
        .orElse(rule.severity() != null ? rule.severity() : Severity.LOW);
  }

  private static double threshold(Rule rule, double measure) {
    if (!rule.levels().isEmpty()) {
      double lowest =
          rule.levels().values().stream().mapToDouble(Double::doubleValue).min().orElseThrow();
      return rule.levels().values().stream()
          .filter(bound -> measure >= bound)
          .max(Comparator.naturalOrder())
          .orElse(lowest);
    }
    RuleKind kind = rule.kind();
    if (kind instanceof RuleKind.Count count) {
      return count.atLeast();
    } else if (kind instanceof RuleKind.Streak streak) {
      return streak.atLeast();
    } else if (kind instanceof RuleKind.Sequence sequence) {
      return sequence.by() == null ? sequence.withinMillis() / 1000.0 : 0;
    }
    return kind instanceof RuleKind.Absence ? 0 : 1;
  }

  /** Each with the text of the highest bound reached; absent below the lowest. */
  private static Map<String, String> attributes(Rule rule, double measure) {
    Map<String, String> attributes = new HashMap<>();
    for (Map.Entry<String, NavigableMap<Double, String>> attribute : rule.attributes().entrySet()) {
      attribute.getValue().entrySet().stream()
          .filter(bound -> measure >= bound.getKey())
          .max(Map.Entry.comparingByKey())
          .ifPresent(bound -> attributes.put(attribute.getKey(), bound.getValue()));
    }
    return attributes;
  }
}
