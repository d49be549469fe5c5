package io.fermata.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.fermata.model.Alert;
import io.fermata.model.AlertStatus;
import io.fermata.model.Change;
import io.fermata.model.Channel;
import io.fermata.model.Erased;
import io.fermata.model.Erasure;
import io.fermata.model.Identifier;
import io.fermata.model.IdentityLink;
import io.fermata.model.Journey;
import io.fermata.model.Score;
import io.fermata.model.ScoreKind;
import io.fermata.model.ScoreReport;
import io.fermata.model.Touchpoint;
import io.fermata.model.TouchpointBuilder;
import io.fermata.topology.TestPipeline.Published;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;

/** A customer is forgotten: what goes, what is published of it, what stays. */
class ErasureTest extends PipelineTest {

  private static final Erasure REQUEST = new Erasure(START, "asked for");
  private static final String COOKIE = "cookie:k-77";
  private static final String OTHER = "customer:C-2";

  @Test
  void shouldLeaveNothingOfTheCustomerWhoeverOfTheirNamesIsGiven() {
    for (String name : List.of(CUSTOMER, COOKIE)) {
      TestPipeline pipeline = open(replay());
      arrive(pipeline);
      assertThat(knows(pipeline, "C-1")).isTrue();
      assertThat(knows(pipeline, "k-77")).isTrue();

      pipeline.erase(name, REQUEST);

      assertThat(knows(pipeline, "C-1")).as(name).isFalse();
      assertThat(knows(pipeline, "k-77")).as(name).isFalse();
      assertThat(knows(pipeline, "C-2")).isTrue();
      assertThat(pipeline.customers()).containsExactly(OTHER);
      assertThat(pipeline.timers())
          .extracting(TestPipeline.Timer::customer)
          .containsOnly(OTHER)
          .isNotEmpty();
      assertThat(pipeline.journeyLedger().count(Ledger.Erasures.REACHED)).isGreaterThan(1);
    }
  }

  @Test
  void shouldTakeBackWhatIsPublishedWithoutRepeatingIt() {
    TestPipeline pipeline = open(replay());
    arrive(pipeline);
    Map<String, Alert> standing = new TreeMap<>();
    pipeline.alerts().forEach(each -> keep(standing, each));
    standing.values().removeIf(alert -> !alert.customer().equals(CUSTOMER));
    Map<String, Journey> journeys = new TreeMap<>();
    pipeline.journeys().forEach(each -> journeys.put(each.key(), each.value()));
    journeys.values().removeIf(journey -> journey == null || !journey.customer().equals(CUSTOMER));
    assertThat(standing).hasSizeGreaterThan(1);
    assertThat(journeys).isNotEmpty();
    pipeline.alertsLatest();
    pipeline.guidance();
    pipeline.records(TestPipeline.TOPICS.surveyResponses());
    pipeline.records(TestPipeline.TOPICS.surveysSent());

    pipeline.erase(CUSTOMER, REQUEST);

    List<Published<Alert>> taken = pipeline.alerts();
    assertThat(taken).extracting(each -> each.value().id()).hasSameElementsAs(standing.keySet());
    assertThat(taken)
        .allSatisfy(
            each -> {
              Alert was = standing.get(each.value().id());
              assertThat(each.change()).isEqualTo(Change.RETRACTED);
              assertThat(each.value())
                  .isEqualTo(Alert.erased(was.id(), was.rule(), CUSTOMER, was.at()));
              assertThat(each.value().status()).isEqualTo(AlertStatus.RETRACTED);
            });
    assertThat(pipeline.alertsLatest())
        .hasSize(standing.size())
        .allSatisfy(each -> assertThat(each.value()).isNull());
    assertThat(pipeline.journeys())
        .hasSize(journeys.size())
        .allSatisfy(each -> assertThat(each.value()).isNull());
    assertThat(pipeline.guidance())
        .singleElement()
        .satisfies(
            each -> {
              assertThat(each.key()).isEqualTo(CUSTOMER);
              assertThat(each.value()).isNull();
            });
    for (String topic :
        List.of(TestPipeline.TOPICS.surveyResponses(), TestPipeline.TOPICS.surveysSent())) {
      assertThat(pipeline.records(topic))
          .as(topic)
          .singleElement()
          .satisfies(
              record -> {
                assertThat(record.value()).isNull();
                assertThat(record.headers().lastHeader("erased")).isNotNull();
              });
    }
  }

