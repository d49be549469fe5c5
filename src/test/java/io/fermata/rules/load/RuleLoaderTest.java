package io.fermata.rules.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fermata.model.Polarity;
import io.fermata.model.Severity;
import io.fermata.rules.CalendarUnit;
import io.fermata.rules.CountWindow;
import io.fermata.rules.Rule;
import io.fermata.rules.RuleKind;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RuleLoaderTest {

  private static final String HEAD =
      """
      rules:
        - id: a-rule
          title: {en: A rule, pl: Reguła}
          pillar: EMPATHY
          severity: HIGH
      """;

  private static final String SINGLE = HEAD + "    single: {where: \"type == 'x'\"}\n";

  @Test
  void shouldFillInDefaults() {
    Rule rule = one(SINGLE);
    assertThat(rule.polarity()).isEqualTo(Polarity.BAD);
    assertThat(rule.theme()).isEqualTo("effort");
    assertThat(rule.advice()).isEmpty();
    assertThat(rule.quietForMillis()).isNull();
    assertThat(rule.pause()).isNull();
    assertThat(rule.onExperiences()).isFalse();
    assertThat(rule.kind()).isEqualTo(new RuleKind.Single("type == 'x'", null));
  }

  @Test
  void shouldReadEverythingThatARuleCanSay() {
    Rule rule =
        one(
            """
            theme: promises
            rules:
              - id: a-rule
                title: {en: A rule, pl: Reguła}
                advice: {en: Do, pl: Zrób}
                pillar: EMPATHY
                polarity: GOOD
                levels: {MEDIUM: 1, CRITICAL: 2.5}
                quietFor: P1D
                pause: {for: PT24H, purposes: [SERVICE, MARKETING], channels: [SMS]}
                area: BILLING
                channel: POST
                on: experiences
                attributes: {fixed: yes please, chanceOfLeaving: {1: "0.44", 2: 0.88}}
                streak: {where: "type == 'x'", brokenBy: "type == 'y'", atLeast: 3, per: [topic, "attributes.k"], raiseOn: break}
            """);
    assertThat(rule.theme()).isEqualTo("promises");
    assertThat(rule.polarity()).isEqualTo(Polarity.GOOD);
    assertThat(rule.severity()).isNull();
    assertThat(rule.levels()).isEqualTo(Map.of(Severity.MEDIUM, 1.0, Severity.CRITICAL, 2.5));
    assertThat(rule.quietForMillis()).isEqualTo(86_400_000L);
    assertThat(rule.pause())
        .isEqualTo(
            new Rule.Pause(86_400_000L, List.of("MARKETING", "SERVICE"), List.of("SMS"), false));
    assertThat(rule.onExperiences()).isTrue();
    assertThat(rule.attributes().get("fixed"))
        .isEqualTo(Map.of(Double.NEGATIVE_INFINITY, "yes please"));
    assertThat(rule.attributes().get("chanceOfLeaving"))
        .isEqualTo(Map.of(1.0, "0.44", 2.0, "0.88"));
    assertThat(rule.kind())
        .isEqualTo(
            new RuleKind.Streak(
                "type == 'x'", "type == 'y'", 3, List.of("topic", "attributes.k"), true));
  }

  @Test
  void shouldGiveOneVersionToOneContentAndAnotherToAnyChange() {
    String count = "    count: {where: \"type == 'x'\", atLeast: 2, within: P7D}\n";
    String same =
        """
        rules:
          - severity: HIGH
            polarity: BAD
            count:
              within: PT168H
              atLeast: 2
              where: "type == 'x'"
              per: []
            pillar: EMPATHY
            title: {pl: Reguła, en: A rule}
            id: a-rule
        """;
    String version = one(HEAD + count).version();
    assertThat(version).matches("[0-9a-f]{12}");
    assertThat(one(same).version()).isEqualTo(version);
    assertThat(one(HEAD + count.replace("P7D", "P8D")).version()).isNotEqualTo(version);
    assertThat(one((HEAD + count).replace("A rule", "A Rule")).version()).isNotEqualTo(version);
  }

  @Test
  void shouldWriteCanonicalJson() {
    assertThat(CanonicalJson.of(one(SINGLE)))
        .isEqualTo(
            "{\"id\":\"a-rule\",\"pillar\":\"EMPATHY\",\"severity\":\"HIGH\","
                + "\"single\":{\"where\":\"type == 'x'\"},"
                + "\"title\":{\"en\":\"A rule\",\"pl\":\"Reguła\"}}");
  }

  @Test
  void shouldNameEveryProblemWithItsPlace() {
    String wrong =
        """
        rules:
          - id: a-rule
            titel: {en: A rule}
            title: {en: A rule}
            pillar: EMPATY
            severity: HIGH
            levels: {MEDIUM: 1}
            quietFor: 1 day
            count: {where: "waitSecond > 1", atLeast: 0, within: P1D}
        """;
    assertThat(problems(wrong))
        .containsExactly(
            "effort.yaml:3:5: unknown key 'titel' in a rule; did you mean 'title'?",
            "effort.yaml:5:13: 'EMPATY' is no pillar; did you mean 'EMPATHY'?",
            "effort.yaml:6:5: expected no higher severity below the levels than their lowest, MEDIUM,"
                + " found HIGH",
            "effort.yaml:8:15: expected a positive ISO-8601 duration such as PT30M or P7D for"
                + " 'quietFor', found '1 day'",
            "effort.yaml:9:21: 'where': unknown name 'waitSecond'; did you mean 'waitSeconds'?"
                + " (column 1 of the expression)",
            "effort.yaml:9:47: expected a whole number of at least 1 for 'atLeast', found '0'");
  }

  @Test
  void shouldReadACalendarWindowAndGiveItAVersionOfItsOwn() {
    String count = "    count: {where: \"true\", atLeast: 2, within: %s}\n";
    Rule day = one(HEAD + count.formatted("{calendar: day, zone: customer}"));
    Rule week = one(HEAD + count.formatted("{zone: Europe/Warsaw, calendar: week}"));

    assertThat(((RuleKind.Count) day.kind()).within())
        .isEqualTo(new CountWindow.Calendar(CalendarUnit.DAY, "customer"));
    assertThat(((RuleKind.Count) week.kind()).within())
        .isEqualTo(new CountWindow.Calendar(CalendarUnit.WEEK, "Europe/Warsaw"));
    assertThat(CanonicalJson.of(week))
        .contains("\"within\":{\"calendar\":\"week\",\"zone\":\"Europe/Warsaw\"}");
    assertThat(day.version()).isNotEqualTo(one(HEAD + count.formatted("P1D")).version());
  }

  @Test
  void shouldNameWhatIsWrongWithACalendarWindow() {
    String count = "    count: {where: \"true\", atLeast: 2, within: %s}\n";
    assertThat(problems(HEAD + count.formatted("{calendar: days, zone: Europe/Warsawa}")))
        .containsExactly(
            "effort.yaml:6:59: 'days' is no calendar; did you mean 'day'?",
            "effort.yaml:6:71: expected 'customer' or an IANA time zone such as Europe/Warsaw for"
                + " 'zone', found 'Europe/Warsawa'");
    assertThat(problems(HEAD + count.formatted("{calendar: day}")))
        .containsExactly("effort.yaml:6:48: 'within' needs 'zone'");
    assertThat(problems(HEAD + count.formatted("day")))
        .singleElement()
        .asString()
        .contains("found 'day'");
    assertThat(
            problems(
                HEAD
                    + "    on: experiences\n"
                    + count.formatted("{calendar: day, zone: customer}")))
        .containsExactly(
            "effort.yaml:7:70: experiences have no time zone of their own: expected an IANA time"
                + " zone such as Europe/Warsaw for 'zone', found 'customer'");
  }

  @Test
  void shouldWantExactlyOneKind() {
    assertThat(problems(HEAD))
        .containsExactly(
            "effort.yaml:2:5: a rule needs exactly one of single, count, streak, sequence,"
                + " absence; found none");
    assertThat(problems(SINGLE + "    count: {where: \"type == 'x'\", atLeast: 1, within: P1D}\n"))
        .singleElement()
        .asString()
        .endsWith("found single and count");
  }

  @Test
  void shouldWantExactlyOneDeadlineOfATypeThatIsATime() {
    assertThat(
            problems(
                HEAD
                    + "    absence: {after: \"true\", expect: \"false\", by: waitSeconds, within: P1D}\n"))
        .hasSize(2)
        .anyMatch(p -> p.contains("exactly one of 'within' and 'by'"))
        .anyMatch(p -> p.contains("expected a time (timestamp) but this is int or null"));
  }

  @Test
  void shouldTakeTheOwnSeverityBelowAllLevels() {
    Rule rule =
        RuleLoader.parse("effort.yaml", SINGLE + "    levels: {HIGH: 600, CRITICAL: 1200}\n")
            .get(0);

    assertThat(rule.severityOf(599)).isEqualTo(rule.severity());
    assertThat(rule.severityOf(600)).isEqualTo(Severity.HIGH);
    assertThat(rule.severityOf(1200)).isEqualTo(Severity.CRITICAL);
    assertThat(rule.severities()).containsExactlyInAnyOrder(Severity.HIGH, Severity.CRITICAL);
  }

  @Test
  void shouldTellOfTheSameIdWhenTheSecondRuleIsWrongInOtherWays() {
    String second = SINGLE.substring("rules:\n".length()).replace("EMPATHY", "EMPATY");
    assertThat(second).contains("EMPATY");

    assertThat(problems(SINGLE + second)).hasSize(2).anyMatch(p -> p.contains("is taken already"));
  }

  @Test
  void shouldRefuseTwoRulesOfOneId() {
    assertThat(problems(SINGLE + SINGLE.substring("rules:\n".length())))
        .containsExactly("effort.yaml:7:5: the id 'a-rule' is taken already, at effort.yaml:2:5");
  }

  @Test
  void shouldReadASequenceWithADeadlineOfItsFirstAndWithSeveralConditions() {
    Rule by =
        one(HEAD + "    sequence: {first: \"type == 'a'\", then: \"type == 'b'\", by: dueAt}\n");
    assertThat(by.kind())
        .isEqualTo(
            new RuleKind.Sequence(
                "type == 'a'", List.of("type == 'b'"), null, "dueAt", List.of(), null));
    Rule all =
        one(
            HEAD
                + "    sequence: {first: \"type == 'a'\", then: [\"type == 'b'\", \"type == 'c'\"], within: PT1H}\n");
    assertThat(all.kind())
        .isEqualTo(
            new RuleKind.Sequence(
                "type == 'a'",
                List.of("type == 'b'", "type == 'c'"),
                3_600_000L,
                null,
                List.of(),
                null));
    assertThat(CanonicalJson.of(by)).contains("\"by\":\"dueAt\"", "\"then\":\"type == 'b'\"");
    assertThat(CanonicalJson.of(all)).contains("\"then\":[\"type == 'b'\",\"type == 'c'\"]");
  }

  @Test
  void shouldRefuseASequenceWithTwoDeadlinesOrAListThatIsNone() {
    assertThat(
            problems(
                HEAD
                    + "    sequence: {first: \"true\", then: [\"true\"], within: P1D, by: dueAt}\n"))
        .containsExactly(
            "effort.yaml:6:37: expected one condition for 'then', or a list of 2 to 8 that must all"
                + " be met, found a list of 1",
            "effort.yaml:6:60: 'sequence' needs exactly one of 'within' and 'by'");
    assertThat(problems(HEAD + "    sequence: {first: \"true\", within: P1D}\n"))
        .containsExactly("effort.yaml:6:15: 'sequence' needs 'then'");
  }

  @Test
  void shouldReadAPauseOfTheChannelThatWasFlooded() {
    Rule rule = one(SINGLE + "    pause: {for: P2D, purposes: [MARKETING], channels: same}\n");
    assertThat(rule.pause())
        .isEqualTo(new Rule.Pause(172_800_000L, List.of("MARKETING"), List.of(), true));
    assertThat(CanonicalJson.of(rule)).contains("\"channels\":\"same\"");
  }

  @Test
  void shouldRefuseBrokenYamlRepeatedKeysAndAliases() {
    assertThat(problems("rules: [")).singleElement().asString().contains("not valid YAML");
    assertThat(problems("theme: a\ntheme: b\nrules: []\n"))
        .containsExactly("effort.yaml:2:1: 'theme' is given twice");
    assertThat(problems("theme: &a x\nrules: *a\n")).anyMatch(p -> p.contains("aliases"));
    assertThat(problems("")).containsExactly("effort.yaml: the file is empty");
  }

  @Test
  void shouldNameAMissingFile() {
    RuleProblemsException thrown =
        catchThrowableOfType(
            RuleProblemsException.class, () -> RuleLoader.load(Path.of("no-such-folder")));
    assertThat(thrown).hasMessage("no-such-folder: there is no such file");
  }

  private static Rule one(String yaml) {
    List<Rule> rules = RuleLoader.parse("effort.yaml", yaml);
    assertThat(rules).hasSize(1);
    return rules.get(0);
  }

  private static List<String> problems(String yaml) {
    RuleProblemsException thrown =
        catchThrowableOfType(
            RuleProblemsException.class, () -> RuleLoader.parse("effort.yaml", yaml));
    assertThat(thrown).as("problems in %s", yaml).isNotNull();
    return thrown.problems().stream().map(Problem::toString).toList();
  }
}
