package io.fermata.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.fermata.embedded.BrokerOptions;
import io.fermata.embedded.EmbeddedBroker;
import io.fermata.embedded.EmbeddedRegistry;
import io.fermata.model.Channel;
import io.fermata.model.Direction;
import io.fermata.model.Erasure;
import io.fermata.model.Identifier;
import io.fermata.model.IdentityLink;
import io.fermata.model.Score;
import io.fermata.model.ScoreKind;
import io.fermata.model.Touchpoint;
import io.fermata.model.TouchpointBuilder;
import io.fermata.runtime.ErasureTopic;
import io.fermata.runtime.Pipeline;
import io.fermata.runtime.config.FermataConfig;
import io.fermata.topology.PipelineListener;
import io.fermata.topology.StoreNames;
import io.fermata.topology.TopicNames;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Law 6 in bytes: once Kafka and RocksDB have compacted, no file of a store, a changelog or a
 * compacted topic has an identifier of who was erased. Somebody else of whom as much is known is
 * found wherever the erased one was.
 */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
class LawSixTest {

  private static final Logger LOG = LoggerFactory.getLogger(LawSixTest.class);

  private static final String GONE = "gone-4711";
  private static final String KEPT = "kept-0815";
  private static final long HOUR = Duration.ofHours(1).toMillis();

  /** Compaction of everything, at once. */
  private static final Map<String, String> EAGER =
      Map.of(
          "log.roll.ms", "100",
          "log.cleaner.backoff.ms", "100",
          "log.cleaner.min.cleanable.ratio", "0",
          "log.cleaner.delete.retention.ms", "0",
          "log.segment.delete.delay.ms", "0");

  /** So that bytes can be searched for. */
  private static final Map<String, String> LAYOUT =
      Map.of(
          "FERMATA_TOPICS_PARTITIONS", "1",
          "FERMATA_KAFKA_PRODUCER_COMPRESSION_TYPE", "none");

  @TempDir Path folder;

  @Test
  void shouldLeaveNoByteOfWhoWasErased() throws Exception {
    Path logs = folder.resolve("broker");
    try (EmbeddedBroker broker =
            EmbeddedBroker.start(BrokerOptions.defaults().withFolder(logs).withSettings(EAGER));
        EmbeddedRegistry registry = EmbeddedRegistry.start(0);
        Sandbox sandbox =
            new Sandbox(broker.bootstrapServers(), registry.url(), "law-six", folder, LAYOUT)) {
      Set<String> before;
      try (Pipeline pipeline =
          Pipeline.live(sandbox.config(Map.of()), Sandbox.RULES, PipelineListener.NONE)) {
        pipeline.start();
        for (String person : List.of(GONE, KEPT)) {
          sandbox.send(List.of(says(person)));
          sandbox.sendTouchpoints(touchpoints(person));
        }
        awaitThrough(sandbox);
        before = awaitAlike(broker, logs, topicsOfAPerson(sandbox.topics()));

        erase(sandbox, "cookie:k-" + GONE);
        awaitThrough(sandbox);
      }
      List<String> compacted = compacted(broker);
      Await.until(
          "nothing is left in compacted topics",
          () -> {
            fill(broker, compacted);
            // Twice: what is written anew at this moment may be missed once.
            return IntStream.range(0, 2)
                .allMatch(look -> compactedWith(broker, logs, GONE).isEmpty());
          },
          () -> compactedWith(broker, logs, GONE));

      Await.until(
          "the other is where it was",
          () -> compactedWith(broker, logs, KEPT).equals(before),
          () -> compactedWith(broker, logs, KEPT));

      List<Path> stores = RocksFiles.compact(folder.resolve("state"));
      assertThat(FileBytes.filesWith(folder.resolve("state"), GONE)).isEmpty();
      Set<String> kept = new TreeSet<>();
      for (Path store : stores) {
        if (!FileBytes.filesWith(store, KEPT).isEmpty()) {
          kept.add(store.getFileName().toString());
        }
      }
      assertThat(kept)
          .contains(
              StoreNames.JOURNEYS,
              StoreNames.HISTORY,
              StoreNames.IDENTITIES,
              StoreNames.PUBLISHED,
              StoreNames.SCORE_ANSWERS);
      LOG.info(
          "law 6: 0 of {} compacted topics and {} stores have a byte of who was erased;"
              + " {} and {} have the other",
          compacted.size(),
          stores.size(),
          before.size(),
          kept.size());
    }
  }

  private static IdentityLink says(String person) {
    return new IdentityLink(
        null, "email:" + person + "@example.org", "customer:" + person, now(), null, false);
  }

  private static long now() {
    return System.currentTimeMillis() - 5 * HOUR;
  }

