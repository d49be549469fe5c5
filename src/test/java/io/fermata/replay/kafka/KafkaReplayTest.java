package io.fermata.replay.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fermata.codec.json.IdentityLinkJson;
import io.fermata.codec.json.TouchpointJson;
import io.fermata.generate.GeneratorSettings;
import io.fermata.generate.TouchpointGenerator;
import io.fermata.identity.IdentityCase;
import io.fermata.journey.FoldSettings;
import io.fermata.model.Channel;
import io.fermata.model.CustomerKeys;
import io.fermata.model.Direction;
import io.fermata.model.Outcome;
import io.fermata.model.Touchpoint;
import io.fermata.replay.Replay;
import io.fermata.replay.ReplayEngine;
import io.fermata.replay.ReplayResult;
import io.fermata.replay.ReplaySettings;
import io.fermata.replay.ReplaySpeed;
import io.fermata.replay.TouchpointSources;
import io.fermata.replay.ViewFiles;
import io.fermata.rules.RuleSet;
import io.fermata.rules.cel.RuleCompiler;
import io.fermata.rules.load.RuleLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Through Kafka and without it: the same files to the byte. */
class KafkaReplayTest {

  private static final long START = Instant.parse("2026-03-01T10:00:00Z").toEpochMilli();
  private static final long HOUR = Duration.ofHours(1).toMillis();
  private static final long DAY = Duration.ofDays(1).toMillis();
  private static final RuleSet RULES = RuleCompiler.compile(RuleLoader.load(Path.of("rules")));

  @TempDir private Path folder;

  @Test
  void shouldGiveTheSameFilesWhenTheInputIsLateDuplicatedShuffledAndPartlyBad() throws Exception {
    long seed = 90_210;
    List<String> lines = new ArrayList<>();
    new TouchpointGenerator(
            GeneratorSettings.of(seed, 120, 40).withArrivals(0.1, 0.05).withAnonymous(0.3))
        .forEachRemaining(touchpoint -> lines.add(TouchpointJson.write(touchpoint)));
    List<String> linkLines = new ArrayList<>();
    for (int tangle = 1; tangle <= 20; tangle++) {
      IdentityCase names = IdentityCase.of(tangle);
      names.touchpoints().forEach(each -> lines.add(TouchpointJson.write(each)));
      names.said().forEach(link -> linkLines.add(IdentityLinkJson.write(link)));
    }
    Collections.shuffle(lines, new Random(seed));
    lines.add(lines.size() / 2, "{\"id\": \"no more than this\"}");
    lines.add("no JSON");
    Path input = Files.write(folder.resolve("input.jsonl"), lines);
    linkLines.add("{\"from\": \"cookie:a\"}");
    Path links = Files.write(folder.resolve("links.jsonl"), linkLines);
    Long until = GeneratorSettings.DEFAULT_START.plus(Duration.ofDays(50)).toEpochMilli();

    Path pure = replay("pure", input, List.of(links), new Replay(), until);
    Path kafka = replay("kafka", input, List.of(links), new KafkaReplay(), until);

    assertThat(contents(kafka)).as("seed %d", seed).isEqualTo(contents(pure));
    JsonNode summary = summary(kafka);
    assertThat(summary.at("/alerts/total").asInt()).isPositive();
    assertThat(summary.path("duplicates").asInt()).isPositive();
    assertThat(summary.path("deadLetters").toString())
        .isEqualTo("{\"UNDECODABLE\":1,\"INVALID\":2}");
    assertThat(summary.path("links").asInt()).isEqualTo(linkLines.size() - 1);
    String alerts = Files.readString(kafka.resolve(ViewFiles.ALERTS));
    assertThat(alerts.contains("{\"reason\":\"circle\"}")).as("circles").isTrue();
    assertThat(alerts.contains("{\"reason\":\"conflict\"}")).as("conflicts").isTrue();
  }