  @Test
  void shouldConfirmWithoutSayingWhom() {
    TestPipeline pipeline = open(replay());
    arrive(pipeline);

    pipeline.erase(CUSTOMER, REQUEST);

    List<TestRecord<byte[], byte[]>> records = pipeline.records(TestPipeline.TOPICS.erased());
    assertThat(records)
        .isNotEmpty()
        .allSatisfy(
            record -> {
              assertThat(text(record.key())).isEqualTo("0/0");
              assertThat(text(record.value())).doesNotContain("C-1", "k-77", "asked");
            });
    pipeline.erase(COOKIE, REQUEST);
    List<Erased> again = pipeline.erased();
    assertThat(again).containsExactly(new Erased("0/1", START, 0, 0));
    TestPipeline anew = open(replay());
    arrive(anew);
    anew.erase(CUSTOMER, REQUEST);
    List<Erased> all = anew.erased();
    assertThat(all).hasSize(1 + all.stream().mapToInt(Erased::passedOn).sum());
    assertThat(all.stream().mapToInt(Erased::views).sum()).isGreaterThan(4);
  }

  @Test
  void shouldStartAnewWithWhatComesLater() {
    TestPipeline pipeline = open(replay());
    arrive(pipeline);
    pipeline.erase(CUSTOMER, REQUEST);
    drain(pipeline);
    TestPipeline fresh = open(replay());
    fresh.arrives(other("o1", 0));
    fresh.arrives(other("o2", HOUR));
    drain(fresh);
    for (TestPipeline each : List.of(pipeline, fresh)) {
      each.arrives(wait("w1", 0, CUSTOMER));
      each.arrives(wait("w9", 3 * HOUR, CUSTOMER));
    }

    assertThat(pipeline.alerts()).isEqualTo(fresh.alerts()).isNotEmpty();
    assertThat(pipeline.journeys()).isEqualTo(fresh.journeys()).isNotEmpty();
    assertThat(pipeline.guidance()).isEqualTo(fresh.guidance()).isNotEmpty();
    assertThat(pipeline.customers()).contains(CUSTOMER);
  }

  @Test
  void shouldKeepCountingTheAnswersOfWhoIsForgotten() {
    TestPipeline pipeline = open(replay());
    arrive(pipeline);
    settleScores(pipeline);
    Map<String, ScoreReport> before = scores(pipeline);
    assertThat(before).isNotEmpty();
    assertThat(answersOf(pipeline, "C-1")).isEqualTo(2);

    pipeline.erase(CUSTOMER, REQUEST);
    settleScores(pipeline);

    assertThat(scores(pipeline)).isEmpty();
    assertThat(answersOf(pipeline, "C-1")).isZero();
    // Another's answer is added to theirs.
    pipeline.arrives(answer("o-a", 2 * HOUR, OTHER));
    settleScores(pipeline);
    assertThat(scores(pipeline).values().stream().filter(Objects::nonNull))
        .isNotEmpty()
        .allSatisfy(report -> assertThat(report.n()).isEqualTo(2));
  }

  @Test
  void shouldForgetWhatOthersSaidOfTheCustomerWhicheverEndIsGiven() {
    String phone = "phone:+49-77";
    for (String name : List.of(CUSTOMER, COOKIE)) {
      TestPipeline pipeline = open(replay());
      pipeline.arrives(wait("w1", 0, COOKIE));
      pipeline.arrives(wait("w2", 1, CUSTOMER));
      pipeline.arrives(other("o1", 0));
      pipeline.arrives(wait("w3", 2, phone));
      pipeline.arrives(new IdentityLink(null, COOKIE, CUSTOMER, START, null, false));
      pipeline.arrives(new IdentityLink(null, phone, OTHER, START, null, false));
      pipeline.arrives(new IdentityLink(null, phone, CUSTOMER, START, null, true));
      assertThat(pipeline.customers()).containsExactly(CUSTOMER, OTHER);

      pipeline.erase(name, REQUEST);

      assertThat(knows(pipeline, "C-1")).as(name).isFalse();
      assertThat(knows(pipeline, "k-77")).as(name).isFalse();
      assertThat(knows(pipeline, "+49-77")).as("another's, unlinked from who is gone").isTrue();
      assertThat(pipeline.customers()).containsExactly(OTHER);
    }
  }

