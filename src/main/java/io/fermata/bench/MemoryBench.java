package io.fermata.bench;

import io.fermata.codec.ValueCodecs;
import io.fermata.runtime.TopicAdmin;
import io.fermata.runtime.config.FermataConfig;
import io.fermata.topology.TopicNames;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Measures what memory {@code fermata run} takes, as users start it: with the launcher's options
 * and the default settings. All touchpoints wait for it, so it has as much to do as it can.
 */
public final class MemoryBench {

  private static final Duration LIMIT = Duration.ofMinutes(20);

  /** Progress is told so many times. */
  private static final int STEPS = 10;

  private final BenchSettings settings;
  private final RuleSource source;
  private final List<String> command;
  private final Consumer<String> progress;

  /**
   * @param source rules as written: the process reads them itself
   * @param command starts Fermata with the arguments that follow
   * @throws IllegalArgumentException when rules are to be derived
   */
  public MemoryBench(
      BenchSettings settings, RuleSource source, List<String> command, Consumer<String> progress) {
    if (source.count() > 0) {
      throw new IllegalArgumentException("expected a folder or file of rules, not a number");
    }
    this.settings = settings;
    this.source = source;
    this.command = List.copyOf(command);
    this.progress = progress;
  }

  /**
   * One run against a broker and a registry; the result as lines of text.
   *
   * @throws IllegalStateException when it fails
   */
  public String run(String bootstrapServers, String registryUrl) throws InterruptedException {
    int rules = source.compile().rules().size();
    progress.accept("generating %,d touchpoints".formatted(settings.touchpoints()));
    Workload workload = Workload.generate(settings);
    Map<String, String> more =
        Map.of("FERMATA_RULES_PATH", source.path().toAbsolutePath().toString());
    try (Sandbox sandbox = new Sandbox(bootstrapServers, registryUrl, settings, more)) {
      load(workload, sandbox, bootstrapServers);
      try (RunProcess process = RunProcess.start(command, sandbox.environment())) {
        await(workload.size(), process);
        return text(workload, rules, process);
      }
    }
  }

  private static void load(Workload workload, Sandbox sandbox, String bootstrapServers) {
    FermataConfig config = FermataConfig.load(null, sandbox.environment());
    try (TopicAdmin admin = new TopicAdmin(config.kafka().clientProperties(), config.topics());
        ValueCodecs codecs = ValueCodecs.of(config.registry().serializerProperties())) {
      admin.create();
      try (Feeder feeder =
          new Feeder(bootstrapServers, workload, new TopicNames(sandbox.prefix()), codecs)) {
        feeder.feed(workload.size());
      }
    }
  }

  private void await(long total, RunProcess process) throws InterruptedException {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    long told = 0;
    long done = 0;
    while (done < total) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException(
            "only %,d of %,d touchpoints after %s".formatted(done, total, LIMIT));
      }
      Thread.sleep(500);
      done = folded(process) + duplicates(process) + deadLetters(process);
      if (done * STEPS / total > told) {
        told = done * STEPS / total;
        progress.accept(
            "%,11d touchpoints  %,6d MiB".formatted(done, mebibytes(process.residentBytes())));
      }
    }
  }

  private static long folded(RunProcess process) throws InterruptedException {
    return process.metric("fermata_touchpoints_folded_total");
  }

  private static long duplicates(RunProcess process) throws InterruptedException {
    return process.metric("fermata_touchpoints_duplicates_total");
  }

  private static long deadLetters(RunProcess process) throws InterruptedException {
    return process.metric("fermata_dead_letters_total");
  }

  private String text(Workload workload, int rules, RunProcess process)
      throws InterruptedException {
    return "run: %,d touchpoints of %,d customers, %d rules, %d partitions, %d threads%n"
            .formatted(
                workload.size(),
                workload.customersSeen(),
                rules,
                settings.partitions(),
                settings.threads())
        + "%,d folded, %,d duplicates, %,d dead letters%n%n"
            .formatted(folded(process), duplicates(process), deadLetters(process))
        + "%-36s %,10d MiB%n"
            .formatted("resident memory, at its highest", mebibytes(process.peakBytes()))
        + "%-36s %,10d MiB%n".formatted("at the end", mebibytes(process.residentBytes()));
  }

  private static long mebibytes(long bytes) {
    return Math.round(bytes / (double) (1 << 20));
  }
}
