package io.fermata.rules.cel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fermata.model.Channel;
import io.fermata.model.Outcome;
import io.fermata.model.Score;
import io.fermata.model.ScoreKind;
import io.fermata.model.Touchpoint;
import io.fermata.rules.Condition;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;

class ExpressionsTest {

  private static final Touchpoint TOUCHPOINT =
      Touchpoint.builder()
          .id("t1")
          .occurredAt(Instant.parse("2026-03-01T22:30:15.123Z").toEpochMilli())
          .identifier("customer", "C-1")
          .type("survey.answered")
          .channel(Channel.SMS)
          .score(new Score(ScoreKind.NPS, 6, 0, 10, null))
          .timeZone("Europe/Warsaw")
          .attributes(Map.of("results", "0"))
          .build();

  private final LongAdder failures = new LongAdder();

  @Test
  void shouldCompareNullOnlyByEquality() {
    assertThat(matches("outcome == null")).isTrue();
    assertThat(matches("outcome != 'RESOLVED'")).isTrue();
    assertThat(failures.sum()).isZero();
    assertThat(matches("waitSeconds >= 300")).isFalse();
    assertThat(matches("waitSeconds < 300")).isFalse();
    assertThat(matches("outcome in ['RESOLVED']")).isFalse();
    assertThat(failures.sum()).isEqualTo(3);
  }

  @Test
  void shouldFailOnAMissingAttributeEvenByInequality() {
    assertThat(matches("attributes.severity != 'HIGH'")).isFalse();
    assertThat(failures.sum()).isEqualTo(1);
    assertThat(matches("has(attributes.severity) && attributes.severity != 'HIGH'")).isFalse();
    assertThat(matches("has(attributes.results) && attributes.results == '0'")).isTrue();
    assertThat(failures.sum()).isEqualTo(1);
  }

  @Test
  void shouldLetFalseAndTrueWinOverFailuresWhateverTheOrder() {
    assertThat(matches("waitSeconds > 1 && type == 'other'")).isFalse();
    assertThat(matches("waitSeconds > 1 || type == 'survey.answered'")).isTrue();
    assertThat(failures.sum()).isZero();
  }

  @Test
  void shouldCompareWholeWithDecimalNumbers() {
    assertThat(matches("score.kind == 'NPS' && score.value <= 6")).isTrue();
    assertThat(matches("6 < score.value")).isFalse();
  }

  @Test
  void shouldAskWhetherAnyFieldIsSet() {
    assertThat(matches("has(score) && has(channel) && has(score.value)")).isTrue();
    assertThat(matches("has(purpose) || has(score.about) || has(waitSeconds)")).isFalse();
    Touchpoint without = TOUCHPOINT.toBuilder().score(null).build();
    assertThat(Expressions.condition("has(score.value)", failures).matches(without)).isFalse();
    assertThat(failures.sum()).isZero();
  }

  @Test
  void shouldReadClocksInTheCustomersTimeZone() {
    assertThat(value("occurredAt.getHours(timeZone)")).isEqualTo(23L);
    assertThat(value("occurredAt.getHours()")).isEqualTo(22L);
    assertThat(value("occurredAt.getMilliseconds()")).isEqualTo(123L);
    assertThat(value("occurredAt.getDayOfWeek('Asia/Tokyo')")).isEqualTo(1L);
    assertThat(value("occurredAt - duration('22h30m15s')"))
        .isEqualTo(Instant.parse("2026-03-01T00:00:00.123Z"));
    assertThat(value("duration('1.5s') - duration('90m')"))
        .isEqualTo(Duration.ofMillis(1_500).minusMinutes(90));
  }

  @Test
  void shouldFailOnOverflowAndDivisionByZero() {
    assertThat(value("9223372036854775807 + size(type)")).isNull();
    assertThat(value("1 / (size(type) - size(type))")).isNull();
    assertThat(failures.sum()).isEqualTo(2);
  }

  @Test
  void shouldLeaveComprehensionsToTheLibrary() {
    assertThat(matches("identifiers.exists(i, i.kind == 'customer' && i.value == 'C-1')")).isTrue();
  }

  @Test
  void shouldRefuseWhatIsNoCondition() {
    assertThatThrownBy(() -> Expressions.condition("topic", failures))
        .isInstanceOf(CelProblemsException.class)
        .hasMessageContaining("expected a condition (bool) but this is string or null");
  }

  @Test
  void shouldNameColumnAndSuggestion() {
    assertThat(Expressions.check("type == 'x' && waitSecond > 1", Expected.CONDITION))
        .containsExactly(
            new CelProblem(1, 16, "unknown name 'waitSecond'; did you mean 'waitSeconds'?"));
    assertThat(Expressions.check("outcome == 'RESOLVD'", Expected.CONDITION))
        .containsExactly(
            new CelProblem(1, 12, "'RESOLVD' is no outcome; did you mean 'RESOLVED'?"));
    assertThat(Expressions.check("score.valu > 1", Expected.CONDITION))
        .extracting(CelProblem::message)
        .containsExactly("unknown field 'valu'; did you mean 'value'?");
    assertThat(Expressions.check("score.value == 6", Expected.CONDITION))
        .extracting(CelProblem::message)
        .first()
        .asString()
        .contains("write 6.0");
  }

  @Test
  void shouldKnowTheTypesAConditionCanMatch() {
    assertThat(types("type == 'a' && waitSeconds > 1")).containsExactly("a");
    assertThat(types("waitSeconds > 1 && 'a' == type")).containsExactly("a");
    assertThat(types("type in ['a', 'b'] || type == 'c'")).containsExactlyInAnyOrder("a", "b", "c");
    assertThat(types("type in ['a', 'b'] && type == 'b'")).containsExactly("b");
    assertThat(types("type == 'a' || direction == 'INBOUND'")).isNull();
    assertThat(types("type != 'a'")).isNull();
    assertThat(types("!(type == 'a')")).isNull();
  }

  @Test
  void shouldReadAnUnknownSymbolAsUnknown() {
    Touchpoint newer = TOUCHPOINT.toBuilder().outcome(Outcome.parse("POSTPONED")).build();
    assertThat(Expressions.condition("outcome == 'UNKNOWN'", failures).matches(newer)).isTrue();
  }

  private boolean matches(String source) {
    Condition condition = Expressions.condition(source, failures);
    return condition.matches(TOUCHPOINT);
  }

  private Object value(String source) {
    return Expressions.expression(source, Expected.VALUE, failures).evaluate(TOUCHPOINT);
  }

  private static Set<String> types(String source) {
    return TypeIndex.typesOf(Expressions.compile(source, Expected.CONDITION).tree().getExpr());
  }
}
