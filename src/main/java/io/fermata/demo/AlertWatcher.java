package io.fermata.demo;

import io.fermata.codec.FermataAvroDeserializer;
import io.fermata.model.Alert;
import io.fermata.model.Change;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads the alerts from their topic, as any subscriber would. */
final class AlertWatcher implements Runnable {

  private static final Duration POLL = Duration.ofMillis(100);

  private final String topic;
  private final Map<String, Object> client;
  private final AlertLog log;
  private final CountDownLatch finish = new CountDownLatch(1);

  AlertWatcher(String topic, String bootstrapServers, String registryUrl, AlertLog log) {
    this.topic = topic;
    this.log = log;
    this.client =
        Map.of(
            "bootstrap.servers",
            bootstrapServers,
            "schema.registry.url",
            registryUrl,
            "key.deserializer",
            StringDeserializer.class,
            "value.deserializer",
            FermataAvroDeserializer.class,
            "isolation.level",
            "read_committed",
            "fetch.max.wait.ms",
            100);
  }

  /** Makes {@link #run} end, once it has read to the end of the topic. */
  void finish() {
    finish.countDown();
  }

  @Override
  public void run() {
    try (Consumer<String, Object> consumer = new KafkaConsumer<>(client)) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      while (finish.getCount() > 0) {
        read(consumer);
      }
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
        read(consumer);
      }
    }
  }

  private void read(Consumer<String, Object> consumer) {
    for (ConsumerRecord<String, Object> record : consumer.poll(POLL)) {
      byte[] change = record.headers().lastHeader("change").value();
      log.add(Change.valueOf(new String(change, StandardCharsets.UTF_8)), (Alert) record.value());
    }
  }
}
