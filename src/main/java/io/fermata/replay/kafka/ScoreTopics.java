package io.fermata.replay.kafka;

import io.fermata.codec.ValueCodec;
import io.fermata.model.DriverReport;
import io.fermata.model.PillarReport;
import io.fermata.model.ScoreAlert;
import io.fermata.model.ScoreReport;
import io.fermata.replay.Scores;
import io.fermata.score.Drivers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/**
 * What the Score room publishes, against what the answers, sent surveys and alerts in the other
 * topics come to. It works by the second and says nowhere that it is done, so it is read until the
 * two are the same.
 */
final class ScoreTopics {

  private static final Duration POLL = Duration.ofMillis(200);

  /** A key of a topic. */
  private record Name(String topic, String key) {}

  private final EmbeddedPipeline pipeline;
  private final Map<String, ValueCodec<?>> codecs = new HashMap<>();
  private final Map<Name, Object> expected = new HashMap<>();

  /** What is missing, other than expected, or too much, as far as was read. */
  private final Set<Name> differing = new HashSet<>();

  private ScoreTopics(EmbeddedPipeline pipeline, Scores scores) {
    this.pipeline = pipeline;
    String reports = topic(pipeline.topics().scores(), ScoreReport.class);
    scores.reports().forEach(report -> expect(reports, report.key(), report));
    String drivers = topic(pipeline.topics().drivers(), DriverReport.class);
    for (Drivers one : scores.drivers()) {
      if (one instanceof Drivers.Found found) {
        expect(drivers, found.report().key(), found.report());
      }
    }
    String alerts = topic(pipeline.topics().scoreAlerts(), ScoreAlert.class);
    scores.alerts().forEach(alert -> expect(alerts, alert.id(), alert));
    String pillars = topic(pipeline.topics().pillars(), PillarReport.class);
    scores.pillars().forEach(report -> expect(pillars, report.key(), report));
    differing.addAll(expected.keySet());
  }

  private String topic(String topic, Class<?> type) {
    codecs.put(topic, pipeline.codecs().forType(type));
    return topic;
  }

  private void expect(String topic, String key, Object value) {
    expected.put(new Name(topic, key), value);
  }

  /**
   * Waits until a {@code read_committed} reader finds these scores in the topics.
   *
   * @throws IOException when the pipeline fails, or nothing comes any more and they differ
   */
  static void await(EmbeddedPipeline pipeline, Scores scores) throws IOException {
    new ScoreTopics(pipeline, scores).await();
  }

  private void await() throws IOException {
    Patience patience = new Patience("publishing scores");
    try (KafkaConsumer<byte[], byte[]> consumer = pipeline.reader()) {
      List<TopicPartition> partitions = new ArrayList<>();
      for (String topic : codecs.keySet()) {
        consumer
            .partitionsFor(topic)
            .forEach(info -> partitions.add(new TopicPartition(topic, info.partition())));
      }
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      long read = 0;
      while (!differing.isEmpty()) {
        pipeline.check();
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          take(record);
          read++;
        }
        try {
          patience.observe(read);
        } catch (IOException e) {
          Name name = differing.iterator().next();
          throw new IOException(
              "%d of %d scores in the topics are not what the answers come to, as %s in %s"
                  .formatted(differing.size(), expected.size(), name.key(), name.topic()),
              e);
        }
      }
    }
  }

  private void take(ConsumerRecord<byte[], byte[]> record) {
    Name name = new Name(record.topic(), new String(record.key(), StandardCharsets.UTF_8));
    Object value =
        record.value() == null
            ? null
            : codecs.get(record.topic()).deserialize(record.topic(), record.value());
    Object wanted = expected.get(name);
    if (value == null ? wanted == null : value.equals(wanted)) {
      differing.remove(name);
    } else {
      differing.add(name);
    }
  }
}
