package io.fermata.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.fermata.codec.ValueCodecs;
import io.fermata.embedded.EmbeddedRegistry;
import io.fermata.journey.FoldSettings;
import io.fermata.journey.KeeperSettings;
import io.fermata.rules.RuleSet;
import io.fermata.runtime.config.FermataConfig;
import io.fermata.topology.PipelineListener;
import io.fermata.topology.StoreNames;
import io.fermata.topology.TopicNames;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That the yardstick is as long as it says: it writes what the pipeline writes. */
class BareTopologyTest {

  private static final BenchSettings SETTINGS =
      new BenchSettings(3, 10_000, 300, 1, 1, 1, 0.01, 0.01, 0);
  private static final TopicNames TOPICS = new TopicNames("bare.");

  /** Records of a topic or changelog and their bytes, keys and values. */
  private record Written(long records, long bytes) {
    static final Written NOTHING = new Written(0, 0);

    Written plus(long more) {
      return new Written(records + 1, bytes + more);
    }
  }

  /** Topics of the pipeline, and those that stand for them. */
  private record Pair(List<String> pipeline, List<String> bare) {

    static Pair topic(String topic) {
      return new Pair(List.of(topic), List.of(topic));
    }

    static Pair store(String store, String bare) {
      return new Pair(List.of(changelog(store)), List.of(changelog(bare)));
    }
  }

  private static final List<Pair> PAIRS =
      List.of(
          Pair.topic(TOPICS.inbox()),
          Pair.topic(TOPICS.alerts()),
          Pair.topic(TOPICS.alertsLatest()),
          Pair.topic(TOPICS.journeys()),
          Pair.topic(TOPICS.contactGuidance()),
          Pair.store(StoreNames.JOURNEYS, "bare-roots"),
          Pair.store(StoreNames.HISTORY, "bare-history"),
          Pair.store(StoreNames.TIMERS, "bare-timers"),
          Pair.store(StoreNames.PUBLISHED, "bare-published"),
          new Pair(
              List.of(
                  changelog(StoreNames.ROUTE_LEDGER),
                  changelog(StoreNames.JOURNEY_LEDGER),
                  changelog(StoreNames.EXPERIENCES_PENDING)),
              List.of(changelog("bare-route-counts"), changelog("bare-counts"))));

  private static final Percentage NEARLY = Percentage.withPercentage(10);

  private static String changelog(String store) {
    return "bare-" + store + "-changelog";
  }

  @TempDir Path folder;

  @Test
  void shouldWriteWhatThePipelineWrites() throws Exception {
    Workload workload = Workload.generate(SETTINGS);
    RuleSet rules = new RuleSource(Path.of("rules"), 0).compile();
    FermataConfig config = FermataConfig.load(null, Map.of());
    KeeperSettings keeper =
        KeeperSettings.of(FoldSettings.DEFAULTS, config.lateness().allowed().toMillis());
    IoProfile profile = IoProfiler.profile(workload, rules, keeper);
    try (EmbeddedRegistry registry = EmbeddedRegistry.start(0);
        ValueCodecs codecs = ValueCodecs.of(Map.of("schema.registry.url", registry.url()))) {
      Map<String, Written> pipeline =
          written(
              KafkaBench.topology(config, TOPICS, codecs, rules, PipelineListener.NONE).build(),
              workload,
              codecs);
      Map<String, Written> bare =
          written(new BareTopology(TOPICS, new AtomicLong()).sameIo(profile), workload, codecs);

      for (Pair pair : PAIRS) {
        Written expected = sum(pair.pipeline, pipeline);
        Written imitated = sum(pair.bare, bare);
        assertThat(expected.records).as("%s", pair).isPositive();
        assertThat(imitated.records).as("records, %s", pair).isCloseTo(expected.records, NEARLY);
        assertThat(imitated.bytes).as("bytes, %s", pair).isCloseTo(expected.bytes, NEARLY);
      }
      assertThat(PAIRS.stream().flatMap(pair -> pair.bare.stream()))
          .as("all that is imitated is compared")
          .containsExactlyInAnyOrderElementsOf(bare.keySet());
    }
  }

  private static Written sum(List<String> topics, Map<String, Written> written) {
    return topics.stream()
        .map(topic -> written.getOrDefault(topic, Written.NOTHING))
        .reduce(Written.NOTHING, (a, b) -> new Written(a.records + b.records, a.bytes + b.bytes));
  }

  private Map<String, Written> written(Topology topology, Workload workload, ValueCodecs codecs) {
    Properties config = new Properties();
    config.put(StreamsConfig.APPLICATION_ID_CONFIG, "bare");
    config.put(StreamsConfig.STATE_DIR_CONFIG, folder.toString());
    Map<String, Written> written = new TreeMap<>();
    try (TopologyTestDriver driver = new TopologyTestDriver(topology, config)) {
      TestInputTopic<byte[], byte[]> input =
          driver.createInputTopic(
              TOPICS.touchpoints(), new ByteArraySerializer(), new ByteArraySerializer());
      for (int i = 0; i < workload.size(); i++) {
        input.pipeInput(
            workload.keys().get(i),
            codecs.touchpoints().serialize(TOPICS.touchpoints(), workload.touchpoints().get(i)));
        if (i % 1000 == 999) {
          driver.advanceWallClockTime(Duration.ofSeconds(1));
        }
      }
      for (String topic : driver.producedTopicNames()) {
        TestOutputTopic<byte[], byte[]> output =
            driver.createOutputTopic(
                topic, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        Written sum = Written.NOTHING;
        for (KeyValue<byte[], byte[]> record : output.readKeyValuesToList()) {
          sum = sum.plus(length(record.key) + length(record.value));
        }
        written.put(topic, sum);
      }
    }
    return written;
  }

  private static int length(byte[] bytes) {
    return bytes == null ? 0 : bytes.length;
  }
}