  @Test
  void shouldLeaveTheOwnerAloneWhomTheNameOnceBelongedTo() {
    TestPipeline pipeline = open(replay());
    pipeline.arrives(wait("w1", 0, COOKIE));
    pipeline.arrives(wait("w2", HOUR, COOKIE));
    pipeline.arrives(new IdentityLink(null, COOKIE, CUSTOMER, START, START + 1, false));
    assertThat(pipeline.customers()).containsExactly(COOKIE, CUSTOMER);

    pipeline.erase(COOKIE, REQUEST);

    assertThat(knows(pipeline, "k-77")).isFalse();
    pipeline.arrives(wait("w3", 2 * HOUR, CUSTOMER));
    assertThat(pipeline.customers()).containsExactly(CUSTOMER);
  }

  @Test
  void shouldForgetATouchpointThatGaveWayToItsTwin() {
    TestPipeline pipeline = open(replay());
    pipeline.arrives(wait("w1", 0, COOKIE));
    pipeline.arrives(wait("w1", 0, CUSTOMER));
    pipeline.arrives(wait("w2", 1, "email:e-77"));
    pipeline.arrives(new IdentityLink(null, COOKIE, CUSTOMER, START, null, false));
    pipeline.arrives(new IdentityLink(null, COOKIE, OTHER, START + HOUR, null, false));
    assertThat(knows(pipeline, "k-77")).isTrue();

    // Shared by two, so nothing but it is erased, and its touchpoint where it had given way.
    pipeline.erase(COOKIE, REQUEST);

    assertThat(knows(pipeline, "k-77")).isFalse();
    assertThat(pipeline.customers()).containsExactly(CUSTOMER, "email:e-77");
  }

  @Test
  void shouldForgetPermissionsThatAreHeld() {
    TestPipeline pipeline = open(live());
    pipeline.arrives(wait("w1", 0, CUSTOMER));
    pipeline.reserve("r-77", CUSTOMER, Channel.EMAIL, START);
    pipeline.reserve("r-88", OTHER, Channel.EMAIL, START);
    assertThat(knows(pipeline, "r-77")).isTrue();

    pipeline.erase(CUSTOMER, REQUEST);

    assertThat(knows(pipeline, "r-77")).isFalse();
    assertThat(knows(pipeline, "C-1")).isFalse();
    assertThat(knows(pipeline, "r-88")).isTrue();
  }

  @Test
  void shouldRefuseWhatIsNoRequest() {
    TestPipeline pipeline = open(replay());
    byte[] good = pipeline.bytesOf(REQUEST);
    pipeline.eraseRaw(null, good);
    pipeline.eraseRaw("C-1".getBytes(StandardCharsets.UTF_8), good);
    pipeline.eraseRaw("customer: ".getBytes(StandardCharsets.UTF_8), good);
    pipeline.eraseRaw(new byte[] {(byte) 0xC3, ':', 'a'}, good);
    pipeline.eraseRaw(CUSTOMER.getBytes(StandardCharsets.UTF_8), null);
    pipeline.eraseRaw(CUSTOMER.getBytes(StandardCharsets.UTF_8), new byte[] {1, 2, 3});

    List<TestPipeline.DeadLetter> letters = pipeline.deadLetters();
    assertThat(letters)
        .extracting(letter -> letter.header("fermata.reason"))
        .containsExactly("INVALID", "INVALID", "INVALID", "INVALID", "UNDECODABLE", "UNDECODABLE");
    assertThat(letters)
        .allSatisfy(
            letter ->
                assertThat(letter.header(DeadLetterHeaders.ERRORS + "topic"))
                    .isEqualTo(TestPipeline.TOPICS.erasures()));
    assertThat(letters.get(1).key()).isEqualTo("C-1");
    assertThat(letters.get(1).header("fermata.detail")).contains("expected kind:value");
    Ledger ledger = pipeline.routeLedger();
    assertThat(ledger.count(Ledger.Erasures.REQUESTED)).isEqualTo(6);
    assertThat(ledger.count(Ledger.Erasures.REFUSED)).isEqualTo(6);
    assertThat(pipeline.erased()).isEmpty();
    assertLedgers(pipeline, 0, 0, 0);
  }

