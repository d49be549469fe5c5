package io.fermata.topology;

import static io.fermata.model.DeadLetterReason.FROM_THE_FUTURE;
import static io.fermata.model.DeadLetterReason.INVALID;
import static io.fermata.model.DeadLetterReason.RULE_FAILED;
import static io.fermata.model.DeadLetterReason.TOO_LARGE;
import static io.fermata.model.DeadLetterReason.TOO_LATE;
import static io.fermata.model.DeadLetterReason.UNDECODABLE;
import static io.fermata.model.DeadLetterReason.UNKNOWN_SCHEMA;
import static org.assertj.core.api.Assertions.assertThat;

import io.fermata.model.CustomerKeys;
import io.fermata.model.DeadLetterReason;
import io.fermata.model.Identifier;
import io.fermata.model.Score;
import io.fermata.model.ScoreKind;
import io.fermata.model.Touchpoint;
import io.fermata.topology.TestPipeline.DeadLetter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

/** Every reason for which a touchpoint is not folded. */
class DeadLettersTest extends PipelineTest {

  private static final byte[] KEY = {1, 2, 'k'};

  @Test
  void shouldBeUndecodableWhenThereIsNoValue() {
    assertRefused(open(replay()), null, UNDECODABLE, "the record has no value");
  }

  @Test
  void shouldBeUndecodableWhenTheMagicByteIsWrong() {
    TestPipeline pipeline = open(replay());
    byte[] bytes = pipeline.bytesOf(contact("t1", 0));
    bytes[0] = 'S';

    assertRefused(
        pipeline,
        bytes,
        UNDECODABLE,
        "the value begins with byte 83, expected 0 and a 4-byte schema id");
  }

  @Test
  void shouldBeUndecodableWhenBytesAreCut() {
    TestPipeline pipeline = open(replay());
    byte[] bytes = pipeline.bytesOf(contact("t1", 0));
    DeadLetterReason[] reasons = new DeadLetterReason[bytes.length];
    Arrays.fill(reasons, UNDECODABLE);

    for (int length = 0; length < bytes.length; length++) {
      DeadLetter dead = refuse(pipeline, Arrays.copyOf(bytes, length));
      assertThat(dead.header("fermata.reason")).as("cut to %d", length).isEqualTo("UNDECODABLE");
      assertThat(dead.header("fermata.detail")).as("cut to %d", length).isNotBlank();
    }

    assertThat(pipeline.inbox()).isEmpty();
    assertNothingIsKept(pipeline);
    assertLedgers(pipeline, bytes.length, 0, 0, reasons);
  }

  @Test
  void shouldBeOfUnknownSchemaWhenTheRegistryDoesNotKnowTheId() {
    TestPipeline pipeline = open(replay());
    byte[] bytes = ByteBuffer.wrap(pipeline.bytesOf(contact("t1", 0))).putInt(1, 4711).array();

    DeadLetter dead = refuse(pipeline, bytes);

    assertThat(dead.header("fermata.reason")).isEqualTo("UNKNOWN_SCHEMA");
    assertThat(dead.header("fermata.detail")).contains("4711");
    assertNothingIsKept(pipeline);
    assertLedgers(pipeline, 1, 0, 0, UNKNOWN_SCHEMA);
  }

  @Test
  void shouldListEveryReasonWhenATouchpointIsInvalid() {
    TestPipeline pipeline = open(replay());
    Touchpoint invalid =
        touchpoint(" ", "", 0)
            .identifiers(
                List.of(new Identifier("customer", "C-1"), new Identifier("customer", "C-2")))
            .waitSeconds(-1)
            .sentiment(1.5)
            .score(new Score(ScoreKind.NPS, 11, 0, 10, null))
            .build();

    assertRefused(
        pipeline,
        pipeline.bytesOf(invalid),
        INVALID,
        "id is blank; identifiers names two customers; type is blank;"
            + " waitSeconds is -1, expected 0 or more; sentiment is 1.5, expected -1 .. 1;"
            + " score.value is 11.0, expected 0.0 .. 10.0");
  }

