package io.fermata.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.fermata.codec.ValueCodecs;
import io.fermata.model.IdentityLink;
import io.fermata.model.Touchpoint;
import io.fermata.rules.RuleSet;
import io.fermata.rules.cel.RuleCompiler;
import io.fermata.rules.load.RuleLoader;
import io.fermata.runtime.TopicAdmin;
import io.fermata.runtime.config.FermataConfig;
import io.fermata.topology.TopicNames;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One pipeline's place on a broker: topics, group and state of its own, and how they must end. */
final class Sandbox implements AutoCloseable {

  static final RuleSet RULES = RuleCompiler.compile(RuleLoader.load(Path.of("rules")));

  private static final Logger LOG = LoggerFactory.getLogger(Sandbox.class);
  private static final long SETTLE_MILLIS = 30_000;

  private final Map<String, String> environment = new HashMap<>();
  private final String name;
  private final String bootstrapServers;
  private final TopicNames topics;
  private final ValueCodecs codecs;
  private final Group group;

  /**
   * @param name unlike any other on the broker
   * @param folder for the state
   * @param more further variables of the environment
   */
  Sandbox(
      TestBroker broker, String registryUrl, String name, Path folder, Map<String, String> more) {
    this(broker.bootstrapServers(), registryUrl, name, folder, more);
  }

  /** On a broker that need not be one of {@link TestBroker}. */
  Sandbox(
      String bootstrapServers,
      String registryUrl,
      String name,
      Path folder,
      Map<String, String> more) {
    this.name = name;
    this.bootstrapServers = bootstrapServers;
    this.topics = new TopicNames(name + ".");
    environment.put("FERMATA_KAFKA_BOOTSTRAP_SERVERS", bootstrapServers);
    environment.put("FERMATA_REGISTRY_SCHEMA_REGISTRY_URL", registryUrl);
    environment.put("FERMATA_TOPICS_PREFIX", topics.prefix());
    environment.put("FERMATA_TOPICS_PARTITIONS", "3");
    environment.put("FERMATA_STREAMS_APPLICATION_ID", name);
    environment.put("FERMATA_STREAMS_INSTANCE_ID", name + "-0");
    environment.put("FERMATA_STATE_DIR", folder.resolve("state").toString());
    environment.put("FERMATA_HTTP_PORT", "0");
    environment.putAll(more);
    FermataConfig config = config(Map.of());
    codecs = ValueCodecs.of(config.registry().serializerProperties());
    group = new Group(bootstrapServers, name);
    try (TopicAdmin admin = new TopicAdmin(config.kafka().clientProperties(), config.topics())) {
      admin.create();
    }
  }

  /** The configuration of an instance, as variables of the environment. */
  Map<String, String> environment() {
    return environment;
  }

  FermataConfig config(Map<String, String> more) {
    Map<String, String> all = new HashMap<>(environment);
    all.putAll(more);
    return FermataConfig.load(null, all);
  }

  String name() {
    return name;
  }

  TopicNames topics() {
    return topics;
  }

  ValueCodecs codecs() {
    return codecs;
  }

  Group group() {
    return group;
  }

  CommittedTopics committed() {
    return new CommittedTopics(bootstrapServers, topics, codecs);
  }

  /** Sends a stretch of the input and returns when the broker has it. */
  void send(Workload workload, int from, int to) {
    sendAll(IntStream.range(from, to).mapToObj(workload::record).toList());
  }

  /** Sends what others say of names, and returns when the broker has it. */
  void send(List<IdentityLink> links) {
    String topic = topics.identityLinks();
    sendAll(
        links.stream()
            .map(
                link ->
                    new ProducerRecord<byte[], byte[]>(
                        topic, codecs.forType(IdentityLink.class).serialize(topic, link)))
            .toList());
  }

  /** Sends touchpoints, keyed by the first of their identifiers, as {@link #send(List)}. */
  void sendTouchpoints(List<Touchpoint> touchpoints) {
    sendTouchpoints(touchpoints, each -> each.identifiers().get(0).key());
  }

  void sendTouchpoints(List<Touchpoint> touchpoints, Function<Touchpoint, String> key) {
    String topic = topics.touchpoints();
    sendAll(
        touchpoints.stream()
            .map(
                each ->
                    new ProducerRecord<>(
                        topic,
                        key.apply(each).getBytes(StandardCharsets.UTF_8),
                        codecs.forType(Touchpoint.class).serialize(topic, each)))
            .toList());
  }

  private void sendAll(List<ProducerRecord<byte[], byte[]>> records) {
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers", bootstrapServers,
                "linger.ms", "5",
                "max.request.size", "4194304",
                // A new partition may refuse a first batch and take the second: the first is then
                // out of order for good.
                "max.in.flight.requests.per.connection", "1"),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      records.forEach(record -> sent.add(producer.send(record)));
    }
    for (Future<RecordMetadata> each : sent) {
      try {
        each.get();
      } catch (ExecutionException | InterruptedException e) {
        throw new IllegalStateException("the input could not be sent", e);
      }
    }
  }

  void send(Workload workload) {
    send(workload, 0, workload.size());
  }

  boolean isThrough() {
    return group.isThrough(List.of(topics.touchpoints(), topics.identityLinks(), topics.inbox()));
  }

  /** Waits until everything is processed and settled, then compares all there is to compare. */
  PublishedViews awaitEnd(String what, Workload workload, RuleSet rules) {
    FinalViews expected = workload.expected(rules, System.currentTimeMillis() - SETTLE_MILLIS);
    Await.until(what + " is through", this::isThrough, () -> "committed " + group.committed());
    AtomicReference<PublishedViews> published = new AtomicReference<>();
    Await.until(
        what + " is settled",
        () -> {
          published.set(committed().views());
          return published.get().differencesTo(expected).isEmpty();
        },
        () ->
            summary(published.get().differencesTo(expected))
                + "\nof the dead letters "
                + summary(deadLetterDifferences(workload)));
    assertThat(deadLetterDifferences(workload)).as("dead letters: %s", what).isEmpty();
    assertThat(Counts.read(committed(), name)).as(what).isEqualTo(Counts.expected(workload));
    LOG.info(
        "{}: {} touchpoints, {} alerts, {} journeys, {} changes, {} dead letters, 0 differences",
        what,
        workload.size(),
        expected.alerts().size(),
        expected.journeys().size(),
        published.get().changes(),
        workload.dead());
    return published.get();
  }

  private List<String> deadLetterDifferences(Workload workload) {
    return DeadLetterCheck.differences(workload, committed().deadLetters(), topics);
  }

  private static String summary(List<String> differences) {
    return differences.size()
        + " differences, the first of them: "
        + String.join("\n", differences.subList(0, Math.min(5, differences.size())));
  }

  @Override
  public void close() {
    group.close();
    codecs.close();
  }
}
