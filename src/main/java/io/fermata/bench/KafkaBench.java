package io.fermata.bench;

import io.fermata.codec.ValueCodecs;
import io.fermata.journey.FoldSettings;
import io.fermata.journey.KeeperSettings;
import io.fermata.model.CustomerKeys;
import io.fermata.rules.RuleSet;
import io.fermata.runtime.StreamsRunner;
import io.fermata.runtime.StreamsSettings;
import io.fermata.runtime.TopicAdmin;
import io.fermata.runtime.config.FermataConfig;
import io.fermata.score.ScoreSettings;
import io.fermata.topology.ClockSettings;
import io.fermata.topology.CodecWire;
import io.fermata.topology.FermataTopology;
import io.fermata.topology.Ledger;
import io.fermata.topology.PipelineListener;
import io.fermata.topology.RegistryPatience;
import io.fermata.topology.RouteSettings;
import io.fermata.topology.TopicNames;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;

/**
 * Runs one topology over the workload on a broker. The touchpoints lie in the topic before the
 * clocks start, unless it is to keep up with them; the first tenth of them is not counted, so that
 * start-up isn't either.
 */
final class KafkaBench {

  private static final Duration LIMIT = Duration.ofMinutes(10);

  private final String bootstrapServers;
  private final String registryUrl;
  private final BenchSettings settings;
  private final Workload workload;
  private final int ahead;

  KafkaBench(
      String bootstrapServers, String registryUrl, BenchSettings settings, Workload workload) {
    this(bootstrapServers, registryUrl, settings, workload, workload.size());
  }

  /**
   * Of a stream that the topology keeps up with, if not everything is there before.
   *
   * @param ahead how many touchpoints wait at most
   */
  KafkaBench(
      String bootstrapServers,
      String registryUrl,
      BenchSettings settings,
      Workload workload,
      int ahead) {
    this.ahead = ahead;
    this.bootstrapServers = bootstrapServers;
    this.registryUrl = registryUrl;
    this.settings = settings;
    this.workload = workload;
  }

  /** A topology to measure, and how far it has come. */
  private record Subject(Topology topology, LongSupplier processed) {}

  @FunctionalInterface
  private interface SubjectMaker {
    Subject make(FermataConfig config, TopicNames topics, ValueCodecs codecs);
  }

  /** Measures a topology that runs. */
  @FunctionalInterface
  interface Meter<M> {
    M measure(String prefix, LongSupplier processed, StreamsRunner runner)
        throws InterruptedException;
  }

  /** The pipeline itself. */
  Measurement pipeline(RuleSet rules) throws InterruptedException {
    return pipeline(rules, (prefix, processed, runner) -> measure(processed, runner));
  }

  /** The pipeline, measured in another way. */
  <M> M pipeline(RuleSet rules, Meter<M> meter) throws InterruptedException {
    return run(
        Map.of(),
        meter,
        (config, topics, codecs) -> {
          Counted counted = new Counted(workload.size());
          FermataTopology topology = topology(config, topics, codecs, rules, counted);
          return new Subject(topology.build(), counted::processed);
        });
  }

  /** The pipeline as it is measured: its clock is that of the touchpoints. */
  static FermataTopology topology(
      FermataConfig config,
      TopicNames topics,
      ValueCodecs codecs,
      RuleSet rules,
      PipelineListener listener) {
    return new FermataTopology(
        topics,
        new CodecWire(topics, codecs),
        rules,
        new RouteSettings(CustomerKeys.DEFAULT_ORDER, config.limits().recordBytes()),
        KeeperSettings.of(FoldSettings.DEFAULTS, config.lateness().allowed().toMillis()),
        ClockSettings.REPLAY,
        new RegistryPatience(Duration.ZERO, time -> false),
        listener,
        ScoreSettings.DEFAULTS,
        config.reservations().hold().toMillis());
  }

  /** Bare Kafka Streams with the same reads and writes. */
  Measurement sameIo(IoProfile profile) throws InterruptedException {
    return run(
        Map.of(),
        (prefix, processed, runner) -> measure(processed, runner),
        (config, topics, codecs) -> {
          AtomicLong processed = new AtomicLong();
          return new Subject(new BareTopology(topics, processed).sameIo(profile), processed::get);
        });
  }

