package io.fermata.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.fermata.model.Alert;
import io.fermata.model.AlertStatus;
import io.fermata.model.Channel;
import io.fermata.model.Pillar;
import io.fermata.model.Polarity;
import io.fermata.model.ScoreKind;
import io.fermata.model.Severity;
import io.fermata.model.SurveyResponse;
import io.fermata.replay.ReplayResult;
import io.fermata.replay.ReplaySpeed;
import io.fermata.replay.Scores;
import io.fermata.replay.ViewFiles;
import io.fermata.score.PillarBalances;
import io.fermata.score.ScoreSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ScoresCommandTest {

  private static final long START = Instant.parse("2026-03-01T12:00:00Z").toEpochMilli();

  @TempDir private Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void shouldShowScoresFallsDriversAndPillars() throws IOException {
    write();

    assertThat(run("--input", folder.toString(), "--window", "P7D")).isZero();

    String shown = out.toString();
    assertThat(shown)
        .containsPattern("NPS +all +all +2026-03-16 +61 +\\+0\\.0 ")
        .containsPattern("NPS +channel +WEB +2026-03-15 +60 ")
        .doesNotContainPattern("NPS +channel +VOICE")
        .contains("1 more with fewer than 30 answers in P7D: --all")
        .contains("Where NPS has fallen against the P7D before, beyond chance")
        .containsPattern(
            "2026-03-15 +all +all +\\+100\\.0 to \\+0\\.0: -100\\.0 \\(\\+/- 25\\.3\\)")
        .contains("all: n 61, nothing said: fewer than 100 answers")
        .containsPattern("all +all +2026-03-16 +61( +40\\.0){6}")
        .containsPattern("EMPATHY +0 +0 +0 +2 +0")
        .containsPattern("RESOLUTION +1 +0 +0 +0 +0");
  }

  @Test
  void shouldRefuseAFolderThatNoReplayWrote() {
    assertThat(run("--input", folder.toString())).isEqualTo(2);
    assertThat(err.toString()).contains("expected a folder that fermata replay wrote");
  }

  private void write() throws IOException {
    List<SurveyResponse> responses = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      responses.add(response(i, 0, 10, Channel.WEB));
      responses.add(response(100 + i, 13, i % 2 == 0 ? 10 : 0, Channel.WEB));
    }
    responses.add(response(300, 14, 8, Channel.VOICE));
    List<Alert> alerts =
        List.of(
            alert("1", Pillar.EMPATHY, Polarity.BAD, Severity.HIGH),
            alert("2", Pillar.EMPATHY, Polarity.BAD, Severity.HIGH),
            alert("3", Pillar.RESOLUTION, Polarity.GOOD, Severity.LOW));
    ViewFiles.write(
        folder,
        new ReplayResult(
            alerts,
            List.of(),
            List.of(),
            responses,
            Scores.of(ScoreSettings.DEFAULTS, responses, List.of(), alerts),
            List.of(),
            new ReplayResult.Counts(121, 0, 121, 0, 121, 0, 121),
            START,
            List.of()),
        ReplaySpeed.start().stop(121));
  }

  private static SurveyResponse response(int i, int day, double value, Channel channel) {
    Map<String, Double> pillars = new TreeMap<>();
    PillarBalances.PILLARS.forEach(pillar -> pillars.put(pillar.name(), 40.0));
    return new SurveyResponse(
        "r" + i,
        "customer:C-" + i,
        START + Duration.ofDays(day).toMillis(),
        ScoreKind.NPS,
        value,
        0,
        10,
        null,
        channel,
        null,
        null,
        null,
        null,
        pillars);
  }

  private static Alert alert(String id, Pillar pillar, Polarity polarity, Severity severity) {
    return new Alert(
        id,
        "rule",
        "v",
        AlertStatus.RAISED,
        polarity,
        severity,
        "customer:C-1",
        "",
        START + Duration.ofDays(14).toMillis(),
        null,
        1,
        1,
        pillar,
        null,
        null,
        List.of(),
        Map.of("en", "Title"),
        Map.of(),
        Map.of());
  }

  private int run(String... args) {
    return new CommandLine(new ScoresCommand())
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(args);
  }
}
