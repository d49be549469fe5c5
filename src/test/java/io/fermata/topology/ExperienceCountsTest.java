package io.fermata.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.fermata.model.Alert;
import io.fermata.model.AlertStatus;
import io.fermata.model.Change;
import io.fermata.model.Channel;
import io.fermata.model.Direction;
import io.fermata.model.Identifier;
import io.fermata.model.IdentityLink;
import io.fermata.model.PillarBucket;
import io.fermata.model.PillarReport;
import io.fermata.model.Severity;
import io.fermata.model.Touchpoint;
import io.fermata.score.PillarBook;
import io.fermata.score.ScoreSettings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;

/** Whatever becomes of alerts, pillars count those that hold, with the severity they came to. */
class ExperienceCountsTest extends PipelineTest {

  private static final long SEED = Long.getLong("fermata.seed", 20_261_126);
  private static final Duration MOMENT = CountProcessor.MOMENT;
  private static final ScoreSettings SETTINGS = ScoreSettings.parse("Europe/Warsaw", List.of());

  private static final String GROWING =
      """
      rules:
        - id: often
          title: {en: Often}
          pillar: TIME_AND_EFFORT
          levels: {LOW: 2, MEDIUM: 3, HIGH: 5}
          count: {where: "type == 'contact.ended'", atLeast: 2, within: PT10H}
        - id: in-a-row
          title: {en: In a row}
          pillar: EMPATHY
          levels: {LOW: 2, HIGH: 3}
          streak: {where: "type == 'contact.ended'", brokenBy: "type == 'page.viewed'", atLeast: 2}
        - id: not-called-back
          title: {en: Not called back}
          pillar: INTEGRITY
          severity: LOW
          levels: {HIGH: 7200}
          absence: {after: "type == 'callback.promised'", expect: "type == 'callback.made'", within: PT1H}
      """;

  private static final String COOKIE = "cookie:c";
  private static final String EMAIL = "email:e@example.com";

  private final Map<String, PillarReport> pillars = new TreeMap<>();
  private final Map<String, Alert> alerts = new HashMap<>();

  private void read(TestPipeline pipeline) {
    pillars.putAll(pipeline.latest(TestPipeline.TOPICS.pillars(), PillarReport.class));
    alerts.putAll(pipeline.latest(TestPipeline.TOPICS.alertsLatest(), Alert.class));
  }

  private void assertCounted(TestPipeline pipeline) {
    pipeline.advance(MOMENT);
    pipeline.advance(MOMENT);
    read(pipeline);
    PillarBook book = new PillarBook(SETTINGS);
    alerts.values().stream().filter(Objects::nonNull).forEach(book::add);
    Map<String, PillarReport> expected = new TreeMap<>();
    book.reports().forEach(report -> expected.put(report.key(), report));
    pillars.values().removeIf(Objects::isNull);
    assertThat(pillars).as("seed %d", SEED).isEqualTo(expected).isNotEmpty();
    assertThat(pipeline.entriesOf(StoreNames.EXPERIENCES_PENDING)).isZero();
  }

  @Test
  void shouldCountEachAlertOnceWithTheSeverityItCameToWhateverTheOrder() {
    Random random = new Random(SEED);
    List<Touchpoint> arrivals = new ArrayList<>();
    List<String> types =
        List.of("contact.ended", "contact.ended", "page.viewed", "callback.promised");
    for (int i = 0; i < 400; i++) {
      String type = random.nextInt(6) == 0 ? "callback.made" : types.get(random.nextInt(4));
      arrivals.add(
          touchpoint("t" + i, type, (long) (random.nextDouble() * 5 * DAY))
              .identifier("customer", "C-" + random.nextInt(8))
              .build());
    }
    arrivals.addAll(List.copyOf(arrivals.subList(0, 40)));
    Collections.shuffle(arrivals, random);
    TestPipeline pipeline = open(replay().rules(rules(GROWING)));
    for (Touchpoint arrival : arrivals) {
      pipeline.arrives(arrival);
      if (random.nextInt(10) == 0) {
        pipeline.advance(MOMENT);
        read(pipeline);
      }
    }

    assertCounted(pipeline);
    assertThat(alerts.values().stream().filter(Objects::nonNull))
        .as("seed %d", SEED)
        .extracting(Alert::rule, Alert::severity)
        .contains(
            tuple("often", Severity.HIGH),
            tuple("in-a-row", Severity.HIGH),
            tuple("not-called-back", Severity.HIGH),
            tuple("not-called-back", Severity.LOW));
  }