  /** Bare Kafka Streams that re-keys, gets and puts, without the record cache. */
  Measurement getAndPut(int valueBytes) throws InterruptedException {
    return run(
        Map.of("FERMATA_STATE_CACHE_BYTES", "0"),
        (prefix, processed, runner) -> measure(processed, runner),
        (config, topics, codecs) -> {
          AtomicLong processed = new AtomicLong();
          return new Subject(
              new BareTopology(topics, processed).getAndPut(valueBytes), processed::get);
        });
  }

  private <M> M run(Map<String, String> more, Meter<M> meter, SubjectMaker maker)
      throws InterruptedException {
    try (Sandbox sandbox = new Sandbox(bootstrapServers, registryUrl, settings, more)) {
      return run(sandbox, meter, maker);
    }
  }

  private <M> M run(Sandbox sandbox, Meter<M> meter, SubjectMaker maker)
      throws InterruptedException {
    FermataConfig config = FermataConfig.load(null, sandbox.environment());
    TopicNames topics = new TopicNames(sandbox.prefix());
    try (TopicAdmin admin = new TopicAdmin(config.kafka().clientProperties(), config.topics());
        ValueCodecs codecs = ValueCodecs.of(config.registry().serializerProperties())) {
      admin.create();
      Subject subject = maker.make(config, topics, codecs);
      Map<String, Object> streams = new HashMap<>(StreamsSettings.of(config));
      // Measured runs are short: the consumer's own pace must not be what is measured.
      streams.put(StreamsConfig.consumerPrefix("fetch.max.wait.ms"), "100");
      try (Feeder feeder = new Feeder(bootstrapServers, workload, topics, codecs);
          StreamsRunner runner =
              new StreamsRunner(subject.topology(), streams, Duration.ofSeconds(30))) {
        feeder.feed(ahead);
        runner.start();
        LongSupplier processed =
            () -> {
              long count = subject.processed().getAsLong();
              feeder.feed(count + ahead);
              return count;
            };
        return meter.measure(sandbox.prefix(), processed, runner);
      }
    }
  }

  private Measurement measure(LongSupplier processed, StreamsRunner runner)
      throws InterruptedException {
    long total = workload.size();
    await(processed, total / 10, runner);
    long first = processed.getAsLong();
    long cpu = CpuClock.now();
    long wall = System.nanoTime();
    await(processed, total, runner);
    return new Measurement(total - first, System.nanoTime() - wall, CpuClock.now() - cpu);
  }

  static void await(LongSupplier processed, long count, StreamsRunner runner)
      throws InterruptedException {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (processed.getAsLong() < count) {
      if (runner.failure().isPresent()) {
        throw new IllegalStateException("the topology failed", runner.failure().get());
      }
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException(
            "only %d of %d touchpoints after %s".formatted(processed.getAsLong(), count, LIMIT));
      }
      Thread.sleep(5);
    }
  }

  /** Sums what the Journey room's ledgers count. */
  private static final class Counted implements PipelineListener {

    private final List<Ledger> ledgers = new CopyOnWriteArrayList<>();
    private final long workloadSize;

    Counted(long workloadSize) {
      this.workloadSize = workloadSize;
    }

    @Override
    public void opened(Ledger ledger) {
      ledgers.add(ledger);
    }

    long processed() {
      long processed = 0;
      for (Ledger ledger : ledgers) {
        // Both rooms count dead letters; what the Route room lets through the Journey room counts.
        processed +=
            ledger.count(Ledger.Entry.FOLDED)
                + ledger.count(Ledger.Entry.DUPLICATE)
                + ledger.deadLetters();
      }
      // Nothing is through while it is on its way from one name to another.
      return waiting() ? Math.min(processed, workloadSize - 1) : processed;
    }

    private boolean waiting() {
      long sent = 0;
      long taken = 0;
      for (Ledger ledger : ledgers) {
        sent += ledger.count(Ledger.Identity.SENT);
        taken += ledger.count(Ledger.Identity.TAKEN);
      }
      return sent > taken;
    }
  }
}
