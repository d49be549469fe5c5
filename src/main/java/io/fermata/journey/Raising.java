package io.fermata.journey;

import io.fermata.model.Alert;
import io.fermata.model.AlertStatus;
import io.fermata.model.Area;
import io.fermata.model.Change;
import io.fermata.model.Channel;
import io.fermata.model.Ids;
import io.fermata.model.Severity;
import io.fermata.model.Touchpoint;
import io.fermata.rules.CompiledRule;
import io.fermata.rules.Grouping;
import io.fermata.rules.Rule;
import io.fermata.rules.RuleKind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;

/** Makes alerts out of what rules find, and the experiences that follow from raises. */
final class Raising {

  private final Fold fold;

  Raising(Fold fold) {
    this.fold = fold;
  }

  /** What a new alert would be, anchored at a touchpoint. */
  static OpenAlert open(
      FoldState state, CompiledRule rule, String group, Touchpoint anchor, long at) {
    return open(state, rule, group, anchor.id(), at, anchor.area(), anchor.channel());
  }

  static OpenAlert open(
      FoldState state,
      CompiledRule compiled,
      String group,
      String anchor,
      long at,
      Area area,
      Channel channel) {
    Rule rule = compiled.rule();
    return new OpenAlert(
        Ids.alert(rule.id(), state.customer(), Grouping.subjectOf(group), anchor),
        at,
        rule.area() != null ? rule.area() : area,
        rule.channel() != null ? rule.channel() : channel);
  }

  /** Publishes a new alert and makes its experience. */
  void raise(
      FoldState state,
      CompiledRule rule,
      String group,
      OpenAlert open,
      double measure,
      List<String> evidence,
      Cause cause,
      ViewSink sink) {
    Alert alert = alert(state, rule, group, open, AlertStatus.RAISED, null, measure, evidence);
    sink.alert(Change.RAISED, alert);
    fold.experience(state, rule, alert, cause, sink);
  }

  /**
   * Publishes the change or the end of an alert.
   *
   * @param was the severity it had
   */
  static void change(Change change, Severity was, Alert is, ViewSink sink) {
    if (was != is.severity()) {
      sink.recount(is.withSeverity(was), is);
    }
    sink.alert(change, is);
  }

  /** The view of an alert. */
  static Alert alert(
      FoldState state,
      CompiledRule compiled,
      String group,
      OpenAlert open,
      AlertStatus status,
      Long until,
      double measure,
      List<String> evidence) {
    Rule rule = compiled.rule();
    Severity severity = rule.severityOf(measure);
    return new Alert(
        open.id(),
        rule.id(),
        rule.version(),
        status,
        rule.polarity(),
        severity,
        state.customer(),
        Grouping.subjectOf(group),
        open.at(),
        until,
        measure,
        threshold(rule, measure),
        rule.pillar(),
        open.area(),
        open.channel(),
        evidence,
        rule.title(),
        rule.advice(),
        attributes(rule, measure));
  }

  private static double threshold(Rule rule, double measure) {
    if (!rule.levels().isEmpty()) {
      Map.Entry<Severity, Double> reached = rule.levelOf(measure);
      return (reached != null ? reached : rule.levels().firstEntry()).getValue();
    }
    RuleKind kind = rule.kind();
    if (kind instanceof RuleKind.Count count) {
      return count.atLeast();
    } else if (kind instanceof RuleKind.Streak streak) {
      return streak.atLeast();
    } else if (kind instanceof RuleKind.Sequence sequence) {
      return sequence.withinMillis() == null ? 0 : sequence.withinMillis() / 1000.0;
    } else if (kind instanceof RuleKind.Absence) {
      return 0;
    }
    return 1;
  }

  private static Map<String, String> attributes(Rule rule, double measure) {
    if (rule.attributes().isEmpty()) {
      return Map.of();
    }
    Map<String, String> attributes = new HashMap<>();
    for (Map.Entry<String, NavigableMap<Double, String>> entry : rule.attributes().entrySet()) {
      Map.Entry<Double, String> reached = entry.getValue().floorEntry(measure);
      if (reached != null) {
        attributes.put(entry.getKey(), reached.getValue());
      }
    }
    return Map.copyOf(attributes);
  }
}