  /** A visitor who waits, is promised a call, logs in, is surveyed and answers. */
  private static List<Touchpoint> touchpoints(String person) {
    Identifier customer = new Identifier("customer", person);
    Identifier cookie = new Identifier("cookie", "k-" + person);
    Identifier email = new Identifier("email", person + "@example.org");
    List<Touchpoint> all = new ArrayList<>();
    long start = now();
    for (int i = 0; i < 120; i++) {
      all.add(
          touchpoint(i, start + i * 1000L, "contact.ended", i % 2 == 0 ? cookie : email)
              .waitSeconds(900)
              .build());
    }
    all.add(touchpoint(200, start + HOUR, "callback.promised", cookie).build());
    all.add(touchpoint(201, start + HOUR + 1, "page.viewed", customer, cookie).build());
    all.add(touchpoint(202, start + HOUR + 2, "survey.sent", customer).build());
    all.add(
        touchpoint(203, start + HOUR + 3, "survey.answered", customer)
            .score(new Score(ScoreKind.NPS, 1, 0, 10, null))
            .build());
    return all;
  }

  /** Ids say nothing of the person: docs/privacy.md asks for that. */
  private static TouchpointBuilder touchpoint(
      int id, long at, String type, Identifier... identifiers) {
    return Touchpoint.builder()
        .id("t" + id)
        .occurredAt(at)
        .identifiers(List.of(identifiers))
        .channel(Channel.VOICE)
        .direction(Direction.INBOUND)
        .type(type);
  }

  private static void awaitThrough(Sandbox sandbox) {
    TopicNames topics = sandbox.topics();
    List<String> inOrder =
        List.of(
            topics.touchpoints(),
            topics.identityLinks(),
            topics.erasures(),
            topics.inbox(),
            topics.surveyResponses(),
            topics.surveysSent());
    Await.until("all is through", () -> sandbox.group().isThrough(inOrder));
  }

  /** Where something of a person is found, at least. */
  private static Set<String> topicsOfAPerson(TopicNames topics) {
    return Set.of(
        topics.alertsLatest(),
        topics.journeys(),
        topics.contactGuidance(),
        topics.surveyResponses(),
        topics.surveysSent(),
        "law-six-" + StoreNames.JOURNEYS + "-changelog",
        "law-six-" + StoreNames.HISTORY + "-changelog",
        "law-six-" + StoreNames.IDENTITIES + "-changelog",
        "law-six-" + StoreNames.PUBLISHED + "-changelog",
        "law-six-" + StoreNames.SCORE_ANSWERS + "-changelog");
  }

  /** Where both are found; a file that is written anew while it is looked for is missed. */
  private static Set<String> awaitAlike(EmbeddedBroker broker, Path logs, Set<String> atLeast) {
    Set<String> found = new TreeSet<>();
    Await.until(
        "as much is known of both",
        () -> {
          found.clear();
          found.addAll(compactedWith(broker, logs, GONE));
          return found.containsAll(atLeast) && found.equals(compactedWith(broker, logs, KEPT));
        },
        () -> found + " and " + compactedWith(broker, logs, KEPT));
    return found;
  }

  private static void erase(Sandbox sandbox, String name) throws Exception {
    FermataConfig config = sandbox.config(Map.of());
    try (ErasureTopic topic =
        new ErasureTopic(
            sandbox.topics(),
            config.kafka().clientProperties(),
            sandbox.codecs(),
            config.topics().startTimeout())) {
      String request = topic.request(name, new Erasure(System.currentTimeMillis(), "asked"));
      Await.until("it is confirmed", () -> topic.look(request).isDone());
      // The customer, the cookie and the address, at least.
      assertThat(topic.look(request).names()).isGreaterThanOrEqualTo(3);
    }
  }

  /** Compacted topics, changelogs included. */
  private static List<String> compacted(EmbeddedBroker broker) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      List<ConfigResource> topics =
          admin.listTopics().names().get().stream()
              .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
              .toList();
      List<String> compacted = new ArrayList<>();
      admin
          .describeConfigs(topics)
          .all()
          .get()
          .forEach(
              (topic, config) -> {
                if (config.get("cleanup.policy").value().contains("compact")) {
                  compacted.add(topic.name());
                }
              });
      return compacted;
    }
  }

  private static Set<String> compactedWith(EmbeddedBroker broker, Path logs, String text) {
    try {
      Set<String> with = new TreeSet<>();
      for (String topic : compacted(broker)) {
        if (!FileBytes.filesWith(logs.resolve(topic + "-0"), text).isEmpty()) {
          with.add(topic);
        }
      }
      return with;
    } catch (Exception e) {
      throw new IllegalStateException("the compacted topics", e);
    }
  }

  /** Only a segment that is not written to any more is compacted: something has to follow. */
  private static void fill(EmbeddedBroker broker, List<String> topics) {
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", broker.bootstrapServers()),
            new StringSerializer(),
            new StringSerializer())) {
      for (String topic : topics) {
        producer.send(new ProducerRecord<>(topic, 0, "filler", "filler"));
      }
    }
  }
}
