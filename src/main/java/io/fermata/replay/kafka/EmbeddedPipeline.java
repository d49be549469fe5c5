package io.fermata.replay.kafka;

import io.fermata.codec.Framing;
import io.fermata.codec.ValueCodecs;
import io.fermata.embedded.BrokerOptions;
import io.fermata.embedded.EmbeddedBroker;
import io.fermata.embedded.EmbeddedRegistry;
import io.fermata.embedded.Folders;
import io.fermata.replay.ReplaySettings;
import io.fermata.runtime.Pipeline;
import io.fermata.runtime.StreamsSettings;
import io.fermata.runtime.config.FermataConfig;
import io.fermata.topology.PipelineListener;
import io.fermata.topology.TopicNames;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.utils.Utils;

/** Broker, registry and pipeline in this process, in a temporary folder that goes with them. */
final class EmbeddedPipeline implements AutoCloseable {

  private static final int PARTITIONS = 4;

  /** The broker's limit. At the end of input one tick settles all customers of a partition. */
  private static final String TRANSACTION_TIMEOUT =
      Long.toString(Duration.ofMinutes(15).toMillis());

  private final Deque<Closeable> opened = new ArrayDeque<>();
  private String bootstrapServers;
  private FermataConfig config;
  private Pipeline pipeline;

  private EmbeddedPipeline() {}

  /**
   * Starts all of it; the pipeline may not have its partitions yet.
   *
   * @throws io.fermata.embedded.BrokerFailedException when the broker does not start
   */
  static EmbeddedPipeline start(
      ReplaySettings settings, long latenessMillis, PipelineListener listener) throws IOException {
    EmbeddedPipeline started = new EmbeddedPipeline();
    try {
      started.open(settings, latenessMillis, listener);
      return started;
    } catch (IOException | RuntimeException e) {
      try {
        started.close();
      } catch (IOException | RuntimeException closing) {
        e.addSuppressed(closing);
      }
      throw e;
    }
  }

  private void open(ReplaySettings settings, long latenessMillis, PipelineListener listener)
      throws IOException {
    Path folder = Folders.temporary();
    opened.push(() -> Folders.remove(folder));
    EmbeddedBroker broker =
        EmbeddedBroker.start(BrokerOptions.defaults().withFolder(folder.resolve("broker")));
    opened.push(broker::close);
    EmbeddedRegistry registry = EmbeddedRegistry.start(0);
    opened.push(registry::close);
    bootstrapServers = broker.bootstrapServers();
    config = configuration(settings, bootstrapServers, registry.url(), folder.resolve("state"));
    pipeline = Pipeline.replay(config, settings.rules(), latenessMillis, listener);
    opened.push(pipeline::close);
    pipeline.start();
  }

  private static FermataConfig configuration(
      ReplaySettings settings, String bootstrapServers, String registryUrl, Path state) {
    // The import has refused what is too large already, and it counts without framing.
    int recordBytes = FermataConfig.defaults().limits().recordBytes() + Framing.HEADER;
    Map<String, String> variables = new HashMap<>();
    variables.put("FERMATA_KAFKA_BOOTSTRAP_SERVERS", bootstrapServers);
    variables.put("FERMATA_KAFKA_CONSUMER_FETCH_MAX_WAIT_MS", "100");
    variables.put("FERMATA_KAFKA_CONSUMER_MAX_POLL_INTERVAL_MS", TRANSACTION_TIMEOUT);
    variables.put("FERMATA_KAFKA_PRODUCER_TRANSACTION_TIMEOUT_MS", TRANSACTION_TIMEOUT);
    variables.put("FERMATA_REGISTRY_SCHEMA_REGISTRY_URL", registryUrl);
    variables.put("FERMATA_TOPICS_PARTITIONS", Integer.toString(PARTITIONS));
    variables.put(
        "FERMATA_STREAMS_THREADS", Integer.toString(Math.min(settings.threads(), PARTITIONS)));
    variables.put("FERMATA_STREAMS_INSTANCE_ID", StreamsSettings.NO_INSTANCE_ID);
    variables.put("FERMATA_STATE_DIR", state.toString());
    variables.put("FERMATA_IDENTITY_ORDER", String.join(",", settings.keys().order()));
    variables.put("FERMATA_IDENTITY_IGNORE", String.join(",", settings.identity().ignore()));
    variables.put("FERMATA_IDENTITY_MAX_LINKS", Integer.toString(settings.identity().maxLinks()));
    variables.put(
        "FERMATA_JOURNEY_GAP", Duration.ofMillis(settings.fold().journeyGapMillis()).toString());
    variables.put(
        "FERMATA_JOURNEY_SETTLE",
        Duration.ofMillis(settings.fold().journeySettleMillis()).toString());
    variables.put("FERMATA_SCORE_ZONE", settings.score().zone().getId());
    variables.put(
        "FERMATA_SCORE_PAIRS",
        settings.score().pairs().stream().map(Object::toString).collect(Collectors.joining(",")));
    variables.put("FERMATA_LIMITS_RECORD_BYTES", Integer.toString(recordBytes));
    return FermataConfig.load(null, variables);
  }

  String bootstrapServers() {
    return bootstrapServers;
  }

  /** A new {@code read_committed} reader of bytes, of no group. */
  KafkaConsumer<byte[], byte[]> reader() {
    return new KafkaConsumer<>(
        Map.of(
            ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
            bootstrapServers,
            ConsumerConfig.ISOLATION_LEVEL_CONFIG,
            "read_committed",
            ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
            "false"),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer());
  }

  TopicNames topics() {
    return new TopicNames(config.topics().prefix());
  }

  /** The consumer group that commits what the pipeline has done. */
  String group() {
    return config.streams().applicationId();
  }

  ValueCodecs codecs() {
    return pipeline.codecs();
  }

  /**
   * Does nothing unless the pipeline has failed.
   *
   * @throws IOException when it has, with the cause
   */
  void check() throws IOException {
    if (pipeline.runner().failure().isPresent()) {
      Throwable failure = pipeline.runner().failure().get();
      throw new IOException("the pipeline failed: " + failure.getMessage(), failure);
    }
  }

  @Override
  public void close() throws IOException {
    Utils.closeAll(opened.toArray(Closeable[]::new));
    opened.clear();
  }
}
