package io.fermata.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.fermata.codec.InboxRecord;
import io.fermata.model.Identifier;
import io.fermata.model.Touchpoint;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;

/** What the Route room sends on. */
class RoutingTest extends PipelineTest {

  private static final Touchpoint KNOWN_VISITOR =
      touchpoint("t1", "session.started", 0)
          .identifiers(
              List.of(
                  new Identifier("cookie", "ab3"),
                  new Identifier("email", "anna@example.org"),
                  new Identifier("customer", "C-17"),
                  new Identifier("tattoo", "rose")))
          .build();

  @Test
  void shouldKeyByTheStrongestIdentifierWhenThereAreSeveral() {
    TestPipeline pipeline = open(replay());

    pipeline.arrives(KNOWN_VISITOR);

    assertThat(keyOf(pipeline.inbox().get(0))).isEqualTo("customer:C-17");
    assertThat(pipeline.journeys())
        .singleElement()
        .satisfies(journey -> assertThat(journey.value().customer()).isEqualTo("customer:C-17"));
    assertThat(pipeline.customers()).containsExactly("customer:C-17");
    assertLedgers(pipeline, 1, 1, 0);
  }

  @Test
  void shouldFollowTheConfiguredOrderWhenItIsAnother() {
    TestPipeline pipeline = open(replay().route(List.of("tattoo", "email", "customer"), 1000));

    pipeline.arrives(KNOWN_VISITOR);

    assertThat(keyOf(pipeline.inbox().get(0))).isEqualTo("tattoo:rose");
    assertThat(pipeline.customers()).containsExactly("tattoo:rose");
    assertLedgers(pipeline, 1, 1, 0);
  }

  @Test
  void shouldTakeTheFirstListedWhenNoKindIsKnown() {
    TestPipeline pipeline = open(replay());

    pipeline.arrives(
        KNOWN_VISITOR.toBuilder()
            .identifiers(List.of(new Identifier("b", "2"), new Identifier("a", "1")))
            .build());

    assertThat(pipeline.customers()).containsExactly("b:2");
    assertLedgers(pipeline, 1, 1, 0);
  }

  @Test
  void shouldPassBytesAndHeadersUnchangedWhenATouchpointIsRouted() {
    TestPipeline pipeline = open(replay());
    byte[] bytes = pipeline.bytesOf(KNOWN_VISITOR);
    Headers headers = new RecordHeaders().add("trace", "abc".getBytes(StandardCharsets.UTF_8));

    pipeline.arrives("anything".getBytes(StandardCharsets.UTF_8), bytes, headers);

    TestRecord<byte[], byte[]> routed = pipeline.inbox().get(0);
    InboxRecord.Arrival arrival =
        (InboxRecord.Arrival)
            replay().codecs().inbox().deserialize(TestPipeline.TOPICS.inbox(), routed.value());
    assertThat(
            Arrays.copyOfRange(
                arrival.array(), arrival.offset(), arrival.offset() + arrival.length()))
        .isEqualTo(bytes);
    assertThat(routed.headers().lastHeader("trace").value()).asString().isEqualTo("abc");
    assertThat(routed.timestamp()).isEqualTo(START);
    assertLedgers(pipeline, 1, 1, 0);
  }

  @Test
  void shouldKeepCustomersApartWhenTheyShareAPartition() {
    TestPipeline pipeline = open(replay());

    pipeline.arrives(contact("t1", 0));
    pipeline.arrives(contact("t2", 1));
    pipeline.arrives(contact("t1", 2).toBuilder().identifier("customer", "C-2").build());
    pipeline.arrives(contact("t2", 3).toBuilder().identifier("customer", "C-1 ").build());

    assertThat(pipeline.alerts()).isEmpty();
    assertThat(pipeline.customers())
        .containsExactlyInAnyOrder(CUSTOMER, "customer:C-2", "customer:C-1 ");
    assertLedgers(pipeline, 4, 4, 0);
  }

  @Test
  void shouldFoldATouchpointWhenItIsFromBeforeTheEpoch() {
    TestPipeline pipeline = open(replay());

    pipeline.arrives(contact("moon", 0).toBuilder().occurredAt(-14_182_980_000L).build());

    assertThat(pipeline.journeys())
        .singleElement()
        .satisfies(journey -> assertThat(journey.value().openedAt()).isEqualTo(-14_182_980_000L));
    assertThat(pipeline.customers()).containsExactly(CUSTOMER);
    assertLedgers(pipeline, 1, 1, 0);
  }

  private static String keyOf(TestRecord<byte[], byte[]> record) {
    return new String(record.key(), StandardCharsets.UTF_8);
  }
}
