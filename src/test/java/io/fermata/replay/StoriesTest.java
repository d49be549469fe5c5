package io.fermata.replay;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fermata.journey.FoldSettings;
import io.fermata.model.CustomerKeys;
import io.fermata.model.Pillar;
import io.fermata.model.Polarity;
import io.fermata.model.Severity;
import io.fermata.rules.Rule;
import io.fermata.rules.cel.RuleCompiler;
import io.fermata.rules.load.RuleLoader;
import io.fermata.score.Experience;
import io.fermata.score.PillarScores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The stories that docs/stories.md explains. {@code -Dfermata.golden=write} writes their outputs
 * anew; the diff, and what the page says, are then for a reviewer to judge.
 */
class StoriesTest {

  private static final String COMMAND = "mvn test -Dtest=StoriesTest -Dfermata.golden=write";
  private static final boolean WRITE = "write".equals(System.getProperty("fermata.golden"));
  private static final Path PAGE = Path.of("docs", "stories.md");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<Rule> RULES = RuleLoader.load(Path.of("rules"));
  private static final List<String> FILES =
      List.of(ViewFiles.ALERTS, ViewFiles.JOURNEYS, ViewFiles.GUIDANCE);

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"telecom-nags", "bank-reminder", "shop-cart", "anonymous-visitor"})
  void shouldEndAsTheStoryTells(String story) throws IOException, InterruptedException {
    shouldEndAs(story, "touchpoints.jsonl");
  }

  @Test
  void shouldEndTheSameWhenTheCallThatIdentifiesArrivesFirst()
      throws IOException, InterruptedException {
    shouldEndAs("anonymous-visitor", "call-first.jsonl");
  }

  private void shouldEndAs(String story, String file) throws IOException, InterruptedException {
    Path example = Path.of("examples", story);
    ReplayResult result =
        new Replay()
            .run(
                new TouchpointSources(List.of(example.resolve(file)), null),
                new ReplaySettings(
                    FoldSettings.DEFAULTS,
                    RuleCompiler.compile(RULES),
                    new CustomerKeys(CustomerKeys.DEFAULT_ORDER),
                    null,
                    1),
                bytes -> {});
    ViewFiles.write(folder, result, ReplaySpeed.start().stop(1));

    assertThat(result.deadLetters()).isEmpty();
    for (String views : FILES) {
      check(example.resolve("expected").resolve(views), Files.readString(folder.resolve(views)));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"telecom-nags", "bank-reminder", "shop-cart", "anonymous-visitor"})
  void shouldBeExplainedAlertByAlert(String story) throws IOException {
    List<String> told = rows(section(story), 4);
    List<String> found = new ArrayList<>();
    for (JsonNode alert : alerts(story)) {
      found.add(
          String.join(
              " | ",
              alert.path("at").asText().substring(0, 16).replace('T', ' '),
              "`" + alert.path("rule").asText() + "`",
              alert.path("severity").asText(),
              alert.path("measure").asText()));
    }
    assertThat(told).as("%s in %s", story, PAGE).containsExactlyInAnyOrderElementsOf(found);
  }

  @Test
  void shouldScoreThePillarsOfTheBankCustomerAsThePageSays() throws IOException {
    List<Experience> experiences = new ArrayList<>();
    long end = Instant.parse("2026-03-17T10:00:00Z").toEpochMilli();
    Set<String> onExperiences =
        RULES.stream().filter(Rule::onExperiences).map(Rule::id).collect(Collectors.toSet());
    for (JsonNode alert : alerts("bank-reminder")) {
      if (!onExperiences.contains(alert.path("rule").asText())) {
        experiences.add(
            new Experience(
                Instant.parse(alert.path("at").asText()).toEpochMilli(),
                Pillar.parse(alert.path("pillar").asText()),
                Polarity.parse(alert.path("polarity").asText()),
                Severity.parse(alert.path("severity").asText())));
      }
    }
    String section = section("bank-reminder");
    PillarScores.at(experiences, end)
        .forEach(
            (pillar, score) ->
                assertThat(section)
                    .containsPattern(
                        "\\| %s \\|.*\\| %s \\|\n"
                            .formatted(pillar, String.format(Locale.ROOT, "%.1f", score))));
  }

  /** What the page says under a heading. */
  private static String section(String story) throws IOException {
    String page = Files.readString(PAGE);
    String from = page.substring(page.indexOf("\n## " + story + "\n") + 1);
    int end = from.indexOf("\n## ");
    return end < 0 ? from : from.substring(0, end + 1);
  }

  /** The first cells of the rows that begin with a time. */
  private static List<String> rows(String section, int cells) {
    return section
        .lines()
        .filter(line -> line.startsWith("| 2"))
        .map(line -> line.substring(2).split(" \\| "))
        .map(row -> String.join(" | ", List.of(row).subList(0, cells)))
        .toList();
  }

  private static List<JsonNode> alerts(String story) throws IOException {
    List<JsonNode> alerts = new ArrayList<>();
    Path file = Path.of("examples", story, "expected", ViewFiles.ALERTS);
    for (String line : Files.readAllLines(file)) {
      alerts.add(JSON.readTree(line));
    }
    return alerts;
  }

  private static void check(Path file, String actual) throws IOException {
    if (WRITE) {
      Files.createDirectories(file.getParent());
      Files.writeString(file, actual);
    }
    assertThat(Files.readString(file))
        .as(
            "%s is not what a replay writes. If the change is meant, write it anew, and see"
                + " whether docs/stories.md still tells the truth:%n  %s%n",
            file, COMMAND)
        .isEqualTo(actual);
  }
}