  @Test
  void shouldBeInvalidWhenThereIsNoIdentifier() {
    TestPipeline pipeline = open(replay());

    assertRefused(
        pipeline,
        pipeline.bytesOf(contact("t1", 0).toBuilder().identifiers(List.of()).build()),
        INVALID,
        "identifiers is empty, expected 1 to 16");
  }

  @Test
  void shouldBeTooLargeWhenOverTheLimitByAByte() {
    Touchpoint contact = contact("t1", 0);
    int length = open(replay()).bytesOf(contact).length;

    TestPipeline tight = open(replay().route(CustomerKeys.DEFAULT_ORDER, length - 1));
    assertRefused(
        tight,
        tight.bytesOf(contact),
        TOO_LARGE,
        "the record has %d bytes, expected at most %d".formatted(length, length - 1));

    TestPipeline wide = open(replay().route(CustomerKeys.DEFAULT_ORDER, length));
    wide.arrives(contact);
    assertThat(wide.deadLetters()).isEmpty();
    assertLedgers(wide, 1, 1, 0);
  }

  @Test
  void shouldBeFromTheFutureWhenBeyondTheSkewLive() {
    TestPipeline pipeline = open(live());
    pipeline.arrives(promise("t1", 0));
    pipeline.arrives(contact("edge", 300 * SECOND));
    pipeline.journeys();
    Map<String, Map<String, String>> state = pipeline.state();

    DeadLetter dead = refuse(pipeline, pipeline.bytesOf(contact("t2", 300 * SECOND + 1)));

    assertThat(dead.header("fermata.reason")).isEqualTo("FROM_THE_FUTURE");
    assertThat(dead.header("fermata.detail"))
        .isEqualTo("occurredAt is 300001 ms ahead of the clock, expected at most 300000");
    assertThat(pipeline.state()).isEqualTo(state);
    assertLedgers(pipeline, 3, 2, 0, FROM_THE_FUTURE);
  }

  @Test
  void shouldNotDragTheClockWhenATouchpointIsFromTheFuture() {
    TestPipeline pipeline = open(live());
    pipeline.arrives(promise("t1", 0));
    pipeline.arrives(touchpoint("t2", "page.viewed", 100 * DAY).identifier("call", "9").build());

    pipeline.advance(A_MOMENT);

    assertThat(pipeline.alerts()).isEmpty();
    assertThat(pipeline.customers()).containsExactly(CUSTOMER);
    assertLedgers(pipeline, 2, 1, 0, FROM_THE_FUTURE);
  }

  @Test
  void shouldFoldATouchpointWhenItIsAheadOfTheWallClockInAReplay() {
    TestPipeline pipeline = open(replay());

    pipeline.arrives(contact("t1", 1000 * DAY));

    assertThat(pipeline.deadLetters()).isEmpty();
    assertThat(pipeline.journeys()).hasSize(1);
    assertThat(pipeline.customers()).containsExactly(CUSTOMER);
    assertLedgers(pipeline, 1, 1, 0);
  }

