package io.fermata.replay.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import io.fermata.model.Identifier;
import io.fermata.model.Outcome;
import io.fermata.model.Score;
import io.fermata.model.ScoreKind;
import io.fermata.model.Touchpoint;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MappingTest {

  private static final Map<String, Object> ROW = Map.of("id", "1", "at", "2026-03-01T10:00:00Z");

  @Test
  void shouldFillEveryKindOfField() {
    Touchpoint touchpoint =
        mapped(
            """
              waitSeconds: "'300'"
              cost: "12.5"
              sentiment: "'-0.5'"
              dueAt: "timestamp('2026-03-02T00:00:00Z')"
              outcome: "'RESOLVED'"
              topic: "'billing'"
              score: {kind: "'NPS'", value: "9", min: "0", max: "10", about: id}
            attributes: {line: id, empty: "''"}
            """);

    assertThat(touchpoint.id()).isEqualTo("1");
    assertThat(touchpoint.occurredAt())
        .isEqualTo(Instant.parse("2026-03-01T10:00:00Z").toEpochMilli());
    assertThat(touchpoint.waitSeconds()).isEqualTo(300);
    assertThat(touchpoint.cost()).isEqualTo(12.5);
    assertThat(touchpoint.sentiment()).isEqualTo(-0.5);
    assertThat(touchpoint.dueAt()).isEqualTo(Instant.parse("2026-03-02T00:00:00Z").toEpochMilli());
    assertThat(touchpoint.outcome()).isEqualTo(Outcome.RESOLVED);
    assertThat(touchpoint.topic()).isEqualTo("billing");
    assertThat(touchpoint.score()).isEqualTo(new Score(ScoreKind.NPS, 9, 0, 10, "1"));
    assertThat(touchpoint.attributes()).containsExactly(Map.entry("line", "1"));
    assertThat(touchpoint.identifiers()).containsExactly(new Identifier("customer", "1"));
  }

  @Test
  void shouldLeaveAFieldOutWhenItsTextIsEmpty() {
    Touchpoint touchpoint =
        mapped(
            "  topic: \"''\"\n  waitSeconds: \"' '\"\n  outcome: \"''\"\n  score: {kind: \"'NPS'\","
                + " value: \"''\", min: \"0\", max: \"10\"}\n");

    assertThat(touchpoint.topic()).isNull();
    assertThat(touchpoint.waitSeconds()).isNull();
    assertThat(touchpoint.outcome()).isNull();
    assertThat(touchpoint.score()).isNull();
  }

  @Test
  void shouldReadLocalTimesInTheirZone() {
    assertThat(time("time('28.03.2026 12:00', 'dd.MM.yyyy HH:mm', 'Europe/Warsaw')"))
        .isEqualTo("2026-03-28T11:00:00Z");
    assertThat(time("time('29.03.2026 12:00', 'dd.MM.yyyy HH:mm', 'Europe/Warsaw')"))
        .isEqualTo("2026-03-29T10:00:00Z");
    assertThat(time("time('990201', 'yyMMdd', 'UTC')")).isEqualTo("1999-02-01T00:00:00Z");
    assertThat(time("time('690201', 'yyMMdd', 'UTC')")).isEqualTo("2069-02-01T00:00:00Z");
    assertThat(time("time('2026-03-01 10:00 +0100', 'yyyy-MM-dd HH:mm xx')"))
        .isEqualTo("2026-03-01T09:00:00Z");
    assertThat(time("timestamp(1)")).isEqualTo("1970-01-01T00:00:01Z");
    assertThat(time("millis(1000)")).isEqualTo("1970-01-01T00:00:01Z");
    assertThat(time("time('2026-03-01', 'yyyy-MM-dd', 'UTC') + duration('90s')"))
        .isEqualTo("2026-03-01T00:01:30Z");
  }

  @Test
  void shouldKeepTheLocalTimeWhenTheNextDayHasAnotherOffset() {
    String noon = "time('2026-03-28 12:00', 'yyyy-MM-dd HH:mm', 'Europe/Warsaw')";

    assertThat(time("nextDay(" + noon + ", 'Europe/Warsaw')")).isEqualTo("2026-03-29T10:00:00Z");
    assertThat(time("nextDay(" + noon + ", 'UTC')")).isEqualTo("2026-03-29T11:00:00Z");
  }

  @Test
  void shouldReadClocksAsSeconds() {
    assertThat(mapped("  waitSeconds: seconds('1:02:03')\n").waitSeconds()).isEqualTo(3723);
    assertThat(mapped("  waitSeconds: seconds('2:03')\n").waitSeconds()).isEqualTo(123);
  }

  @Test
  void shouldHashText() {
    assertThat(mapped("  topic: hash(id)\n").topic()).isEqualTo("6b86b273ff34fce19d6b804eff5a3f57");
  }

  @Test
  void shouldUseStepsOnce() {
    Touchpoint touchpoint =
        mapped("  topic: b\n  agent: b\nlet: {a: \"id + '-'\", b: \"a + a\"}\n");

    assertThat(touchpoint.topic()).isEqualTo("1-1-");
    assertThat(touchpoint.agent()).isEqualTo("1-1-");
  }

  @Test
  void shouldSkipWhenAConditionHolds() {
    assertThat(map("skip: [\"id == '2'\", \"id == '1'\"]\n", ROW)).isSameAs(MappedRow.SKIPPED);
    assertThat(map("skip: [\"id == '2'\"]\n", ROW)).isInstanceOf(MappedRow.Mapped.class);
  }

  @Test
  void shouldNameEveryReasonOfABadRow() {
    MappedRow row =
        map(
            """
              waitSeconds: "'ten'"
              outcome: "'RESOLVD'"
              topic: "[id][3]"
              dueAt: "time('x', 'yyyy', 'UTC')"
            """,
            ROW);

    assertThat(row).isInstanceOf(MappedRow.Bad.class);
    List<String> problems = ((MappedRow.Bad) row).problems();
    assertThat(problems).hasSize(4);
    assertThat(problems.get(0)).isEqualTo("waitSeconds: 'ten' is no whole number of 32 bits");
    assertThat(problems.get(1))
        .isEqualTo("outcome: 'RESOLVD' is unknown; did you mean 'RESOLVED'?");
    assertThat(problems.get(2)).startsWith("topic: ");
    assertThat(problems.get(3)).isEqualTo("dueAt: 'x' is no time, expected the pattern 'yyyy'");
  }

  @Test
  void shouldNameAFailedStepOnceWhenSeveralFieldsUseIt() {
    MappedRow row = map("  topic: a\n  agent: \"a + 'x'\"\nlet: {a: \"string(int(at))\"}\n", ROW);

    assertThat(((MappedRow.Bad) row).problems()).singleElement().asString().startsWith("let.a: ");
  }

  @Test
  void shouldRefuseWhatIsNoValidTouchpoint() {
    assertThat(map("  sentiment: \"2\"\n", ROW))
        .isEqualTo(new MappedRow.Bad(List.of("sentiment is 2.0, expected -1 .. 1")));
    assertThat(map("", Map.of("id", "1", "at", "")))
        .isEqualTo(new MappedRow.Bad(List.of("occurredAt is missing")));
  }

  @Test
  void shouldReadNestedFieldsOfJson() {
    Map<String, Object> row = new HashMap<>(ROW);
    row.put("call", Map.of("wait", 12L, "tags", List.of("a", "b")));
    Mapping mapping =
        MappingLoader.parse(
            "m.yaml",
            yaml("jsonl", "  waitSeconds: call.wait\n  topic: call.tags[1]\n  agent: nobody\n")
                + "skip: ['has(call.skip)']\n");

    Touchpoint touchpoint = ((MappedRow.Mapped) mapping.map(new Row(row))).touchpoint();
    assertThat(touchpoint.waitSeconds()).isEqualTo(12);
    assertThat(touchpoint.topic()).isEqualTo("b");
    assertThat(touchpoint.agent()).isNull();
  }

  private static String time(String expression) {
    return Instant.ofEpochMilli(mapped("  dueAt: \"" + expression + "\"\n").dueAt()).toString();
  }

  private static Touchpoint mapped(String more) {
    return ((MappedRow.Mapped) map(more, ROW)).touchpoint();
  }

  private static MappedRow map(String more, Map<String, Object> row) {
    return MappingLoader.parse("m.yaml", yaml("csv", more)).map(new Row(row));
  }

  private static String yaml(String format, String more) {
    return "format: "
        + format
        + "\n"
        + """
        constants: {channel: VOICE, direction: INBOUND, type: contact.ended}
        identifiers: [{kind: customer, value: id}, {kind: email, value: id, when: "id == '2'"}]
        fields:
          id: id
          occurredAt: at
        """
        + more;
  }
}
