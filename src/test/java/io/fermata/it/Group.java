package io.fermata.it;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** How far a consumer group has come. */
final class Group implements AutoCloseable {

  private final String bootstrapServers;
  private final String id;
  private final Admin admin;

  Group(String bootstrapServers, String id) {
    this.bootstrapServers = bootstrapServers;
    this.id = id;
    this.admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers));
  }

  /** The sum of all committed offsets. */
  long committed() {
    return offsets().values().stream().mapToLong(OffsetAndMetadata::offset).sum();
  }

  private Map<TopicPartition, OffsetAndMetadata> offsets() {
    try {
      Map<TopicPartition, OffsetAndMetadata> known = new HashMap<>();
      admin
          .listConsumerGroupOffsets(id)
          .partitionsToOffsetAndMetadata()
          .get()
          .forEach(
              (partition, offset) -> {
                if (offset != null) {
                  known.put(partition, offset);
                }
              });
      return known;
    } catch (ExecutionException | InterruptedException e) {
      throw new IllegalStateException("the offsets of " + id, e);
    }
  }

  /**
   * How a partition stands.
   *
   * @param records after the committed offset, transaction markers included
   */
  record Waiting(long committed, long records) {}

  /** The partitions of these topics that the group has ever committed. */
  Map<TopicPartition, Waiting> waiting(Collection<String> topics) {
    Map<TopicPartition, OffsetAndMetadata> committed = offsets();
    committed.keySet().removeIf(partition -> !topics.contains(partition.topic()));
    Map<TopicPartition, Long> ends =
        ends(List.copyOf(committed.keySet()), IsolationLevel.READ_COMMITTED);
    Map<TopicPartition, Waiting> waiting = new HashMap<>();
    committed.forEach(
        (partition, offset) ->
            waiting.put(
                partition, new Waiting(offset.offset(), ends.get(partition) - offset.offset())));
    return waiting;
  }

  /**
   * Whether all records of these topics are processed and committed, and no transaction is open.
   * Topics in the order in which records pass through them.
   */
  boolean isThrough(List<String> topics) {
    for (String topic : topics) {
      List<TopicPartition> partitions = partitions(topic);
      Map<TopicPartition, Long> ends = ends(partitions, IsolationLevel.READ_COMMITTED);
      if (!ends.equals(ends(partitions, IsolationLevel.READ_UNCOMMITTED))
          || hasMore(partitions, ends)) {
        return false;
      }
    }
    return true;
  }

  private List<TopicPartition> partitions(String topic) {
    try {
      TopicDescription description =
          admin.describeTopics(List.of(topic)).allTopicNames().get().get(topic);
      return description.partitions().stream()
          .map(info -> new TopicPartition(topic, info.partition()))
          .toList();
    } catch (ExecutionException | InterruptedException e) {
      throw new IllegalStateException("the partitions of " + topic, e);
    }
  }

  private Map<TopicPartition, Long> ends(
      List<TopicPartition> partitions, IsolationLevel isolation) {
    Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
    partitions.forEach(partition -> latest.put(partition, OffsetSpec.latest()));
    try {
      Map<TopicPartition, Long> ends = new HashMap<>();
      for (Map.Entry<TopicPartition, ListOffsetsResultInfo> end :
          admin.listOffsets(latest, new ListOffsetsOptions(isolation)).all().get().entrySet()) {
        ends.put(end.getKey(), end.getValue().offset());
      }
      return ends;
    } catch (ExecutionException | InterruptedException e) {
      throw new IllegalStateException("the end offsets of " + partitions, e);
    }
  }

  /** Offsets alone don't tell: the last ones of a topic may be those of transaction markers. */
  private boolean hasMore(List<TopicPartition> partitions, Map<TopicPartition, Long> ends) {
    Map<TopicPartition, OffsetAndMetadata> committed = offsets();
    List<TopicPartition> behind = new ArrayList<>();
    for (TopicPartition partition : partitions) {
      if (offset(committed, partition) < ends.get(partition)) {
        behind.add(partition);
      }
    }
    if (behind.isEmpty()) {
      return false;
    }
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers", bootstrapServers,
                "isolation.level", "read_committed",
                "max.poll.records", "1",
                "fetch.max.wait.ms", "100"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      consumer.assign(behind);
      behind.forEach(partition -> consumer.seek(partition, offset(committed, partition)));
      while (behind.stream().anyMatch(at -> consumer.position(at) < ends.get(at))) {
        if (!consumer.poll(Duration.ofMillis(200)).isEmpty()) {
          return true;
        }
      }
      return false;
    }
  }

  private static long offset(
      Map<TopicPartition, OffsetAndMetadata> committed, TopicPartition partition) {
    OffsetAndMetadata offset = committed.get(partition);
    return offset == null ? 0 : offset.offset();
  }

  @Override
  public void close() {
    admin.close();
  }
}
