package io.fermata.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class RulesCommandTest {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir private Path folder;

  @Test
  void shouldPassAllScenariosThatShip() {
    assertThat(run("test")).as(out.toString()).isZero();
    assertThat(out.toString())
        .doesNotContain("FAIL", "no scenario", "no near miss")
        .contains(" 0 failed");
  }

  @Test
  void shouldNameAFailingScenarioAndARuleWithoutOne() throws IOException {
    Path scenarios = folder.resolve("scenarios.yaml");
    Files.writeString(
        scenarios,
        """
        - name: a wait too short
          rule: long-wait
          given:
            - {at: PT0H, type: contact.ended, waitSeconds: 299}
          expect:
            - {at: PT0H, measure: 299}
        """);
    assertThat(run("test", "--scenarios", scenarios.toString())).isEqualTo(1);
    assertThat(out.toString())
        .contains("FAIL  long-wait: a wait too short")
        .contains(scenarios + ":1")
        .contains("alert 1: expected one at PT0S, found none")
        .contains("no scenario for rule patience")
        .contains("no near miss for rule long-wait")
        .contains("no scenario at the edge for rule long-wait")
        .contains("1 scenarios, 0 passed, 1 failed");
  }

  @Test
  void shouldCheckTheRulesThatShip() {
    assertThat(run("check")).isZero();
    assertThat(out.toString()).contains("48 rules");
  }

  @Test
  void shouldEndWithStatusTwoAndThePlaceWhenARuleIsWrong() throws IOException {
    Path wrong = folder.resolve("wrong.yaml");
    Files.writeString(wrong, "rules:\n  - {id: a, titel: x}\n");
    assertThat(run("check", "--rules", wrong.toString())).isEqualTo(2);
    assertThat(err.toString()).contains(wrong + ":2:13: unknown key 'titel'").contains("problems");
  }

  @Test
  void shouldEndWithStatusTwoWithoutASubcommand() {
    assertThat(run()).isEqualTo(2);
    assertThat(err.toString()).contains("Missing required subcommand");
  }

  @Test
  void shouldListRulesAsTableAndAsJson() throws IOException {
    assertThat(run("list")).isZero();
    assertThat(out.toString().lines().findFirst().orElseThrow())
        .matches("id +theme +kind +pillar +severity +polarity +version +title");
    out.getBuffer().setLength(0);
    assertThat(run("list", "--json")).isZero();
    JsonNode rows = new ObjectMapper().readTree(out.toString());
    assertThat(rows).hasSize(48);
    assertThat(rows.get(0).fieldNames())
        .toIterable()
        .containsExactly(
            "id", "theme", "kind", "pillar", "severity", "polarity", "version", "title");
  }

  private int run(String... arguments) {
    return new CommandLine(new RulesCommand())
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }
}
