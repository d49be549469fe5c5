package io.fermata.replay.kafka;

import io.fermata.codec.InboxRecord;
import io.fermata.model.CustomerKeys;
import io.fermata.model.IdentityLink;
import io.fermata.model.Touchpoint;
import io.fermata.replay.Imported;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Produces what is imported, keyed by customer so that each one's order is kept, and remembers how
 * far each partition goes.
 */
final class Feed implements AutoCloseable {

  private final EmbeddedPipeline pipeline;
  private final CustomerKeys keys;
  private final KafkaProducer<byte[], byte[]> producer;
  private final AtomicReference<Exception> failure = new AtomicReference<>();
  private final Map<TopicPartition, Long> ends = new HashMap<>();
  private final List<Imported.DeadLetter> deadLetters = new ArrayList<>();
  private long rows;
  private long skipped;
  private long touchpoints;
  private long links;
  private long greatestTime = Long.MIN_VALUE;

  Feed(EmbeddedPipeline pipeline, CustomerKeys keys) {
    this.pipeline = pipeline;
    this.keys = keys;
    this.producer =
        new KafkaProducer<>(
            Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                pipeline.bootstrapServers(),
                ProducerConfig.LINGER_MS_CONFIG,
                "20",
                ProducerConfig.BATCH_SIZE_CONFIG,
                Integer.toString(256 * 1024),
                ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                Integer.toString(1024 * 1024)),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  void add(Imported imported) {
    rows++;
    if (imported instanceof Imported.Valid valid) {
      add(valid.touchpoint());
    } else if (imported instanceof Imported.Linked linked) {
      add(linked.link());
    } else if (imported instanceof Imported.DeadLetter deadLetter) {
      deadLetters.add(deadLetter);
    } else {
      skipped++;
    }
  }

  private void add(Touchpoint touchpoint) {
    touchpoints++;
    greatestTime = Math.max(greatestTime, touchpoint.occurredAt());
    String customer = keys.keyOf(touchpoint);
    String topic = pipeline.topics().touchpoints();
    send(
        new ProducerRecord<>(
            topic,
            customer.getBytes(StandardCharsets.UTF_8),
            pipeline.codecs().touchpoints().serialize(topic, touchpoint)));
  }

  private void add(IdentityLink link) {
    links++;
    String topic = pipeline.topics().identityLinks();
    send(
        new ProducerRecord<>(
            topic,
            link.from().getBytes(StandardCharsets.UTF_8),
            pipeline.codecs().forType(IdentityLink.class).serialize(topic, link)));
  }

  /**
   * Tells the clock to every partition of the inbox.
   *
   * @return for each partition the offset after its tick
   * @throws IOException when some could not be produced
   */
  Map<TopicPartition, Long> tick(long clock) throws IOException {
    String topic = pipeline.topics().inbox();
    byte[] tick = pipeline.codecs().inbox().serialize(topic, new InboxRecord.Tick(clock));
    for (PartitionInfo partition : producer.partitionsFor(topic)) {
      send(new ProducerRecord<>(topic, partition.partition(), null, tick));
    }
    return finish();
  }

  @SuppressWarnings("FutureReturnValueIgnored") // the callback hears of the outcome
  private void send(ProducerRecord<byte[], byte[]> record) {
    producer.send(record, this::sent);
  }

  private void sent(RecordMetadata metadata, Exception problem) {
    if (problem != null) {
      failure.compareAndSet(null, problem);
      return;
    }
    synchronized (ends) {
      ends.merge(
          new TopicPartition(metadata.topic(), metadata.partition()),
          metadata.offset() + 1,
          Math::max);
    }
  }

  /**
   * Waits until all that was added lies in the topic.
   *
   * @return for each partition the offset after its last record
   * @throws IOException when some of it could not be produced
   */
  Map<TopicPartition, Long> finish() throws IOException {
    producer.flush();
    Exception problem = failure.get();
    if (problem != null) {
      throw new IOException("could not produce to Kafka: " + problem.getMessage(), problem);
    }
    synchronized (ends) {
      Map<TopicPartition, Long> flushed = Map.copyOf(ends);
      ends.clear();
      return flushed;
    }
  }

  /** What the import refused. */
  List<Imported.DeadLetter> deadLetters() {
    return deadLetters;
  }

  long rows() {
    return rows;
  }

  long skipped() {
    return skipped;
  }

  long touchpoints() {
    return touchpoints;
  }

  long links() {
    return links;
  }

  /** The latest {@code occurredAt}, or {@link Long#MIN_VALUE} without any. */
  long greatestTime() {
    return greatestTime;
  }

  @Override
  public void close() {
    producer.close();
  }
}
