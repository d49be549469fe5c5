package io.fermata.codec.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fermata.codec.RandomRecords;
import io.fermata.model.Channel;
import io.fermata.model.DeadLetterReason;
import io.fermata.model.Direction;
import io.fermata.model.Identifier;
import io.fermata.model.Score;
import io.fermata.model.ScoreKind;
import io.fermata.model.Touchpoint;
import io.fermata.model.TouchpointValidator;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TouchpointJsonTest {

  private static final String LEAST =
      "\"id\":\"t1\",\"occurredAt\":\"2026-03-01T10:15:30.000Z\","
          + "\"identifiers\":[{\"kind\":\"customer\",\"value\":\"C-17\"}],"
          + "\"channel\":\"VOICE\",\"direction\":\"INBOUND\",\"type\":\"contact.ended\"";

  @Test
  void shouldWriteFieldsInContractOrderAndLeaveOutAbsentOnes() {
    Touchpoint touchpoint =
        Touchpoint.builder()
            .id("t1")
            .occurredAt(Instant.parse("2026-03-01T10:15:30Z").toEpochMilli())
            .identifier("customer", "C-17")
            .channel(Channel.VOICE)
            .direction(Direction.INBOUND)
            .type("contact.ended")
            .waitSeconds(600)
            .score(new Score(ScoreKind.NPS, 9, 0, 10, null))
            .cost(2.5)
            .attributes(Map.of("b", "ł", "a", "\"quoted\""))
            .build();

    assertThat(TouchpointJson.write(touchpoint))
        .isEqualTo(
            "{"
                + LEAST
                + ",\"waitSeconds\":600,\"score\":{\"kind\":\"NPS\",\"value\":9,\"min\":0,\"max\":10},"
                + "\"cost\":2.5,\"attributes\":{\"a\":\"\\\"quoted\\\"\",\"b\":\"ł\"}}");
  }

  @Test
  void shouldReadBackWhatItWrote() throws Exception {
    long seed = 20260301;
    Random random = new Random(seed);
    for (int i = 0; i < 2_000; i++) {
      Touchpoint touchpoint = RandomRecords.touchpoint(random);
      if (!TouchpointValidator.problems(touchpoint).isEmpty()) {
        continue;
      }
      String line = TouchpointJson.write(touchpoint);
      assertThat(TouchpointJson.read(line)).as("seed %d, record %d", seed, i).isEqualTo(touchpoint);
    }
  }

  @Test
  void shouldTakeOffsetsUnknownSymbolsAndUnknownFieldsWhenReading() throws Exception {
    Touchpoint touchpoint =
        TouchpointJson.read(
            "{\"id\":\"t1\",\"occurredAt\":\"2026-03-01T11:15:30+01:00\",\"novelty\":{\"deep\":[1]},"
                + "\"identifiers\":[{\"kind\":\"cookie\",\"value\":\"ab3\",\"since\":1}],"
                + "\"channel\":\"HOLOGRAM\",\"direction\":\"SELF\",\"type\":\"page.viewed\","
                + "\"purpose\":null,\"transfers\":2.0,\"attributes\":{\"a\":null,\"b\":\"1\"}}");

    assertThat(touchpoint.occurredAt())
        .isEqualTo(Instant.parse("2026-03-01T10:15:30Z").toEpochMilli());
    assertThat(touchpoint.identifiers()).containsExactly(new Identifier("cookie", "ab3"));
    assertThat(touchpoint.channel()).isEqualTo(Channel.UNKNOWN);
    assertThat(touchpoint.purpose()).isNull();
    assertThat(touchpoint.transfers()).isEqualTo(2);
    assertThat(touchpoint.attributes()).containsExactly(Map.entry("b", "1"));
  }

  @Test
  void shouldListEveryReasonInFieldOrderWhenInvalid() {
    MalformedTouchpointException refused =
        refusal(
            "{\"sentiment\":2,\"type\":5,\"channel\":\"VOICE\",\"dueAt\":\"soon\",\"waitSeconds\":1.5,"
                + "\"identifiers\":[{\"kind\":\"email\"}],\"score\":{\"kind\":\"NPS\",\"value\":\"9\"},"
                + "\"attributes\":{\"k\":true}}");

    assertThat(refused.code()).isEqualTo(DeadLetterReason.INVALID);
    assertThat(refused.reasons())
        .containsExactly(
            "id is missing",
            "occurredAt is missing",
            "identifiers[0].value is missing",
            "direction is missing",
            "type is a number, expected text",
            "waitSeconds is 1.5, expected a whole number up to 2147483647",
            "sentiment is 2.0, expected -1 .. 1",
            "dueAt is 'soon', expected an ISO-8601 time with an offset such as"
                + " 2026-03-01T10:15:30.000Z",
            "score.value is text, expected a number",
            "attributes.k is a boolean, expected text");
  }

  @Test
  void shouldSayUndecodableWhenTheLineIsNoJson() {
    for (String line : List.of("", "   ", "{", "{\"id\":}", "nonsense", "{} {}")) {
      assertThat(refusal(line).code()).as(line).isEqualTo(DeadLetterReason.UNDECODABLE);
    }
  }

  @Test
  void shouldSayInvalidWhenTheLineIsJsonButNoTouchpoint() {
    assertThat(refusal("[1,2]").reasons())
        .containsExactly("the line is an array, expected an object");
    assertThat(refusal("null").code()).isEqualTo(DeadLetterReason.INVALID);
    assertThat(refusal("{" + LEAST.replace("t1", "\\ud800") + "}").reasons())
        .containsExactly("id holds half of a surrogate pair, expected Unicode text");
  }

  @Test
  void shouldNotMistakeImpossibleTimes() {
    for (String time :
        List.of("2026-02-30T10:15:30.000Z", "2026-02-03T24:00:00.000Z", "2026-02-03T10:15:30")) {
      assertThat(refusal("{" + LEAST.replace("2026-03-01T10:15:30.000Z", time) + "}").reasons())
          .as(time)
          .singleElement()
          .asString()
          .startsWith("occurredAt is '" + time + "'");
    }
  }

  private static MalformedTouchpointException refusal(String line) {
    return catchThrowableOfType(
        MalformedTouchpointException.class, () -> TouchpointJson.read(line));
  }
}