  @Test
  void shouldSayWhereATouchpointCameFromWhenItIsTooLate() {
    TestPipeline pipeline = open(replay().keeper(LateArrivalTest.keeper(DAY, 1, 1)));
    for (int i = 0; i < 5; i++) {
      pipeline.arrives(contact("t" + i, i * DAY));
    }
    pipeline.journeys();
    pipeline.alerts();
    Map<String, Map<String, String>> state = pipeline.state();
    byte[] bytes = pipeline.bytesOf(contact("late", -1));

    DeadLetter dead = refuse(pipeline, bytes);

    assertThat(dead.headers())
        .containsOnlyKeys(
            "trace",
            "fermata.reason",
            "fermata.detail",
            "__streams.errors.exception",
            "__streams.errors.message",
            "__streams.errors.topic",
            "__streams.errors.partition",
            "__streams.errors.offset")
        .containsEntry("trace", "abc")
        .containsEntry("fermata.reason", "TOO_LATE")
        .containsEntry("fermata.detail", "older than the history kept for its customer")
        .containsEntry("__streams.errors.topic", "fermata.touchpoints")
        .containsEntry("__streams.errors.partition", "0")
        .containsEntry("__streams.errors.offset", "5");
    assertThat(pipeline.journeys()).isEmpty();
    assertThat(pipeline.state()).isEqualTo(state);
    assertLedgers(pipeline, 6, 5, 0, TOO_LATE);
  }

  @Test
  void shouldFoldATouchpointWhenItIsExactlyAsLateAsAllowed() {
    TestPipeline pipeline = open(replay().keeper(LateArrivalTest.keeper(DAY, 1, 1)));
    for (int i = 0; i < 5; i++) {
      pipeline.arrives(contact("t" + i, i * DAY));
    }

    pipeline.arrives(contact("late", 3 * DAY));

    assertThat(pipeline.deadLetters()).isEmpty();
    assertLedgers(pipeline, 6, 6, 0);
  }

  @Test
  void shouldLeaveTheStateAloneWhenARuleFails() {
    TestPipeline pipeline = open(replay().rules(Traps.setIn(rules())));
    pipeline.arrives(promise("t1", 0));
    pipeline.arrives(contact("t3", 2 * SECOND));
    pipeline.journeys();
    Map<String, Map<String, String>> state = pipeline.state();

    DeadLetter dead = refuse(pipeline, pipeline.bytesOf(Traps.trap("t4", 3 * SECOND)));

    assertThat(dead.header("fermata.reason")).isEqualTo("RULE_FAILED");
    assertThat(dead.header("fermata.detail")).isEqualTo("trapped by t4");
    assertThat(dead.header("__streams.errors.exception"))
        .isEqualTo(IllegalStateException.class.getName());
    assertThat(dead.header("__streams.errors.stacktrace")).contains("Traps");
    assertThat(pipeline.journeys()).isEmpty();
    assertThat(pipeline.state()).isEqualTo(state);
    assertLedgers(pipeline, 3, 2, 0, RULE_FAILED);
  }

  @Test
  void shouldLeaveTheStateAloneWhenARuleFailsInARefold() {
    TestPipeline pipeline =
        open(
            replay()
                .rules(Traps.setIn(rules()))
                .keeper(LateArrivalTest.keeper(Long.MAX_VALUE, 1, 1)));
    pipeline.arrives(promise("t1", 0));
    pipeline.arrives(contact("t3", 2 * SECOND));
    pipeline.arrives(contact("t4", 3 * SECOND));
    pipeline.journeys();
    Map<String, Map<String, String>> state = pipeline.state();

    DeadLetter dead = refuse(pipeline, pipeline.bytesOf(Traps.trap("t2", SECOND)));

    assertThat(dead.header("fermata.reason")).isEqualTo("RULE_FAILED");
    assertThat(pipeline.journeys()).isEmpty();
    assertThat(pipeline.state()).isEqualTo(state);
    assertLedgers(pipeline, 4, 3, 0, RULE_FAILED);
  }

  @Test
  void shouldLeaveTheHistoryAloneWhenARuleFailsAsASnapshotIsDue() {
    TestPipeline pipeline =
        open(replay().rules(Traps.setIn(rules())).keeper(LateArrivalTest.keeper(DAY, 1, 1)));
    pipeline.arrives(contact("t1", 0));
    pipeline.arrives(contact("t3", 2 * DAY));
    Map<String, Map<String, String>> state = pipeline.state();

    pipeline.arrives(Traps.trap("t4", 4 * DAY));
    assertThat(pipeline.state()).isEqualTo(state);

    pipeline.arrives(contact("t2", DAY));
    assertThat(pipeline.journeys())
        .last()
        .satisfies(journey -> assertThat(journey.value().touchpoints()).isEqualTo(3));
    assertLedgers(pipeline, 4, 3, 0, RULE_FAILED);
  }

