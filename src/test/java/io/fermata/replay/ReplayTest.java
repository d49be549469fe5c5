package io.fermata.replay;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fermata.codec.json.TouchpointJson;
import io.fermata.journey.FoldSettings;
import io.fermata.model.Channel;
import io.fermata.model.CustomerKeys;
import io.fermata.model.Direction;
import io.fermata.model.Identifier;
import io.fermata.model.Outcome;
import io.fermata.model.Touchpoint;
import io.fermata.rules.RuleSet;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayTest {

  private static final long START = Instant.parse("2026-03-01T10:00:00Z").toEpochMilli();
  private static final long DAY = Duration.ofDays(1).toMillis();

  @TempDir private Path folder;

  @Test
  void shouldGiveTheSameBytesWhateverTheOrderDuplicatesAndThreads() throws Exception {
    long seed = 4711;
    Random random = new Random(seed);
    List<Touchpoint> touchpoints = new ArrayList<>();
    for (int i = 0; i < 2000; i++) {
      touchpoints.add(touchpoint(random, i));
    }
    Path once = replay("once", touchpoints, new Replay(), null, 1);
    List<Touchpoint> shuffled = new ArrayList<>(touchpoints);
    shuffled.addAll(touchpoints.subList(0, 500));
    Collections.shuffle(shuffled, random);
    Path again = replay("again", shuffled, new Replay(), null, 4);
    Path kept = replay("kept", shuffled, Replay.withLateness(100 * DAY), null, 2);

    for (String file : List.of(ViewFiles.ALERTS, ViewFiles.JOURNEYS, ViewFiles.DEAD_LETTERS)) {
      assertThat(again.resolve(file))
          .as("seed %d", seed)
          .hasSameTextualContentAs(once.resolve(file));
      assertThat(kept.resolve(file))
          .as("seed %d", seed)
          .hasSameTextualContentAs(once.resolve(file));
    }
    assertThat(Files.readAllLines(once.resolve(ViewFiles.JOURNEYS))).isNotEmpty();
    JsonNode summary = summary(again);
    assertThat(summary.path("input").asInt()).isEqualTo(2500);
    assertThat(summary.path("folded").asInt()).isEqualTo(2000);
    assertThat(summary.path("duplicates").asInt()).isEqualTo(500);
    assertThat(withoutSpeed(again)).isEqualTo(withoutSpeed(kept));
  }

  @Test
  void shouldKeepTheFirstOfDuplicatesThatDiffer() throws Exception {
    Touchpoint first = touchpoint("a", "c", START).build();
    Touchpoint other = touchpoint("a", "c", START).topic("other").build();

    Path out = replay("out", List.of(first, other), new Replay(), null, 1);

    assertThat(Files.readString(out.resolve(ViewFiles.JOURNEYS)))
        .contains("\"subject\":\"general\"")
        .doesNotContain("other");
  }

  @Test
  void shouldFoldUnderTheStrongestIdentifier() throws Exception {
    Touchpoint known =
        touchpoint("a", "c", START)
            .identifiers(List.of(new Identifier("cookie", "x"), new Identifier("customer", "c")))
            .build();

    Path out = replay("out", List.of(known), new Replay(), null, 1);

    assertThat(Files.readString(out.resolve(ViewFiles.JOURNEYS)))
        .contains("\"customer\":\"customer:c\"");
  }

  @Test
  void shouldSettleTheClockAtTheGreatestTimeOrLater() throws Exception {
    List<Touchpoint> touchpoints =
        List.of(touchpoint("a", "c", START).build(), touchpoint("b", "d", START + DAY).build());

    Path greatest = replay("greatest", touchpoints, new Replay(), null, 1);
    Path later = replay("later", touchpoints, new Replay(), START + 30 * DAY, 1);
    Path earlier = replay("earlier", touchpoints, new Replay(), START, 1);

    assertThat(summary(greatest).path("clock").asText()).isEqualTo("2026-03-02T10:00:00.000Z");
    assertThat(summary(greatest).at("/journeys/status").toString()).isEqualTo("{\"OPEN\":2}");
    assertThat(summary(later).path("clock").asText()).isEqualTo("2026-03-31T10:00:00.000Z");
    assertThat(summary(later).at("/journeys/status").toString()).isEqualTo("{\"LAPSED\":2}");
    assertThat(summary(earlier).path("clock").asText()).isEqualTo("2026-03-02T10:00:00.000Z");
  }

  @Test
  void shouldRefuseWhatComesTooLateUnderALimit() throws Exception {
    List<Touchpoint> touchpoints = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      touchpoints.add(touchpoint("t" + i, "c", START + i * DAY).build());
    }
    touchpoints.add(touchpoint("late", "c", START - DAY).build());

    Path out = replay("out", touchpoints, Replay.withLateness(7 * DAY), null, 1);

    JsonNode summary = summary(out);
    assertThat(summary.path("folded").asInt()).isEqualTo(300);
    assertThat(summary.at("/deadLetters/TOO_LATE").asInt()).isEqualTo(1);
    assertThat(Files.readString(out.resolve(ViewFiles.DEAD_LETTERS)))
        .startsWith("{\"reason\":\"TOO_LATE\",")
        .contains("\\\"id\\\":\\\"late\\\"");
  }

  @Test
  void shouldWriteEveryFileWhenThereIsNoInput() throws Exception {
    Path out = replay("out", List.of(), new Replay(), null, 1);

    assertThat(out.toFile().list())
        .containsExactlyInAnyOrder(
            "alerts.jsonl",
            "journeys.jsonl",
            "guidance.jsonl",
            "responses.jsonl",
            "scores.jsonl",
            "drivers.jsonl",
            "score-alerts.jsonl",
            "pillars.jsonl",
            "dead-letters.jsonl",
            "summary.json");
    assertThat(summary(out).path("clock").isNull()).isTrue();
  }

  private Path replay(
      String name, List<Touchpoint> touchpoints, ReplayEngine engine, Long until, int threads)
      throws Exception {
    Path input = folder.resolve(name + ".jsonl");
    Files.write(input, touchpoints.stream().map(TouchpointJson::write).toList());
    ReplaySettings settings =
        new ReplaySettings(
            FoldSettings.DEFAULTS,
            new RuleSet(List.of()),
            new CustomerKeys(CustomerKeys.DEFAULT_ORDER),
            until,
            threads);
    ReplaySpeed.Stopwatch watch = ReplaySpeed.start();
    ReplayResult result =
        engine.run(new TouchpointSources(List.of(input), null), settings, bytes -> {});
    Path out = folder.resolve(name);
    ViewFiles.write(out, result, watch.stop(result.counts().touchpoints()));
    return out;
  }

  private static Touchpoint touchpoint(Random random, int number) {
    return touchpoint(
            "t" + number, "c" + random.nextInt(40), START + random.nextInt(40) * (DAY / 2))
        .topic(random.nextBoolean() ? "card" : null)
        .outcome(random.nextInt(4) == 0 ? Outcome.RESOLVED : null)
        .waitSeconds(random.nextInt(3) == 0 ? random.nextInt(600) : null)
        .attributes(random.nextBoolean() ? Map.of() : Map.of("n", "" + random.nextInt(3)))
        .build();
  }

  private static io.fermata.model.TouchpointBuilder touchpoint(
      String id, String customer, long at) {
    return Touchpoint.builder()
        .id(id)
        .occurredAt(at)
        .identifier("customer", customer)
        .channel(Channel.VOICE)
        .direction(Direction.INBOUND)
        .type("contact.ended");
  }

  private static JsonNode summary(Path out) throws Exception {
    return new ObjectMapper().readTree(out.resolve(ViewFiles.SUMMARY).toFile());
  }

  private static JsonNode withoutSpeed(Path out) throws Exception {
    JsonNode summary = summary(out);
    ((com.fasterxml.jackson.databind.node.ObjectNode) summary).remove("speed");
    return summary;
  }
}
