package io.fermata.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.fermata.generate.GeneratorSettings;
import io.fermata.generate.TouchpointGenerator;
import io.fermata.it.SharedBroker;
import io.fermata.it.TestBroker;
import io.fermata.model.Touchpoint;
import io.fermata.rules.cel.RuleCompiler;
import io.fermata.rules.load.RuleLoader;
import io.fermata.runtime.Pipeline;
import io.fermata.runtime.PipelineEnvironment;
import io.fermata.serve.Metrics;
import io.fermata.serve.PipelineMetrics;
import io.fermata.serve.Totals;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** {@code topics} and {@code dead-letters} as an operator types them. */
@ExtendWith(SharedBroker.class)
@Timeout(value = 240, unit = TimeUnit.SECONDS)
class OperatorCommandsTest {

  private record Outcome(int status, String out, String err) {}

  @TempDir Path folder;

  private Path config;

  private void configure(TestBroker broker, String prefix) throws IOException {
    config = folder.resolve("fermata.yaml");
    Files.writeString(
        config,
        """
        kafka: {bootstrap.servers: "%s"}
        topics: {prefix: "%s.", partitions: 2}
        """
            .formatted(broker.bootstrapServers(), prefix));
  }

  private Outcome fermata(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--config", config.toString()));
    int status =
        Fermata.commandLine()
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .execute(all.toArray(new String[0]));
    return new Outcome(status, out.toString(), err.toString());
  }

  @Test
  void shouldListWhatIsMissingAndCreateIt(TestBroker broker) throws IOException {
    configure(broker, "ops-topics");
    Outcome missing = fermata("topics", "check");
    assertThat(missing.status()).isOne();
    assertThat(missing.out()).contains("ops-topics.touchpoints: missing (2 partitions, delete)");
    Outcome created = fermata("topics", "create");
    assertThat(created.status()).as(created.err()).isZero();
    assertThat(created.out()).contains("created ops-topics.dead-letters");
    assertThat(fermata("topics", "check"))
        .isEqualTo(new Outcome(0, "The topics are as the contract says.%n".formatted(), ""));
    assertThat(fermata("topics", "create").out()).isEqualTo("Nothing is missing.%n".formatted());
  }

  @Test
  void shouldSendDeadLettersAgainAndDoNoHarmWhenThatIsDoneTwice(TestBroker broker)
      throws Exception {
    configure(broker, "ops-letters");
    List<Touchpoint> good = new ArrayList<>();
    new TouchpointGenerator(
            GeneratorSettings.of(1, 5, 5).withPeriod(Instant.parse("2026-01-01T00:00:00Z"), 5))
        .forEachRemaining(good::add);
    try (PipelineEnvironment embedded = new PipelineEnvironment(broker, "ops-letters", folder);
        Metrics metrics = new Metrics()) {
      PipelineMetrics counters =
          new PipelineMetrics(
              metrics.registry(), RuleCompiler.compile(RuleLoader.load(Path.of("rules"))));
      try (Pipeline pipeline =
          Pipeline.live(
              embedded.config(),
              RuleCompiler.compile(RuleLoader.load(Path.of("rules"))),
              counters)) {
        pipeline.start();
        embedded.send(good);
        embedded.sendBytes(List.of(bytes("no record"), bytes("nor is this")));
        awaitIn(counters, good.size() + 2);
        awaitLetters(2);

        Outcome listed = fermata("dead-letters", "list");
        assertThat(listed.status()).as(listed.err()).isZero();
        assertThat(listed.out())
            .contains("  UNDECODABLE  key null  from ops-letters.touchpoints/")
            .contains("In all: {UNDECODABLE=2}");
        assertThat(fermata("dead-letters", "list", "--json", "--limit", "1").out())
            .contains("\"reason\":\"UNDECODABLE\"", "\"bytes\":", "\"redrivenFrom\":null");
        assertThat(fermata("dead-letters", "list", "--reason", "INVALID").out())
            .isEqualTo("There are none.%n".formatted());
        assertThat(fermata("dead-letters", "redrive", "--reason", "INVALID").out())
            .isEqualTo("0 sent again%n".formatted());

        Outcome first = fermata("dead-letters", "redrive");
        assertThat(first.out()).isEqualTo("2 sent again%n".formatted());
        awaitIn(counters, good.size() + 4);
        awaitLetters(4);
        assertThat(fermata("dead-letters", "list", "--json").out())
            .containsPattern("\"redrivenFrom\":\"\\d/\\d+\"");

        // The two of the first time have given way to those that came of them.
        Outcome second = fermata("dead-letters", "redrive");
        assertThat(second.out())
            .isEqualTo(
                "2 sent again%n2 not sent: sent before, and a later dead letter came of it%n"
                    .formatted());
        Totals end = awaitIn(counters, good.size() + 6);
        assertThat(end.folded()).isEqualTo(good.size());
        assertThat(end.dead()).isEqualTo(6);
        assertThat(end.unaccounted()).isZero();
      }
    }
  }

  private static Totals awaitIn(PipelineMetrics counters, long in) {
    PipelineEnvironment.await(
        () -> counters.totals().in() == in && counters.totals().unaccounted() == 0);
    return counters.totals();
  }

  /** A letter is counted before its transaction ends, and listed after. */
  private void awaitLetters(int letters) {
    PipelineEnvironment.await(
        () ->
            fermata("dead-letters", "list")
                .out()
                .contains("In all: {UNDECODABLE=%d}".formatted(letters)));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void shouldSayWhatIsWrongWithTheCommand(TestBroker broker) throws IOException {
    configure(broker, "ops-wrong");
    assertThat(fermata("dead-letters").status()).isEqualTo(2);
    assertThat(fermata("dead-letters", "list", "--reason", "BAD").err()).contains("UNDECODABLE");
    assertThat(fermata("dead-letters", "list", "--limit", "0").err())
        .contains("--limit is 0, expected at least 1");
  }
}
