package io.fermata.bench;

import io.fermata.codec.Framing;
import io.fermata.codec.ValueCodecs;
import io.fermata.journey.FoldSettings;
import io.fermata.journey.KeeperSettings;
import io.fermata.model.CustomerKeys;
import io.fermata.model.DeadLetterReason;
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
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;

/**
 * Runs one topology over the workload on a broker. The touchpoints lie in the topic before the
 * clocks start, unless it is to keep up with them; the first tenth of them is not counted, so that
 * start-up isn't either.
 */
final class KafkaBench {

  /** Of all benches of this process: a group that is used again waits for its former member. */
  private static final AtomicInteger RUNS = new AtomicInteger();

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
          FermataTopology topology =
              new FermataTopology(
                  topics,
                  new CodecWire(topics, codecs),
                  rules,
                  new RouteSettings(CustomerKeys.DEFAULT_ORDER, config.limits().recordBytes()),
                  KeeperSettings.of(FoldSettings.DEFAULTS, config.lateness().allowed().toMillis()),
                  ClockSettings.REPLAY,
                  new RegistryPatience(Duration.ZERO, time -> false),
                  counted,
                  ScoreSettings.DEFAULTS,
                  config.reservations().hold().toMillis());
          return new Subject(topology.build(), counted::processed);
        });
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
    String prefix = "bench-%d-%d.".formatted(ProcessHandle.current().pid(), RUNS.incrementAndGet());
    Path folder = temporaryFolder();
    // What the environment says of the pipeline holds for every variant, except for what follows.
    Map<String, String> environment = new HashMap<>(System.getenv());
    environment.putAll(more);
    environment.put("FERMATA_KAFKA_BOOTSTRAP_SERVERS", bootstrapServers);
    environment.put("FERMATA_REGISTRY_SCHEMA_REGISTRY_URL", registryUrl);
    environment.put("FERMATA_TOPICS_PREFIX", prefix);
    environment.put("FERMATA_TOPICS_PARTITIONS", Integer.toString(settings.partitions()));
    environment.put("FERMATA_STREAMS_THREADS", Integer.toString(settings.threads()));
    environment.put("FERMATA_STREAMS_APPLICATION_ID", prefix + "app");
    environment.put("FERMATA_STREAMS_INSTANCE_ID", StreamsSettings.NO_INSTANCE_ID);
    environment.put("FERMATA_STATE_DIR", folder.toString());
    FermataConfig config = FermataConfig.load(null, environment);
    TopicNames topics = new TopicNames(prefix);
    try (TopicAdmin admin = new TopicAdmin(config.kafka().clientProperties(), config.topics());
        ValueCodecs codecs = ValueCodecs.of(config.registry().serializerProperties())) {
      admin.create();
      Subject subject = maker.make(config, topics, codecs);
      Map<String, Object> streams = new HashMap<>(StreamsSettings.of(config));
      // Measured runs are short: the consumer's own pace must not be what is measured.
      streams.put(StreamsConfig.consumerPrefix("fetch.max.wait.ms"), "100");
      try (Feeder feeder = new Feeder(topics, codecs);
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
        return meter.measure(prefix, processed, runner);
      }
    } finally {
      deleteTopics(prefix);
      delete(folder);
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

  /** Writes the workload to the topic, as far as it is told. */
  private final class Feeder implements AutoCloseable {

    private final AtomicReference<Exception> failure = new AtomicReference<>();
    private final KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers", bootstrapServers, "linger.ms", "20", "batch.size", "262144"),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    private final String topic;
    private final byte[] header;
    private int next;

    Feeder(TopicNames topics, ValueCodecs codecs) {
      topic = topics.touchpoints();
      header = codecs.touchpoints().serialize(topic, workload.touchpoints().get(0));
    }

    /** Returns when so many touchpoints lie in the topic, or all. */
    void feed(long until) {
      if (next >= Math.min(until, workload.size())) {
        return;
      }
      for (; next < Math.min(until, workload.size()); next++) {
        byte[] encoded = workload.encoded().get(next);
        byte[] framed = new byte[Framing.HEADER + encoded.length];
        System.arraycopy(header, 0, framed, 0, Framing.HEADER);
        System.arraycopy(encoded, 0, framed, Framing.HEADER, encoded.length);
        producer.send(
            new ProducerRecord<>(topic, workload.keys().get(next), framed),
            (metadata, e) -> failure.compareAndSet(null, e));
      }
      producer.flush();
      if (failure.get() != null) {
        throw new IllegalStateException("could not load the topic", failure.get());
      }
    }

    @Override
    public void close() {
      producer.close();
    }
  }

  private void deleteTopics(String prefix) throws InterruptedException {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
      List<String> ours =
          admin.listTopics().names().get().stream()
              .filter(name -> name.startsWith(prefix))
              .toList();
      admin.deleteTopics(ours).all().get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("could not delete the topics " + prefix + "*", e.getCause());
    }
  }

  private static Path temporaryFolder() {
    try {
      return Files.createTempDirectory("fermata-bench-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
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
        processed += ledger.count(Ledger.Entry.FOLDED) + ledger.count(Ledger.Entry.DUPLICATE);
        for (DeadLetterReason reason : DeadLetterReason.values()) {
          processed += ledger.count(reason);
        }
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
