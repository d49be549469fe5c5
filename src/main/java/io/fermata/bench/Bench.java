package io.fermata.bench;

import io.fermata.journey.FoldSettings;
import io.fermata.journey.KeeperSettings;
import io.fermata.rules.RuleSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Measures side by side: every round runs every variant once, so that whatever else the machine
 * does meets them all. One round more than asked for is run first and thrown away; in it, what
 * needs no Kafka is repeated until it gets no faster. The pure core has a process of its own, as in
 * a replay: the compiler makes other code where the same classes serve the pipeline as well.
 */
public final class Bench {

  /** Bytes of the value in the simplest of the bare topologies (design section 6). */
  static final int SMALL_VALUE = 300;

  /** The names of the variants, in the order in which a round runs them. */
  public enum Variant {
    GET_AND_PUT("bare get+put of 300 B, cache off"),
    SAME_IO("bare, same I/O as the pipeline"),
    PIPELINE("pipeline"),
    CORE("pure core"),
    USUAL_CUSTOMERS("record and history, 100 a customer"),
    BUSY_CUSTOMER("record and history, one customer");

    private final String title;

    Variant(String title) {
      this.title = title;
    }

    public String title() {
      return title;
    }

    boolean isWithoutKafka() {
      return this == CORE || this == USUAL_CUSTOMERS || this == BUSY_CUSTOMER;
    }
  }

  /** What the variants run on. */
  private record Runs(
      KafkaBench kafka, IoProfile profile, CoreProcess core, KeeperRun usual, KeeperRun busy) {}

  private static final Duration LATENESS = Duration.ofDays(7);

  /** Touchpoints of the two variants that differ in whose they are. */
  private static final int KEPT_TOUCHPOINTS = 100_000;

  private static final int USUAL_TOUCHPOINTS = 100;

  private static final int WARM_UP_PASSES = 20;

  /** A pass that takes this share of the one before is no faster. */
  private static final double NO_GAIN = 0.95;

  private final BenchSettings settings;
  private final RuleSource source;
  private final RuleSet rules;
  private final int lines;
  private final Consumer<String> progress;

  /**
   * @throws io.fermata.rules.load.RuleProblemsException with file, line and column of each problem
   */
  public Bench(BenchSettings settings, RuleSource source, Consumer<String> progress) {
    this.settings = settings;
    this.source = source;
    this.rules = source.compile();
    this.lines = source.lines();
    this.progress = progress;
  }

  /**
   * Runs all rounds against a broker and a registry.
   *
   * @throws IllegalStateException when a run fails
   */
  public BenchResult run(String bootstrapServers, String registryUrl) throws InterruptedException {
    progress.accept("generating %,d touchpoints".formatted(settings.touchpoints()));
    Workload workload = Workload.generate(settings).spread(lines);
    KeeperSettings keeper = KeeperSettings.of(FoldSettings.DEFAULTS, LATENESS.toMillis());
    IoProfile profile = IoProfiler.profile(workload, rules, keeper);
    try (CoreProcess core = CoreProcess.start(source, settings)) {
      return run(
          workload,
          new Runs(
              new KafkaBench(bootstrapServers, registryUrl, settings, workload),
              profile,
              core,
              new KeeperRun(kept(KEPT_TOUCHPOINTS / USUAL_TOUCHPOINTS), keeper),
              new KeeperRun(kept(1), keeper)));
    }
  }

  private BenchResult run(Workload workload, Runs runs) throws InterruptedException {
    Map<Variant, List<Measurement>> measured = new LinkedHashMap<>();
    for (Variant variant : Variant.values()) {
      measured.put(variant, new ArrayList<>());
    }
    for (int round = 0; round <= settings.rounds(); round++) {
      for (Variant variant : Variant.values()) {
        Measurement measurement = round == 0 ? warmUp(variant, runs) : measure(variant, runs);
        progress.accept(
            "%s  %-34s %,9.0f /s  %6.2f CPU us"
                .formatted(
                    round == 0 ? "warm-up" : "round " + round,
                    variant.title(),
                    measurement.perWallSecond(),
                    measurement.cpuMicros()));
        if (round > 0) {
          measured.get(variant).add(measurement);
        }
      }
    }
    return new BenchResult(
        settings,
        rules.rules().size(),
        workload.customersSeen(),
        workload.meanBytes(),
        runs.profile,
        measured);
  }

  private Workload kept(int customers) {
    return Workload.generate(settings.with(KEPT_TOUCHPOINTS, customers)).spread(lines);
  }

  /** What runs for seconds only is run until the compiler has nothing left to gain. */
  private Measurement warmUp(Variant variant, Runs runs) throws InterruptedException {
    Measurement last = measure(variant, runs);
    if (variant.isWithoutKafka()) {
      int withoutGain = 0;
      for (int pass = 1; pass < WARM_UP_PASSES && withoutGain < 3; pass++) {
        Measurement next = measure(variant, runs);
        withoutGain = next.cpuMicros() < last.cpuMicros() * NO_GAIN ? 0 : withoutGain + 1;
        last = next;
      }
    }
    return last;
  }

  private Measurement measure(Variant variant, Runs runs) throws InterruptedException {
    return switch (variant) {
      case GET_AND_PUT -> runs.kafka.getAndPut(SMALL_VALUE);
      case SAME_IO -> runs.kafka.sameIo(runs.profile);
      case PIPELINE -> runs.kafka.pipeline(rules);
      case CORE -> runs.core.run();
      case USUAL_CUSTOMERS -> runs.usual.run(rules);
      case BUSY_CUSTOMER -> runs.busy.run(rules);
    };
  }
}