  @Test
  void shouldBeADeadLetterWhenASchemaIsGoneByTheTimeJourneyReadsIt() {
    TestPipeline pipeline = open(replay());
    byte[] bytes = ByteBuffer.wrap(pipeline.bytesOf(contact("t1", 0))).putInt(1, 4711).array();

    pipeline.arrivesAtJourney(CUSTOMER, bytes);

    DeadLetter dead = pipeline.deadLetters().get(0);
    assertThat(dead.value()).isEqualTo(ByteBuffer.wrap(bytes));
    assertThat(dead.header("fermata.reason")).isEqualTo("UNKNOWN_SCHEMA");
    assertNothingIsKept(pipeline);
    assertThat(pipeline.journeyLedger().count(UNKNOWN_SCHEMA)).isEqualTo(1);
  }

  @Test
  void shouldGoOnWhenATouchpointWasADeadLetter() {
    TestPipeline pipeline = open(replay().rules(Traps.setIn(rules())));
    pipeline.arrives(contact("t1", 0));
    pipeline.arrives(Traps.trap("t2", SECOND));
    pipeline.arrives(null, new byte[] {7}, new RecordHeaders());
    pipeline.arrives(contact("t3", 2 * SECOND));
    pipeline.arrives(contact("t4", 3 * SECOND));

    assertThat(pipeline.alerts())
        .singleElement()
        .satisfies(alert -> assertThat(alert.value().evidence()).containsExactly("t1", "t3", "t4"));
    assertThat(pipeline.deadLetters()).extracting(DeadLetter::key).containsOnlyNulls();
    assertLedgers(pipeline, 5, 3, 0, RULE_FAILED, UNDECODABLE);
  }

  private static void assertNothingIsKept(TestPipeline pipeline) {
    assertThat(pipeline.state())
        .containsKeys("journeys", "history", "timers", "identities")
        .allSatisfy((store, entries) -> assertThat(entries).as(store).isEmpty());
  }

  private static void assertRefused(
      TestPipeline pipeline, byte[] bytes, DeadLetterReason reason, String detail) {
    DeadLetter dead = refuse(pipeline, bytes);
    assertThat(dead.headers())
        .isEqualTo(
            Map.of(
                "trace",
                "abc",
                "fermata.reason",
                reason.name(),
                "fermata.detail",
                detail,
                "__streams.errors.exception",
                "io.fermata." + reason,
                "__streams.errors.message",
                detail,
                "__streams.errors.topic",
                "fermata.touchpoints",
                "__streams.errors.partition",
                "0",
                "__streams.errors.offset",
                "0"));
    assertThat(pipeline.inbox()).isEmpty();
    assertNothingIsKept(pipeline);
    assertLedgers(pipeline, 1, 0, 0, reason);
  }

  /** Sends bytes that become a dead letter with the same bytes, key and headers. */
  private static DeadLetter refuse(TestPipeline pipeline, byte[] bytes) {
    Headers headers = new RecordHeaders().add("trace", "abc".getBytes(StandardCharsets.UTF_8));
    pipeline.arrives(KEY, bytes, headers);
    List<DeadLetter> dead = pipeline.deadLetters();
    assertThat(dead).hasSize(1);
    assertThat(dead.get(0).value()).isEqualTo(bytes == null ? null : ByteBuffer.wrap(bytes));
    assertThat(dead.get(0).key()).isEqualTo(new String(KEY, StandardCharsets.UTF_8));
    assertThat(dead.get(0).header("trace")).isEqualTo("abc");
    return dead.get(0);
  }
}
