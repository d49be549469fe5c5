package io.fermata.bench;

import io.fermata.codec.Framing;
import io.fermata.codec.ScoreBucketCodec;
import io.fermata.model.ScoreBucket;
import io.fermata.rules.RuleSet;
import io.fermata.runtime.StreamsRunner;
import io.fermata.topology.TopicNames;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Measures what answers to surveys cost: the pipeline without them and with them, side by side, and
 * what goes from one half of the Score room to the other, where what counts for everybody meets in
 * one partition.
 */
public final class AnswersBench {

  private static final Duration LIMIT = Duration.ofMinutes(10);

  /** Score works by the second: this long without a record means that it is done. */
  private static final Duration QUIET = Duration.ofSeconds(4);

  private static final String ALL = "NPS|all|all";

  private final BenchSettings settings;
  private final RuleSet rules;
  private final Consumer<String> progress;

  /**
   * @param settings with a share of answers
   */
  public AnswersBench(BenchSettings settings, RuleSource source, Consumer<String> progress) {
    this.settings = settings;
    this.rules = source.compile();
    this.progress = progress;
  }

  /**
   * What one run came to.
   *
   * @param counted how often answers count: each in every dimension that it has
   * @param deltas what was sent for that
   * @param ofAll those of them for all answers together
   */
  private record Run(
      Measurement measurement, long answers, long counted, long deltas, long ofAll) {}

  /** Runs all rounds, after one to warm up; the result as lines of text. */
  public String run(String bootstrapServers, String registryUrl) throws InterruptedException {
    KafkaBench without = bench(bootstrapServers, registryUrl, 0);
    KafkaBench with = bench(bootstrapServers, registryUrl, settings.answers());
    List<Run> none = new ArrayList<>();
    List<Run> some = new ArrayList<>();
    for (int round = 0; round <= settings.rounds(); round++) {
      Run before = run(without, bootstrapServers);
      Run after = run(with, bootstrapServers);
      progress.accept(
          "%s  %6.2f CPU us without answers, %6.2f with, %,d deltas of %,d answers"
              .formatted(
                  round == 0 ? "warm-up" : "round " + round,
                  before.measurement.cpuMicros(),
                  after.measurement.cpuMicros(),
                  after.deltas,
                  after.answers));
      if (round > 0) {
        none.add(before);
        some.add(after);
      }
    }
    return text(none, some);
  }

  private KafkaBench bench(String bootstrapServers, String registryUrl, double answers) {
    BenchSettings of =
        new BenchSettings(
            settings.seed(),
            settings.touchpoints(),
            settings.customers(),
            settings.rounds(),
            settings.partitions(),
            settings.threads(),
            settings.late(),
            settings.duplicates(),
            answers);
    return new KafkaBench(bootstrapServers, registryUrl, of, Workload.generate(of));
  }