  @Test
  void shouldFollowAnAlertThatGrowsInOrder() {
    TestPipeline pipeline = open(replay().rules(rules(GROWING)));
    for (int i = 0; i < 6; i++) {
      pipeline.arrives(contact("t" + i, i * SECOND));
      pipeline.advance(MOMENT);
      read(pipeline);
    }

    assertCounted(pipeline);
    assertThat(alerts.values()).extracting(Alert::severity).containsOnly(Severity.HIGH);
  }

  @Test
  void shouldFollowAnAbsenceThatEndsInAnotherSeverity() {
    TestPipeline pipeline = open(replay().rules(rules(GROWING)));
    pipeline.arrives(promise("t1", 0));
    pipeline.tick(START + 2 * HOUR);
    pipeline.advance(MOMENT);
    read(pipeline);
    assertThat(alerts.values()).extracting(Alert::severity).containsExactly(Severity.LOW);
    pipeline.arrives(callback("t2", 5 * HOUR));

    assertCounted(pipeline);
    assertThat(alerts.values())
        .extracting(Alert::severity, Alert::status)
        .containsExactly(tuple(Severity.HIGH, AlertStatus.ENDED));
  }

  @Test
  void shouldSendOneDeltaForManyAlertsOfAMoment() {
    TestPipeline pipeline = open(replay());
    for (int i = 0; i < 50; i++) {
      pipeline.arrives(
          touchpoint("t" + i, "contact.ended", i)
              .identifier("customer", "C-" + i)
              .waitSeconds(400)
              .build());
    }
    pipeline.advance(MOMENT);

    assertThat(pipeline.pillarDeltas())
        .extracting(PillarBucket::dimension, PillarBucket::experiences)
        .containsExactly(
            tuple("all", Map.of("TIME_AND_EFFORT BAD MEDIUM", 50L)),
            tuple("channel", Map.of("TIME_AND_EFFORT BAD MEDIUM", 50L)));
    pipeline.advance(MOMENT);
    assertThat(pipeline.pillarDeltas()).isEmpty();
  }

  @Test
  void shouldTellAfterARestartWhatHadNotBeenTold() {
    TestPipeline pipeline = open(replay());
    pipeline.arrives(touchpoint("t1", "contact.ended", 0).waitSeconds(400).build());
    Alert alert = pipeline.alerts().get(0).value();
    MockProcessorContext<byte[], byte[]> context = new MockProcessorContext<>();
    KeyValueStore<String, byte[]> store =
        Stores.keyValueStoreBuilder(
                Stores.inMemoryKeyValueStore("waiting"), Serdes.String(), Serdes.ByteArray())
            .withLoggingDisabled()
            .build();
    store.init(context.getStateStoreContext(), store);
    CodecWire wire = new CodecWire(TestPipeline.TOPICS, codecs());
    new ExperienceCounts(context, store, wire, SETTINGS).count(Change.RAISED, alert);

    new ExperienceCounts(context, store, wire, SETTINGS).send(START);
    assertThat(context.forwarded())
        .extracting(sent -> new String(sent.record().key(), StandardCharsets.UTF_8))
        .containsExactly("all|all", "channel|VOICE");
    assertThat(store.all()).isExhausted();
  }

  @Test
  void shouldFollowAnAlertOfTheBuiltInRuleToAnotherDay() {
    TestPipeline pipeline = open(replay());
    pipeline.arrives(visit(0));
    pipeline.arrives(new IdentityLink("a", COOKIE, EMAIL, START - DAY, null, false));
    pipeline.arrives(new IdentityLink("b", EMAIL, COOKIE, START - DAY, null, false));
    pipeline.advance(MOMENT);
    read(pipeline);
    // The same id, which is what the alert is anchored at.
    pipeline.arrives(visit(-DAY));

    assertCounted(pipeline);
    assertThat(alerts.values())
        .singleElement()
        .satisfies(alert -> assertThat(alert.at()).isEqualTo(START - DAY));
  }

  private static Touchpoint visit(long after) {
    return Touchpoint.builder()
        .id("visit")
        .occurredAt(START + after)
        .identifiers(List.of(new Identifier("cookie", "c")))
        .channel(Channel.WEB)
        .direction(Direction.INBOUND)
        .type("page.viewed")
        .build();
  }
}