  /** A visitor who logs in late and is surveyed, and somebody else. */
  private static void arrive(TestPipeline pipeline) {
    pipeline.arrives(wait("w1", 0, COOKIE));
    pipeline.arrives(other("o1", 0));
    pipeline.arrives(promised("p1", 1, COOKIE));
    for (int i = 0; i < 80; i++) {
      pipeline.arrives(wait("w2-" + i, 2 + i, CUSTOMER));
    }
    pipeline.arrives(
        touchpoint("login", "page.viewed", HOUR)
            .identifiers(
                List.of(new Identifier("customer", "C-1"), new Identifier("cookie", "k-77")))
            .build());
    pipeline.arrives(touchpoint("s1", "survey.sent", HOUR + 1).build());
    pipeline.arrives(answer("a1", HOUR + 2, CUSTOMER));
    pipeline.arrives(promised("p2", HOUR + 3, CUSTOMER));
    pipeline.arrives(other("o2", HOUR));
  }

  private static TouchpointBuilder of(String id, String type, long after, String name) {
    String[] parts = name.split(":", 2);
    return touchpoint(id, type, after).identifiers(List.of(new Identifier(parts[0], parts[1])));
  }

  private static Touchpoint wait(String id, long after, String name) {
    return of(id, "contact.ended", after, name).waitSeconds(400).build();
  }

  private static Touchpoint promised(String id, long after, String name) {
    return of(id, "callback.promised", after, name).build();
  }

  private static Touchpoint other(String id, long after) {
    return promised(id, after, OTHER);
  }

  private static Touchpoint answer(String id, long after, String name) {
    return of(id, "survey.answered", after, name)
        .score(new Score(ScoreKind.NPS, 9, 0, 10, null))
        .build();
  }

  private static void keep(Map<String, Alert> standing, Published<Alert> each) {
    if (each.change() == Change.RETRACTED) {
      standing.remove(each.value().id());
    } else {
      standing.put(each.value().id(), each.value());
    }
  }

  private static void drain(TestPipeline pipeline) {
    pipeline.alerts();
    pipeline.journeys();
    pipeline.guidance();
  }

  private static void settleScores(TestPipeline pipeline) {
    pipeline.advance(CountProcessor.MOMENT);
    pipeline.advance(CountProcessor.MOMENT);
  }

  private static Map<String, ScoreReport> scores(TestPipeline pipeline) {
    return pipeline.latest(TestPipeline.TOPICS.scores(), ScoreReport.class);
  }

  /** How many answers and sent surveys of a customer Score remembers. */
  @SuppressWarnings("unchecked")
  private static int answersOf(TestPipeline pipeline, String customer) {
    KeyValueStore<Bytes, byte[]> answers =
        (KeyValueStore<Bytes, byte[]>) pipeline.stores().get(StoreNames.SCORE_ANSWERS);
    int count = 0;
    try (KeyValueIterator<Bytes, byte[]> all = answers.all()) {
      while (all.hasNext()) {
        count += text(all.next().value).contains(customer) ? 1 : 0;
      }
    }
    return count;
  }

  /** Whether a text is in any key or value of a store of customers. */
  private static boolean knows(TestPipeline pipeline, String text) {
    String narrow = HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
    String wide = HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_16BE));
    return pipeline.state().values().stream()
        .flatMap(entries -> entries.entrySet().stream())
        .flatMap(entry -> List.of(entry.getKey(), entry.getValue()).stream())
        .anyMatch(hex -> hex.contains(narrow) || hex.contains(wide));
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
