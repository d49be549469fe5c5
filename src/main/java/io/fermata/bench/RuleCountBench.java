package io.fermata.bench;

import io.fermata.rules.Rule;
import io.fermata.rules.RuleSet;
import io.fermata.rules.cel.RuleCompiler;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Measures how the cost of the fold grows with the number of rules, side by side. */
public final class RuleCountBench {

  private final BenchSettings settings;
  private final List<Rule> rules;
  private final List<Integer> counts;
  private final Consumer<String> progress;

  /**
   * @param counts numbers of rules to measure, ascending
   */
  public RuleCountBench(
      BenchSettings settings, List<Rule> rules, List<Integer> counts, Consumer<String> progress) {
    this.settings = settings;
    this.rules = rules;
    this.counts = counts;
    this.progress = progress;
  }

  /** Runs all rounds, after one to warm up; the result as lines of text. */
  public String run() {
    Workload workload = Workload.generate(settings);
    Map<Integer, RuleSet> sets = new LinkedHashMap<>();
    Map<Integer, CoreRun> runs = new LinkedHashMap<>();
    for (int count : counts) {
      progress.accept("compiling %,d rules".formatted(count));
      sets.put(count, RuleCompiler.compile(DerivedRules.of(rules, count)));
      runs.put(count, new CoreRun(workload.spread(DerivedRules.lines(rules, count))));
    }
    Map<Integer, List<Double>> micros = new LinkedHashMap<>();
    for (int round = 0; round <= settings.rounds(); round++) {
      for (int count : counts) {
        double cost = runs.get(count).run(sets.get(count)).cpuMicros();
        progress.accept("round %d  %,6d rules  %6.2f CPU us".formatted(round, count, cost));
        if (round > 0) {
          micros.computeIfAbsent(count, c -> new ArrayList<>()).add(cost);
        }
      }
    }
    return text(micros);
  }

  private String text(Map<Integer, List<Double>> micros) {
    StringBuilder text = new StringBuilder();
    text.append(
        "pure core, %,d touchpoints, %d rounds; medians%n"
            .formatted(settings.touchpoints(), settings.rounds()));
    text.append(
        "%10s %24s %12s %12s%n".formatted("rules", "CPU us per touchpoint", "rules x", "cost x"));
    int first = counts.get(0);
    double base = BenchResult.Spread.of(micros.get(first)).median();
    for (int count : counts) {
      double cost = BenchResult.Spread.of(micros.get(count)).median();
      text.append(
          "%,10d %24.2f %12.1f %12.2f%n"
              .formatted(count, cost, (double) count / first, cost / base));
    }
    return text.toString();
  }
}
