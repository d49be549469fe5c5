package io.fermata.runtime;

import io.fermata.codec.FermataAvroSerializer;
import io.fermata.embedded.EmbeddedBroker;
import io.fermata.embedded.EmbeddedRegistry;
import io.fermata.model.Touchpoint;
import io.fermata.runtime.config.FermataConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;

/** A broker and a registry for a test of the whole pipeline, and what it takes to feed it. */
public final class EmbeddedPipeline implements AutoCloseable {

  private final EmbeddedBroker broker;
  private final EmbeddedRegistry registry;
  private final Path stateFolder;

  public EmbeddedPipeline(Path stateFolder) throws IOException {
    this.stateFolder = stateFolder;
    registry = EmbeddedRegistry.start(0);
    broker = EmbeddedBroker.start();
  }

  /** What a process has to find in its environment to use these two. */
  public Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>();
    environment.put("FERMATA_KAFKA_BOOTSTRAP_SERVERS", broker.bootstrapServers());
    environment.put("FERMATA_REGISTRY_SCHEMA_REGISTRY_URL", registry.url());
    environment.put("FERMATA_TOPICS_PARTITIONS", "2");
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
      List<Future<RecordMetadata>> sent = new ArrayList<>();
      values.forEach(
          value -> sent.add(producer.send(new ProducerRecord<>("fermata.touchpoints", value))));
      for (Future<RecordMetadata> each : sent) {
        each.get();
      }
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException("a touchpoint could not be sent", e);
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
    broker.close();
    registry.close();
  }
}
