package io.fermata.bench;

import io.fermata.journey.CustomerFold;
import io.fermata.journey.FoldSettings;
import io.fermata.journey.Views;
import io.fermata.model.Position;
import io.fermata.model.Touchpoint;
import io.fermata.rules.RuleSet;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The fold alone: touchpoints in memory, one thread, no Kafka, no bytes. */
final class CoreRun {

  private final List<Map.Entry<String, List<Touchpoint>>> customers;
  private final long clock;
  private final int touchpoints;

  CoreRun(Workload workload) {
    Map<String, TreeMap<Position, Touchpoint>> sorted = new LinkedHashMap<>();
    long last = Long.MIN_VALUE;
    for (int i = 0; i < workload.size(); i++) {
      Touchpoint touchpoint = workload.touchpoints().get(i);
      sorted
          .computeIfAbsent(
              new String(workload.keys().get(i), StandardCharsets.UTF_8), key -> new TreeMap<>())
          .putIfAbsent(touchpoint.position(), touchpoint);
      last = Math.max(last, touchpoint.occurredAt());
    }
    customers = new ArrayList<>();
    int count = 0;
    for (Map.Entry<String, TreeMap<Position, Touchpoint>> entry : sorted.entrySet()) {
      customers.add(Map.entry(entry.getKey(), List.copyOf(entry.getValue().values())));
      count += entry.getValue().size();
    }
    touchpoints = count;
    clock = last;
  }

  /** Folds every customer once. */
  Measurement run(RuleSet rules) {
    long views = 0;
    long cpu = CpuClock.now();
    long wall = System.nanoTime();
    for (Map.Entry<String, List<Touchpoint>> customer : customers) {
      Views folded =
          CustomerFold.fold(
              FoldSettings.DEFAULTS, rules, customer.getKey(), customer.getValue(), clock);
      views += folded.alerts().size() + folded.journeys().size();
    }
    if (views == 0) {
      throw new IllegalStateException("the fold made no views: nothing was measured");
    }
    return new Measurement(touchpoints, System.nanoTime() - wall, CpuClock.now() - cpu);
  }
}
