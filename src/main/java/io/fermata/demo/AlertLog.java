package io.fermata.demo;

import io.fermata.model.Alert;
import io.fermata.model.Change;
import io.fermata.model.Severity;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the alerts topic has told so far. For any number of threads. */
final class AlertLog {

  private static final int NEWEST = 8;

  private final Map<String, Count> rules = new TreeMap<>();
  private final Deque<Alert> newest = new ArrayDeque<>();

  /** Alerts of one rule: how many were raised, have ended, were taken back. */
  record Count(String rule, long raised, long ended, long retracted, Severity last) {

    private Count with(Change change, Severity severity) {
      return switch (change) {
        case RAISED -> new Count(rule, raised + 1, ended, retracted, severity);
        case ENDED -> new Count(rule, raised, ended + 1, retracted, last);
        case RETRACTED -> new Count(rule, raised, ended, retracted + 1, last);
        case CHANGED -> this;
      };
    }
  }

  /**
   * @param counts by rule, the most raised first
   * @param newest the alerts raised last, the newest first
   */
  record Snapshot(List<Count> counts, List<Alert> newest) {

    long raised() {
      return counts.stream().mapToLong(Count::raised).sum();
    }

    long retracted() {
      return counts.stream().mapToLong(Count::retracted).sum();
    }
  }

  synchronized void add(Change change, Alert alert) {
    rules.merge(
        alert.rule(),
        new Count(alert.rule(), 0, 0, 0, alert.severity()).with(change, alert.severity()),
        (known, unused) -> known.with(change, alert.severity()));
    if (change == Change.RAISED) {
      newest.addFirst(alert);
      if (newest.size() > NEWEST) {
        newest.removeLast();
      }
    }
  }

  synchronized Snapshot snapshot() {
    return new Snapshot(
        rules.values().stream().sorted(Comparator.comparingLong(Count::raised).reversed()).toList(),
        List.copyOf(newest));
  }
}
