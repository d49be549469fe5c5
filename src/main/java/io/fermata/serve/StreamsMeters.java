package io.fermata.serve;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import io.micrometer.core.instrument.config.MeterFilter;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.apache.kafka.streams.KafkaStreams;

/**
 * The meters of Kafka Streams and its clients that somebody looks at; an idle instance has some 700
 * series of them.
 */
final class StreamsMeters implements AutoCloseable {

  /** Series appear with this delay: partitions, and with them the lag, come after the start. */
  private static final Duration REFRESH = Duration.ofSeconds(5);

  private static final String ALL = "kafka.";

  private static final Set<String> KEPT =
      Set.of(
          "kafka.consumer.coordinator.rebalance.total",
          "kafka.consumer.fetch.manager.records.lag",
          "kafka.stream.alive.stream.threads",
          "kafka.stream.failed.stream.threads",
          "kafka.stream.state.block.cache.usage",
          "kafka.stream.state.size.all.mem.tables",
          "kafka.stream.state.total.sst.files.size",
          "kafka.stream.thread.commit.latency.avg",
          "kafka.stream.thread.commit.latency.max",
          "kafka.stream.thread.poll.ratio",
          "kafka.stream.thread.process.ratio");

  private final ScheduledExecutorService scheduler =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "streams-meters");
            thread.setDaemon(true);
            return thread;
          });
  private final KafkaStreamsMetrics meters;

  /**
   * @param registry has the {@link #filter}
   */
  StreamsMeters(KafkaStreams streams, MeterRegistry registry) {
    meters = new KafkaStreamsMetrics(streams, Tags.empty(), scheduler, REFRESH);
    meters.bindTo(registry);
  }

  /** Denies the meters of Kafka that nobody looks at. */
  static MeterFilter filter() {
    return MeterFilter.deny(id -> id.getName().startsWith(ALL) && !KEPT.contains(id.getName()));
  }

  @Override
  public void close() {
    meters.close();
    scheduler.shutdownNow();
  }
}
