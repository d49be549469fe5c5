package io.fermata.it;

import io.fermata.codec.ValueCodecs;
import io.fermata.topology.TopicNames;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads topics from their beginning as a {@code read_committed} consumer sees them. */
final class CommittedTopics {

  private static final Duration POLL = Duration.ofMillis(200);

  private final String bootstrapServers;
  private final TopicNames names;
  private final ValueCodecs codecs;

  CommittedTopics(String bootstrapServers, TopicNames names, ValueCodecs codecs) {
    this.bootstrapServers = bootstrapServers;
    this.names = names;
    this.codecs = codecs;
  }

  /** Everything there is in a topic now. */
  void read(String topic, Consumer<ConsumerRecord<byte[], byte[]>> each) {
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers", bootstrapServers,
                "isolation.level", "read_committed",
                "fetch.max.wait.ms", "100"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(at -> consumer.position(at) < ends.get(at))) {
        consumer.poll(POLL).forEach(each);
      }
    }
  }

  /** The published views, with a note on every change that does not follow from those before. */
  PublishedViews views() {
    PublishedViews views = new PublishedViews();
    read(
        names.alerts(),
        record -> views.alert(record, codecs.alerts().deserialize(names.alerts(), record.value())));
    read(
        names.alertsLatest(),
        record ->
            views.latestAlert(
                record, codecs.alerts().deserialize(names.alertsLatest(), record.value())));
    read(
        names.journeys(),
        record ->
            views.journey(record, codecs.journeys().deserialize(names.journeys(), record.value())));
    read(
        names.contactGuidance(),
        record ->
            views.guidance(
                record, codecs.guidance().deserialize(names.contactGuidance(), record.value())));
    return views;
  }

  List<ConsumerRecord<byte[], byte[]>> deadLetters() {
    List<ConsumerRecord<byte[], byte[]>> letters = new ArrayList<>();
    read(names.deadLetters(), letters::add);
    return letters;
  }
}
