package io.fermata.runtime;

import io.fermata.codec.ValueCodecs;
import io.fermata.model.Erased;
import io.fermata.model.Erasure;
import io.fermata.topology.TopicNames;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Requests to erase, as a cluster takes them, and what it confirms. */
public final class ErasureTopic implements AutoCloseable {

  private static final Duration POLL = Duration.ofMillis(500);

  private final TopicNames topics;
  private final ValueCodecs codecs;
  private final Producer<byte[], byte[]> producer;
  private final KafkaConsumer<byte[], byte[]> confirmations;
  private final Map<String, Progress> progress = new HashMap<>();

  /**
   * How far a request has come.
   *
   * @param names that are done
   * @param passedOn names that were told of it, besides the one it names
   * @param views taken out of the compacted topics
   */
  public record Progress(int names, int passedOn, int views) {

    static final Progress NONE = new Progress(0, 0, 0);

    /** Whether every name that was told is done. */
    public boolean isDone() {
      return names == passedOn + 1;
    }

    private Progress plus(Erased erased) {
      return new Progress(names + 1, passedOn + erased.passedOn(), views + erased.views());
    }
  }

  /**
   * Begins to listen for confirmations.
   *
   * @param clientProperties how to reach the cluster, {@code bootstrap.servers} included
   * @param patience how long a cluster that does not answer is waited for
   */
  public ErasureTopic(
      TopicNames topics,
      Map<String, String> clientProperties,
      ValueCodecs codecs,
      Duration patience) {
    this.topics = topics;
    this.codecs = codecs;
    Map<String, Object> writing = new HashMap<>(clientProperties);
    writing.put("enable.idempotence", true);
    writing.put("max.block.ms", Long.toString(patience.toMillis()));
    producer = new KafkaProducer<>(writing, new ByteArraySerializer(), new ByteArraySerializer());
    Map<String, Object> reading = new HashMap<>(clientProperties);
    reading.put("isolation.level", "read_committed");
    reading.put("enable.auto.commit", false);
    confirmations =
        new KafkaConsumer<>(reading, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    List<TopicPartition> partitions =
        confirmations.partitionsFor(topics.erased(), patience).stream()
            .map(info -> new TopicPartition(topics.erased(), info.partition()))
            .toList();
    if (partitions.isEmpty()) {
      throw new ClusterUnavailableException(
          "there is no topic " + topics.erased() + "; fermata topics create makes it", null);
    }
    confirmations.assign(partitions);
    confirmations.seekToEnd(partitions);
    // The end is looked up when it is asked for: before the request is sent.
    partitions.forEach(partition -> confirmations.position(partition, patience));
  }

  /**
   * Requests an erasure.
   *
   * @param identifier {@code kind:value}
   * @return what confirmations call the request
   */
  public String request(String identifier, Erasure erasure) throws InterruptedException {
    try {
      RecordMetadata sent =
          producer
              .send(
                  new ProducerRecord<>(
                      topics.erasures(),
                      identifier.getBytes(StandardCharsets.UTF_8),
                      codecs.forType(Erasure.class).serialize(topics.erasures(), erasure)))
              .get();
      return sent.partition() + "/" + sent.offset();
    } catch (ExecutionException e) {
      throw new KafkaException("the request to erase could not be sent", e.getCause());
    }
  }

  /** How far a request of this object has come, after looking for a moment at the longest. */
  public Progress look(String request) {
    for (ConsumerRecord<byte[], byte[]> record : confirmations.poll(POLL)) {
      Erased erased = codecs.forType(Erased.class).deserialize(topics.erased(), record.value());
      progress.merge(
          erased.request(), Progress.NONE.plus(erased), (before, one) -> before.plus(erased));
    }
    return progress.getOrDefault(request, Progress.NONE);
  }

  @Override
  public void close() {
    producer.close();
    confirmations.close();
  }
}
