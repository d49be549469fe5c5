package io.fermata.bench;

import io.fermata.rules.RuleSet;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Measures what it costs that customers are not always known: the pipeline over the same workload
 * with a share of anonymous touchpoints and without, side by side. The pipeline keeps up with the
 * stream: were all touchpoints waiting, what is handed over from name to name would come after what
 * is later, and be late.
 */
public final class AnonymousBench {

  /** Touchpoints that wait at most: about what comes within a commit or two. */
  private static final int AHEAD = 1000;

  private final BenchSettings settings;
  private final RuleSet rules;
  private final double share;
  private final Consumer<String> progress;

  /**
   * @param share of touchpoints that carry a cookie alone, 0 to 1
   * @throws IllegalArgumentException when it is no share
   */
  public AnonymousBench(
      BenchSettings settings, RuleSource source, double share, Consumer<String> progress) {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException("expected a share of anonymous touchpoints from 0 to 1");
    }
    this.settings = settings;
    this.rules = source.compile();
    this.share = share;
    this.progress = progress;
  }

  /**
   * Runs all rounds against a broker and a registry, after one to warm up; the result as lines of
   * text.
   *
   * @throws IllegalStateException when a run fails
   */
  public String run(String bootstrapServers, String registryUrl) throws InterruptedException {
    progress.accept("generating %,d touchpoints".formatted(settings.touchpoints()));
    Workload known = Workload.generate(settings);
    Workload anonymous = known.anonymous(share, settings.seed());
    KafkaBench knownBench = new KafkaBench(bootstrapServers, registryUrl, settings, known, AHEAD);
    KafkaBench anonymousBench =
        new KafkaBench(bootstrapServers, registryUrl, settings, anonymous, AHEAD);
    List<Double> knownMicros = new ArrayList<>();
    List<Double> anonymousMicros = new ArrayList<>();
    List<Double> ratios = new ArrayList<>();
    for (int round = 0; round <= settings.rounds(); round++) {
      double without = knownBench.pipeline(rules).cpuMicros();
      double with = anonymousBench.pipeline(rules).cpuMicros();
      progress.accept(
          "%s  known %6.2f CPU us  with anonymous %6.2f CPU us"
              .formatted(round == 0 ? "warm-up" : "round " + round, without, with));
      if (round > 0) {
        knownMicros.add(without);
        anonymousMicros.add(with);
        ratios.add(with / without);
      }
    }
    return text(anonymous, knownMicros, anonymousMicros, ratios);
  }

  private String text(
      Workload anonymous, List<Double> known, List<Double> with, List<Double> ratios) {
    long alone =
        anonymous.touchpoints().stream()
            .filter(touchpoint -> touchpoint.identifiers().get(0).kind().equals("cookie"))
            .count();
    return "pipeline, %,d touchpoints, %d rules, %d rounds; %.1f %% carry a cookie alone%n"
            .formatted(
                anonymous.size(),
                rules.rules().size(),
                settings.rounds(),
                100.0 * alone / anonymous.size())
        + "%-36s %10s %10s %10s%n".formatted("CPU us per touchpoint", "min", "median", "max")
        + line("every customer known", known)
        + line("some anonymous", with)
        + line("ratio", ratios);
  }

  private static String line(String name, List<Double> values) {
    BenchResult.Spread spread = BenchResult.Spread.of(values);
    return "%-36s %10.2f %10.2f %10.2f%n"
        .formatted(name, spread.min(), spread.median(), spread.max());
  }
}
