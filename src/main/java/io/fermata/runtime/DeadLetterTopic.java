package io.fermata.runtime;

import io.fermata.topology.DeadLetterHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The dead letters of a cluster: to be looked through, and to be sent to where they came from. */
public final class DeadLetterTopic implements AutoCloseable {

  private static final Duration POLL = Duration.ofSeconds(1);
  private static final int SENT_AT_ONCE = 1000;

  private final String name;
  private final Map<String, Object> client;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Duration patience;

  /**
   * What a redrive came to.
   *
   * @param sent how many were sent again
   * @param withoutBytes how many were not, since the dead letter has no bytes: too large, or never
   *     any
   * @param superseded how many were not, since a later dead letter came of an earlier redrive
   */
  public record Redriven(long sent, long withoutBytes, long superseded) {}

  /**
   * @param clientProperties how to reach the cluster, {@code bootstrap.servers} included
   * @param patience how long a cluster that does not answer is waited for
   */
  public DeadLetterTopic(String name, Map<String, String> clientProperties, Duration patience) {
    this.name = name;
    this.patience = patience;
    client = new HashMap<>(clientProperties);
    Map<String, Object> reading = new HashMap<>(client);
    reading.put("isolation.level", "read_committed");
    reading.put("enable.auto.commit", false);
    consumer =
        new KafkaConsumer<>(reading, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /** Every dead letter there is now, the oldest of a partition first. */
  public void forEach(Consumer<StoredDeadLetter> action) {
    List<TopicPartition> partitions = partitions();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, patience);
    while (isBefore(ends)) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        if (record.offset() < ends.get(partition(record))) {
          action.accept(StoredDeadLetter.of(record));
        }
      }
    }
  }

  private List<TopicPartition> partitions() {
    List<TopicPartition> partitions =
        consumer.partitionsFor(name, patience).stream()
            .map(info -> new TopicPartition(name, info.partition()))
            .toList();
    if (partitions.isEmpty()) {
      throw new ClusterUnavailableException(
          "there is no topic " + name + "; fermata topics create makes it", null);
    }
    return partitions;
  }

  private static TopicPartition partition(ConsumerRecord<?, ?> record) {
    return new TopicPartition(record.topic(), record.partition());
  }

  private boolean isBefore(Map<TopicPartition, Long> ends) {
    return ends.entrySet().stream()
        .anyMatch(end -> consumer.position(end.getKey(), patience) < end.getValue());
  }

  /**
   * Sends dead letters again, key, bytes and headers as they came, to the topic they came from. The
   * header {@code fermata.redriven-from} says which dead letter a record was. What was folded
   * meanwhile is a duplicate; what fails again is a dead letter again, and takes the place of the
   * one before it: a further redrive sends it alone.
   */
  public Redriven redrive(Predicate<StoredDeadLetter> wanted) {
    Set<String> superseded = new HashSet<>();
    forEach(
        letter -> {
          if (letter.redrivenFrom() != null) {
            superseded.add(letter.redrivenFrom());
          }
        });
    Redrive redrive = new Redrive(superseded);
    try (Producer<byte[], byte[]> producer = producer()) {
      redrive.to = producer;
      forEach(
          letter -> {
            if (wanted.test(letter)) {
              redrive.take(letter);
            }
          });
      redrive.await();
    }
    return new Redriven(redrive.sent, redrive.withoutBytes, redrive.superseded);
  }

  private Producer<byte[], byte[]> producer() {
    Map<String, Object> writing = new HashMap<>(client);
    writing.put("enable.idempotence", true);
    return new KafkaProducer<>(writing, new ByteArraySerializer(), new ByteArraySerializer());
  }

  private static final class Redrive {
    private final Set<String> supersededPositions;
    private final ArrayDeque<Future<RecordMetadata>> underWay = new ArrayDeque<>();
    private Producer<byte[], byte[]> to;
    private long sent;
    private long withoutBytes;
    private long superseded;

    private Redrive(Set<String> supersededPositions) {
      this.supersededPositions = supersededPositions;
    }

    private void take(StoredDeadLetter letter) {
      if (supersededPositions.contains(letter.position())) {
        superseded++;
      } else if (letter.value() == null || letter.fromTopic() == null) {
        withoutBytes++;
      } else {
        underWay.add(to.send(record(letter)));
        sent++;
        if (underWay.size() >= SENT_AT_ONCE) {
          await();
        }
      }
    }

    private static ProducerRecord<byte[], byte[]> record(StoredDeadLetter letter) {
      RecordHeaders headers = new RecordHeaders();
      for (Header header : letter.headers()) {
        if (!DeadLetterHeaders.isOurs(header.key())) {
          headers.add(header);
        }
      }
      headers.add(
          DeadLetterHeaders.REDRIVEN_FROM, letter.position().getBytes(StandardCharsets.UTF_8));
      return new ProducerRecord<>(letter.fromTopic(), null, letter.key(), letter.value(), headers);
    }

    private void await() {
      try {
        while (!underWay.isEmpty()) {
          underWay.remove().get();
        }
      } catch (ExecutionException e) {
        throw new KafkaException("a dead letter could not be sent again", e.getCause());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new KafkaException("interrupted while dead letters were sent again", e);
      }
    }
  }

  @Override
  public void close() {
    consumer.close();
  }
}