  private Run run(KafkaBench bench, String bootstrapServers) throws InterruptedException {
    return bench.pipeline(
        rules,
        (prefix, processed, runner) -> {
          try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            TopicNames topics = new TopicNames(prefix);
            Measurement measurement = measure(admin, topics, processed, runner);
            return count(bootstrapServers, admin, topics, measurement);
          }
        });
  }

  /** From the first touchpoints on until nothing more comes out of the Score room. */
  private Measurement measure(
      Admin admin, TopicNames topics, LongSupplier processed, StreamsRunner runner)
      throws InterruptedException {
    long total = settings.touchpoints();
    KafkaBench.await(processed, total / 10, runner);
    long first = processed.getAsLong();
    long cpu = CpuClock.now();
    long wall = System.nanoTime();
    KafkaBench.await(processed, total, runner);
    List<String> outputs =
        List.of(
            topics.surveyResponses(),
            topics.scoreDeltas(),
            topics.pillarDeltas(),
            topics.scores(),
            topics.pillars(),
            topics.drivers(),
            topics.scoreComparisons());
    long deadline = wall + LIMIT.toNanos();
    long ends = -1;
    long changed = System.nanoTime();
    while (System.nanoTime() - changed < QUIET.toNanos()) {
      long now = ends(admin, outputs).values().stream().mapToLong(Long::longValue).sum();
      if (now != ends) {
        ends = now;
        changed = System.nanoTime();
      }
      if (runner.failure().isPresent()) {
        throw new IllegalStateException("the topology failed", runner.failure().get());
      }
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("the Score room is not done after " + LIMIT);
      }
      Thread.sleep(100);
    }
    return new Measurement(total - first, changed - wall, CpuClock.now() - cpu);
  }

  private static Map<TopicPartition, Long> ends(Admin admin, List<String> topics)
      throws InterruptedException {
    try {
      Map<TopicPartition, OffsetSpec> asked =
          admin.describeTopics(topics).allTopicNames().get().values().stream()
              .flatMap(
                  topic ->
                      topic.partitions().stream()
                          .map(one -> new TopicPartition(topic.name(), one.partition())))
              .collect(Collectors.toMap(one -> one, one -> OffsetSpec.latest()));
      return admin.listOffsets(asked).all().get().entrySet().stream()
          .collect(Collectors.toMap(Map.Entry::getKey, end -> end.getValue().offset()));
    } catch (ExecutionException e) {
      throw new IllegalStateException("the broker does not say where topics end", e.getCause());
    }
  }

  private static Run count(
      String bootstrapServers, Admin admin, TopicNames topics, Measurement measurement)
      throws InterruptedException {
    List<ConsumerRecord<byte[], byte[]>> deltas =
        read(bootstrapServers, ends(admin, List.of(topics.scoreDeltas())));
    long counted = 0;
    for (ConsumerRecord<byte[], byte[]> record : deltas) {
      byte[] bytes = record.value();
      ScoreBucket delta =
          ScoreBucketCodec.INSTANCE.decode(bytes, Framing.HEADER, bytes.length - Framing.HEADER);
      counted += delta.counts().values().stream().mapToLong(Math::abs).sum();
    }
    byte[] all = ALL.getBytes(StandardCharsets.UTF_8);
    return new Run(
        measurement,
        read(bootstrapServers, ends(admin, List.of(topics.surveyResponses()))).size(),
        counted,
        deltas.size(),
        deltas.stream().filter(record -> Arrays.equals(record.key(), all)).count());
  }

  /** What is committed in some partitions up to their ends. */
  private static List<ConsumerRecord<byte[], byte[]>> read(
      String bootstrapServers, Map<TopicPartition, Long> ends) {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", bootstrapServers, "isolation.level", "read_committed"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      consumer.assign(ends.keySet());
      consumer.seekToBeginning(ends.keySet());
      long deadline = System.nanoTime() + LIMIT.toNanos();
      while (ends.entrySet().stream()
          .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
        consumer.poll(Duration.ofMillis(200)).forEach(records::add);
        if (System.nanoTime() > deadline) {
          throw new IllegalStateException("the topics can't be read to their ends: " + ends);
        }
      }
    }
    return records;
  }

  private String text(List<Run> none, List<Run> some) {
    StringBuilder text = new StringBuilder();
    text.append(
        "%,d touchpoints, %.0f %% of them answers, %d rounds, %d partitions, %d threads; until Score is done%n%n"
            .formatted(
                settings.touchpoints(),
                100 * settings.answers(),
                settings.rounds(),
                settings.partitions(),
                settings.threads()));
    text.append(
        "%-36s %10s %10s %10s%n".formatted("CPU us per touchpoint", "min", "median", "max"));
    line(text, "without answers", none.stream().map(run -> run.measurement.cpuMicros()).toList());
    line(text, "with answers", some.stream().map(run -> run.measurement.cpuMicros()).toList());
    line(
        text,
        "with / without",
        IntStream.range(0, none.size())
            .mapToObj(
                i -> some.get(i).measurement.cpuMicros() / none.get(i).measurement.cpuMicros())
            .toList());
    Run last = some.get(some.size() - 1);
    text.append(
        "%nlast round: %,d answers count %,d times; %,d deltas sent, %.4f an answer; of them for all answers together %,d, one for %,.0f answers%n"
            .formatted(
                last.answers,
                last.counted,
                last.deltas,
                (double) last.deltas / last.answers,
                last.ofAll,
                (double) last.answers / last.ofAll));
    return text.toString();
  }

  private static void line(StringBuilder text, String name, List<Double> values) {
    BenchResult.Spread spread = BenchResult.Spread.of(values);
    text.append(
        "%-36s %10.2f %10.2f %10.2f%n"
            .formatted(name, spread.min(), spread.median(), spread.max()));
  }
}
