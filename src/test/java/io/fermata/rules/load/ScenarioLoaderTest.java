package io.fermata.rules.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fermata.model.Channel;
import io.fermata.model.Direction;
import io.fermata.model.Touchpoint;
import io.fermata.rules.RuleSet;
import io.fermata.rules.Scenario;
import io.fermata.rules.ScenarioRunner;
import io.fermata.rules.cel.RuleCompiler;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScenarioLoaderTest {

  private static final String SCENARIO =
      """
      - name: a name
        rule: a-rule
        given:
          - {at: PT0H, type: x, topic: cart, dueAt: PT2H}
          - {at: PT1H, like: 0, channel: SMS}
        expect:
          - {at: PT1H, evidence: [0, 1]}
      """;

  @Test
  void shouldFillInDefaultsAndCopyEarlierTouchpoints() {
    Scenario scenario = ScenarioLoader.parse("s.yaml", SCENARIO).get(0);
    long base = ScenarioLoader.BASE.toEpochMilli();
    Touchpoint first = scenario.given().get(0);
    assertThat(first.id()).isEqualTo("t000");
    assertThat(first.channel()).isEqualTo(Channel.OTHER);
    assertThat(first.direction()).isEqualTo(Direction.INBOUND);
    assertThat(first.dueAt()).isEqualTo(base + 7_200_000);
    assertThat(scenario.given().get(1))
        .isEqualTo(
            first.toBuilder().id("t001").occurredAt(base + 3_600_000).channel(Channel.SMS).build());
    assertThat(scenario.clock()).isEqualTo(base + 3_600_000);
    assertThat(scenario.expect().get(0).evidence()).containsExactly("t000", "t001");
  }

  @Test
  void shouldRefuseUnknownKeysAndBadReferences() {
    String wrong =
        SCENARIO.replace("topic:", "topik:").replace("like: 0", "like: 1").replace("[0, 1]", "[7]");
    assertThatThrownBy(() -> ScenarioLoader.parse("s.yaml", wrong))
        .isInstanceOf(RuleProblemsException.class)
        .hasMessageContaining("s.yaml:4:27: unknown key 'topik'")
        .hasMessageContaining("did you mean 'topic'?")
        .hasMessageContaining("'like' names an earlier touchpoint")
        .hasMessageContaining("'evidence' names given touchpoints");
  }

  @Test
  void shouldKnowAScenarioAtTheEdgeAndRefuseWhatIsNeitherTrueNorFalse() {
    String edge =
        """
        - name: n
          rule: r
          edge: %s
          given: [{at: PT0H, type: x}]
          expect: []
        """;
    assertThat(ScenarioLoader.parse("s.yaml", edge.formatted("true")).get(0).edge()).isTrue();
    assertThat(ScenarioLoader.parse("s.yaml", edge.formatted("false")).get(0).edge()).isFalse();
    assertThatThrownBy(() -> ScenarioLoader.parse("s.yaml", edge.formatted("maybe")))
        .hasMessageContaining("s.yaml:3:9: expected true or false for 'edge', found 'maybe'");
  }

  @Test
  void shouldRefuseAClockBeforeTheLastTouchpointAndInvalidTouchpoints() {
    assertThatThrownBy(
            () ->
                ScenarioLoader.parse(
                    "s.yaml", SCENARIO.replace("  expect", "  ends: PT0H\n  expect")))
        .hasMessageContaining("before the last touchpoint");
    assertThatThrownBy(
            () -> ScenarioLoader.parse("s.yaml", SCENARIO.replace("topic: cart", "sentiment: 3")))
        .hasMessageContaining("not a valid touchpoint");
  }

  @Test
  void shouldReportWhatDiffers() {
    RuleSet rules =
        RuleCompiler.compile(
            RuleLoader.parse(
                "r.yaml",
                """
                rules:
                  - id: a-rule
                    title: {en: A}
                    pillar: EMPATHY
                    severity: HIGH
                    single: {where: "type == 'x'"}
                """));
    ScenarioRunner runner = new ScenarioRunner(rules, (set, customer, sorted, clock) -> List.of());
    Scenario scenario = ScenarioLoader.parse("s.yaml", SCENARIO).get(0);
    assertThat(runner.run(scenario).differences())
        .containsExactly("alert 1: expected one at PT1H, found none");
    Scenario ofNoRule =
        ScenarioLoader.parse("s.yaml", SCENARIO.replace("a-rule", "another")).get(0);
    assertThat(runner.run(ofNoRule).differences()).containsExactly("there is no rule 'another'");
  }
}