  @Test
  void shouldRefuseTheSameTouchpointsWhenTheyAreTooLateForALimit() throws Exception {
    long seed = 1_854;
    List<String> lines = lateStream(new Random(seed)).stream().map(TouchpointJson::write).toList();
    Path input = Files.write(folder.resolve("input.jsonl"), lines);

    Path pure = replay("pure", input, Replay.withLateness(DAY), null);
    Path kafka = replay("kafka", input, KafkaReplay.withLateness(DAY), null);

    assertThat(contents(kafka)).as("seed %d", seed).isEqualTo(contents(pure));
    assertThat(summary(kafka).at("/deadLetters/TOO_LATE").asInt()).isPositive();
  }

  @Test
  void shouldWriteEmptyFilesWhenThereIsNoTouchpoint() throws Exception {
    Path input = Files.write(folder.resolve("input.jsonl"), List.of("no JSON"));

    Path pure = replay("pure", input, new Replay(), null);
    Path kafka = replay("kafka", input, new KafkaReplay(), null);

    assertThat(contents(kafka)).isEqualTo(contents(pure));
  }

  @Test
  void shouldNameTheFileWhenItCannotBeRead() throws Exception {
    Path input = Files.write(folder.resolve("input.jsonl.gz"), new byte[] {1, 2, 3});

    assertThatThrownBy(() -> replay("kafka", input, new KafkaReplay(), null))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("input.jsonl.gz");
  }

  /**
   * Busy customers in the order of arrival: some touchpoints are days late, and one customer's all
   * come half a day after everybody else's, when the clock has passed them.
   */
  private static List<Touchpoint> lateStream(Random random) {
    record Arrival(long at, Touchpoint touchpoint) {}
    List<Arrival> arrivals = new ArrayList<>();
    for (int customer = 0; customer < 6; customer++) {
      long lag = customer == 0 ? 12 * HOUR : 0;
      for (int i = 0; i < 900; i++) {
        long occurredAt = START + i * HOUR + random.nextInt((int) HOUR);
        Touchpoint touchpoint =
            Touchpoint.builder()
                .id("t" + customer + "-" + i)
                .occurredAt(occurredAt)
                .identifier("customer", "c" + customer)
                .channel(random.nextBoolean() ? Channel.VOICE : Channel.WEB_CHAT)
                .direction(Direction.INBOUND)
                .type("contact.ended")
                .topic("topic-" + i / 100)
                .outcome(random.nextInt(3) == 0 ? Outcome.RESOLVED : Outcome.UNRESOLVED)
                .waitSeconds(random.nextInt(900))
                .attributes(Map.of("zone", "z" + random.nextInt(3), "brand", "b"))
                .build();
        long delay = random.nextInt(10) == 0 ? random.nextInt((int) (8 * DAY)) : 0;
        arrivals.add(new Arrival(occurredAt + lag + delay, touchpoint));
      }
    }
    arrivals.sort(Comparator.comparingLong(Arrival::at));
    return arrivals.stream().map(Arrival::touchpoint).toList();
  }

  private Path replay(String name, Path input, ReplayEngine engine, Long until) throws Exception {
    return replay(name, input, List.of(), engine, until);
  }

  private Path replay(String name, Path input, List<Path> links, ReplayEngine engine, Long until)
      throws Exception {
    ReplaySettings settings =
        new ReplaySettings(
            FoldSettings.DEFAULTS, RULES, new CustomerKeys(CustomerKeys.DEFAULT_ORDER), until, 2);
    ReplaySpeed.Stopwatch watch = ReplaySpeed.start();
    ReplayResult result =
        engine.run(new TouchpointSources(List.of(input), null, links), settings, bytes -> {});
    Path out = folder.resolve(name);
    ViewFiles.write(out, result, watch.stop(result.counts().touchpoints()));
    return out;
  }

  private static Map<String, String> contents(Path out) throws IOException {
    Map<String, String> contents = new TreeMap<>();
    try (Stream<Path> files = Files.list(out)) {
      for (Path file : files.toList()) {
        contents.put(file.getFileName().toString(), Files.readString(file));
      }
    }
    ObjectNode summary = summary(out);
    summary.remove("speed");
    contents.put(ViewFiles.SUMMARY, summary.toString());
    return contents;
  }

  private static ObjectNode summary(Path out) throws IOException {
    return (ObjectNode) new ObjectMapper().readTree(out.resolve(ViewFiles.SUMMARY).toFile());
  }
}
