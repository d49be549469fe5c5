package io.fermata.replay.kafka;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.RetriableException;

/** Sees from outside what the pipeline has committed, as any client of the cluster could. */
final class Observer implements AutoCloseable {

  private static final Duration POLL = Duration.ofMillis(200);

  private final EmbeddedPipeline pipeline;
  private final LedgerTotals ledgers;
  private final Admin admin;

  Observer(EmbeddedPipeline pipeline, LedgerTotals ledgers) {
    this.pipeline = pipeline;
    this.ledgers = ledgers;
    this.admin =
        Admin.create(Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, pipeline.bootstrapServers()));
  }

  /**
   * Waits until the pipeline has committed everything before these offsets.
   *
   * @param what they are, for the message
   * @throws IOException when the pipeline fails or does not get on
   */
  void awaitCommitted(Map<TopicPartition, Long> ends, String what)
      throws IOException, InterruptedException {
    Patience patience = new Patience(what);
    while (true) {
      pipeline.check();
      Map<TopicPartition, OffsetAndMetadata> committed = committed();
      long done = 0;
      boolean all = true;
      for (Map.Entry<TopicPartition, Long> end : ends.entrySet()) {
        OffsetAndMetadata offset = committed.get(end.getKey());
        done += offset == null ? 0 : offset.offset();
        all &= offset != null && offset.offset() >= end.getValue();
      }
      if (all) {
        return;
      }
      patience.pause(done + ledgers.activity());
    }
  }

  private Map<TopicPartition, OffsetAndMetadata> committed()
      throws IOException, InterruptedException {
    try {
      return admin.listConsumerGroupOffsets(pipeline.group()).partitionsToOffsetAndMetadata().get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof GroupIdNotFoundException
          || e.getCause() instanceof RetriableException) {
        return Map.of();
      }
      throw failed(e);
    }
  }

  /** Reads all that is committed in a topic, in order within each partition. */
  void read(String topic, Consumer<ConsumerRecord<byte[], byte[]>> sink)
      throws IOException, InterruptedException {
    Map<TopicPartition, Long> ends = ends(topic);
    Patience patience = new Patience("reading " + topic);
    try (KafkaConsumer<byte[], byte[]> consumer = pipeline.reader()) {
      consumer.assign(ends.keySet());
      consumer.seekToBeginning(ends.keySet());
      while (true) {
        long read = 0;
        boolean all = true;
        for (Map.Entry<TopicPartition, Long> end : ends.entrySet()) {
          long position = consumer.position(end.getKey());
          read += position;
          all &= position >= end.getValue();
        }
        if (all) {
          return;
        }
        patience.observe(read);
        consumer.poll(POLL).forEach(sink);
      }
    }
  }

  /**
   * Where each partition ends. Not where what is committed ends: offsets may be committed a moment
   * before the markers of the same transaction lie in all other partitions.
   */
  private Map<TopicPartition, Long> ends(String topic) throws IOException, InterruptedException {
    TopicDescription description =
        get(admin.describeTopics(List.of(topic)).allTopicNames()).get(topic);
    Map<TopicPartition, OffsetSpec> latest =
        description.partitions().stream()
            .collect(
                Collectors.toMap(
                    partition -> new TopicPartition(topic, partition.partition()),
                    partition -> OffsetSpec.latest()));
    Map<TopicPartition, Long> ends = new HashMap<>();
    get(admin.listOffsets(latest).all())
        .forEach((partition, offset) -> ends.put(partition, offset.offset()));
    return ends;
  }

  private static <T> T get(KafkaFuture<T> future) throws IOException, InterruptedException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw failed(e);
    }
  }

  private static IOException failed(ExecutionException e) {
    return new IOException("Kafka did not answer: " + e.getCause().getMessage(), e.getCause());
  }

  @Override
  public void close() {
    admin.close();
  }
}
