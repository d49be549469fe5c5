package io.fermata.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class TouchpointValidatorTest {

  private static final long AT = Instant.parse("2026-03-01T10:00:00Z").toEpochMilli();

  @Test
  void shouldAcceptAnIdAndTimesAtTheVeryEdge() {
    long first = Instant.parse("0001-01-01T00:00:00Z").toEpochMilli();
    long last = Instant.parse("9999-12-31T23:59:59.999Z").toEpochMilli();

    assertThat(problems("x".repeat(1024), first, last)).isEmpty();
    assertThat(problems("x", last, first)).isEmpty();
  }

  @Test
  void shouldRefuseAnIdThatFiftyTimesWouldNotFitIntoAnAlert() {
    assertThat(problems("x".repeat(1025), AT, null))
        .containsExactly("id has 1025 characters, expected at most 1024");
  }

  @Test
  void shouldRefuseTimesWithoutADateOfFourDigits() {
    assertThat(problems("x", Long.MAX_VALUE, Long.MIN_VALUE))
        .containsExactly(
            "occurredAt is 9223372036854775807 ms from 1970, expected a time in the years 0001 to"
                + " 9999",
            "dueAt is -9223372036854775808 ms from 1970, expected a time in the years 0001 to"
                + " 9999");
  }

  @Test
  void shouldListEveryReasonInTheOrderOfTheFields() {
    Touchpoint touchpoint =
        Touchpoint.builder()
            .id(" ")
            .occurredAt(AT)
            .identifiers(
                List.of(new Identifier("customer", "C-1"), new Identifier("customer", "C-2")))
            .direction(Direction.INBOUND)
            .type("call.ended")
            .waitSeconds(-1)
            .sentiment(Double.NaN)
            .build();

    assertThat(TouchpointValidator.problems(touchpoint))
        .containsExactly(
            "id is blank",
            "identifiers names two customers",
            "channel is missing",
            "waitSeconds is -1, expected 0 or more",
            "sentiment is NaN, expected -1 .. 1");
  }

  private static List<String> problems(String id, long at, Long dueAt) {
    return TouchpointValidator.problems(
        Touchpoint.builder()
            .id(id)
            .occurredAt(at)
            .dueAt(dueAt)
            .identifier("customer", "C-1")
            .channel(Channel.VOICE)
            .direction(Direction.INBOUND)
            .type("call.ended")
            .build());
  }
}
