package io.fermata.runtime;

import io.fermata.codec.FermataAvroSerializer;
import io.fermata.embedded.EmbeddedRegistry;
import io.fermata.it.TestBroker;
import io.fermata.model.Touchpoint;
import io.fermata.runtime.config.FermataConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;

/** A registry, and topics of its own, for a test of the whole pipeline; and how to feed it. */
public final class PipelineEnvironment implements AutoCloseable {

  private final TestBroker broker;
  private final String name;
  private final EmbeddedRegistry registry;
  private final Path stateFolder;

  /**
   * @param name unlike any other on the broker
   */
  public PipelineEnvironment(TestBroker broker, String name, Path stateFolder) throws IOException {
    this.broker = broker;
    this.name = name;
    this.stateFolder = stateFolder;
    registry = EmbeddedRegistry.start(0);
  }

  /** What a process has to find in its environment to use these two. */
  public Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>();
    environment.put("FERMATA_KAFKA_BOOTSTRAP_SERVERS", broker.bootstrapServers());
    environment.put("FERMATA_REGISTRY_SCHEMA_REGISTRY_URL", registry.url());
    environment.put("FERMATA_TOPICS_PREFIX", name + ".");
    environment.put("FERMATA_TOPICS_PARTITIONS", "2");
    environment.put("FERMATA_STREAMS_APPLICATION_ID", name);
    environment.put("FERMATA_STREAMS_INSTANCE_ID", StreamsSettings.NO_INSTANCE_ID);
    environment.put("FERMATA_STATE_DIR", stateFolder.toString());
    environment.put("FERMATA_HTTP_PORT", "0");
    return environment;
  }

  public FermataConfig config() {
    return FermataConfig.load(null, environment());
  }

  public EmbeddedRegistry registry() {
    return registry;
  }

  public void send(Iterable<Touchpoint> touchpoints) {
    FermataAvroSerializer serializer = new FermataAvroSerializer();
    serializer.configure(Map.of("schema.registry.url", registry.url()), false);
    sendAll(serializer, touchpoints);
  }

  public void sendBytes(Iterable<byte[]> values) {
    sendAll(new ByteArraySerializer(), values);
  }

  private <V> void sendAll(Serializer<? super V> serializer, Iterable<V> values) {
    Serializer<V> typed = serializer::serialize;
    try (Producer<byte[], V> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", broker.bootstrapServers(), "linger.ms", "20"),
            new ByteArraySerializer(),
            typed)) {
      values.forEach(value -> producer.send(new ProducerRecord<>(name + ".touchpoints", value)));
    }
  }

  /** Waits for as long as the test's own time-out lets it. */
  public static void await(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
  }

  @Override
  public void close() {
    registry.close();
  }
}
