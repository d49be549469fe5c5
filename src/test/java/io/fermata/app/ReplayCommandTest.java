package io.fermata.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ReplayCommandTest {

  private static final String RULE =
      """
      rules:
        - id: long-wait
          title: {en: Long wait, pl: Długie oczekiwanie}
          pillar: TIME_AND_EFFORT
          levels: {MEDIUM: 300, HIGH: 600}
          single:
            where: "type == 'contact.ended' && waitSeconds >= 300"
            measure: waitSeconds
      """;

  private static final String MAPPING =
      """
      format: csv
      constants: {channel: VOICE, direction: INBOUND, type: contact.ended}
      fields: {id: id, occurredAt: at, waitSeconds: wait}
      identifiers: [{kind: customer, value: who}]
      skip: ["who == 'test'"]
      """;

  private static final String CALLS =
      """
      id,at,wait,who
      1,2026-03-01T10:00:00Z,300,ann
      2,2026-03-01T11:00:00Z,600,ann
      3,2026-03-01T12:00:00Z,299,bob
      3,2026-03-01T12:00:00Z,299,bob
      4,2026-03-01T12:00:00Z,many,bob
      5,2026-03-01T12:00:00Z,900,test
      """;

  @TempDir private Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void writeInput() throws IOException {
    Files.writeString(folder.resolve("calls.csv"), CALLS);
    Files.writeString(folder.resolve("mapping.yaml"), MAPPING);
    Files.writeString(folder.resolve("rules.yaml"), RULE);
  }

  @Test
  void shouldWriteViewsAndCountEveryRow() throws Exception {
    assertThat(replay("a")).as(err.toString()).isZero();

    JsonNode summary = new ObjectMapper().readTree(folder.resolve("a/summary.json").toFile());
    assertThat(summary.path("input").asInt()).isEqualTo(6);
    assertThat(summary.path("skipped").asInt()).isEqualTo(1);
    assertThat(summary.path("touchpoints").asInt()).isEqualTo(4);
    assertThat(summary.path("folded").asInt()).isEqualTo(3);
    assertThat(summary.path("duplicates").asInt()).isEqualTo(1);
    assertThat(summary.path("deadLetters").toString()).isEqualTo("{\"INVALID\":1}");
    assertThat(summary.path("customers").asInt()).isEqualTo(2);
    assertThat(summary.path("rules").toString())
        .isEqualTo(
            "{\"long-wait\":{\"total\":2,\"severity\":{\"MEDIUM\":1,\"HIGH\":1},"
                + "\"status\":{\"RAISED\":2}}}");
    assertThat(summary.path("speed").fieldNames()).toIterable().contains("cpuSeconds");
    assertThat(Files.readAllLines(folder.resolve("a/alerts.jsonl"))).hasSize(2).isSorted();
    assertThat(Files.readString(folder.resolve("a/dead-letters.jsonl")))
        .contains("\"file\":\"" + folder.resolve("calls.csv") + "\",\"line\":6")
        .contains("waitSeconds: 'many' is no whole number");
    assertThat(out.toString()).startsWith("6 rows: 3 touchpoints folded");
  }

  @Test
  void shouldFindNoDifferenceWhenTheInputIsShuffled() throws Exception {
    replay("a");
    List<String> lines = CALLS.lines().toList();
    Files.write(
        folder.resolve("calls.csv"),
        List.of(
            lines.get(0),
            lines.get(6),
            lines.get(3),
            lines.get(2),
            lines.get(4),
            lines.get(5),
            lines.get(1)));
    replay("b", "--threads", "3");

    assertThat(compare("a", "b")).as(out.toString()).isZero();
    assertThat(out.toString()).contains("alerts.jsonl         equal, 2 records");
  }

  @Test
  void shouldNameWhatDiffersPerRule() throws Exception {
    replay("a");
    Files.writeString(folder.resolve("calls.csv"), CALLS.replace("300,ann", "301,ann"));
    replay("b");

    assertThat(compare("a", "b")).isEqualTo(1);
    assertThat(out.toString())
        .contains("alerts.jsonl         only in A 0, only in B 0, changed 1")
        .contains("  long-wait: only in A 0, only in B 0, changed 1")
        .contains("      measure: 300 -> 301");
    Files.writeString(folder.resolve("rules.yaml"), RULE.replace(">= 300", ">= 500"));
    replay("c");
    assertThat(compare("b", "c", "--json")).isEqualTo(1);
    JsonNode json = new ObjectMapper().readTree(out.toString());
    assertThat(json.path("equal").asBoolean()).isFalse();
    assertThat(json.at("/files/alerts.jsonl/rules/long-wait/onlyInA").asInt()).isEqualTo(1);
    assertThat(json.at("/files/alerts.jsonl/differences/0/kind").asText()).isNotEmpty();
  }

  @Test
  void shouldShowAtMostTheGivenNumberOfDifferences() throws Exception {
    replay("a");
    Files.writeString(folder.resolve("calls.csv"), CALLS.replace("ann", "eve"));
    replay("b");

    assertThat(compare("a", "b", "--show", "1")).isEqualTo(1);
    assertThat(out.toString()).contains("only in A 2, only in B 2").contains("    and 3 more");
  }

  @Test
  void shouldNameTheMistakeWhenUsageIsWrong() throws Exception {
    Files.writeString(folder.resolve("mapping.yaml"), MAPPING.replace("skip", "skp"));
    assertThat(replay("a")).isEqualTo(2);
    assertThat(err.toString())
        .contains("mapping.yaml:5:1: unknown key 'skp' in the mapping; did you mean 'skip'?");

    Files.writeString(folder.resolve("mapping.yaml"), MAPPING.replace("wait}", "waited}"));
    assertThat(replay("a")).isEqualTo(2);
    assertThat(err.toString()).contains("mapping.yaml:3:47: there is no column 'waited'");

    Files.writeString(folder.resolve("mapping.yaml"), MAPPING);
    Files.writeString(folder.resolve("rules.yaml"), RULE.replace("single", "singel"));
    assertThat(replay("a")).isEqualTo(2);
    assertThat(err.toString()).contains("rules.yaml:").contains("singel");
    assertThat(replay("a", "--threads", "0")).isEqualTo(2);
    assertThat(replay("a", "--until", "tomorrow")).isEqualTo(2);
    assertThat(replay("calls.csv")).isEqualTo(2);
    assertThat(compare("none", "a")).isEqualTo(2);
    assertThat(folder.resolve("a")).doesNotExist();
  }

  @Test
  void shouldFailWhenTheWorkFails() throws Exception {
    Files.write(folder.resolve("calls.csv.gz"), new byte[] {1, 2, 3});

    int status =
        run(
            new ReplayCommand(),
            "--input",
            folder.resolve("calls.csv.gz").toString(),
            "--mapping",
            folder.resolve("mapping.yaml").toString(),
            "--rules",
            folder.resolve("rules.yaml").toString(),
            "--out",
            folder.resolve("a").toString());

    assertThat(status).isEqualTo(1);
    assertThat(err.toString()).contains("calls.csv.gz");
  }

  private int replay(String to, String... more) {
    String[] arguments = {
      "--input", folder.resolve("calls.csv").toString(),
      "--mapping", folder.resolve("mapping.yaml").toString(),
      "--rules", folder.resolve("rules.yaml").toString(),
      "--out", folder.resolve(to).toString()
    };
    return run(new ReplayCommand(), concat(arguments, more));
  }

  private int compare(String a, String b, String... more) {
    String[] arguments = {folder.resolve(a).toString(), folder.resolve(b).toString()};
    return run(new CompareCommand(), concat(arguments, more));
  }

  private static String[] concat(String[] first, String[] second) {
    return java.util.stream.Stream.of(first, second)
        .flatMap(java.util.Arrays::stream)
        .toArray(String[]::new);
  }

  private int run(Object command, String... arguments) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    return new CommandLine(command)
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }
}
