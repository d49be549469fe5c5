package io.fermata.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fermata.embedded.EmbeddedRegistry;
import io.fermata.model.Channel;
import io.fermata.model.DeadLetterReason;
import io.fermata.model.Direction;
import io.fermata.model.Identifier;
import io.fermata.model.Outcome;
import io.fermata.model.Touchpoint;
import io.fermata.operations.PrometheusServer;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Breaks a running system in the ways that docs/runbook.md is for, and waits until a real
 * Prometheus raises the alert; its durations are shortened to seconds. Not part of the suite:
 * {@code mvn test -Dtest=RunbookIT} writes what was seen to {@code target/runbook.txt}.
 */
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class RunbookIT {

  private static final String NAME = "runbook";
  private static final int MANY = 80;

  /** Of few customers and from the last to the first: each makes all later ones be folded anew. */
  private static final int BACKWARDS = 100_000;

  @TempDir Path folder;

  private final List<String> seen = new ArrayList<>();
  private Sandbox sandbox;
  private Fleet fleet;
  private PrometheusServer prometheus;
  private int sent;

  @Test
  void shouldRaiseTheAlertWhenTheSystemIsBrokenThatWay() throws Exception {
    TestBroker broker = TestBroker.start();
    try (EmbeddedRegistry registry = EmbeddedRegistry.start(0);
        Sandbox of =
            new Sandbox(
                broker, registry.url(), NAME, folder, Map.of("FERMATA_TOPICS_PARTITIONS", "2"));
        Fleet instances = new Fleet(folder, NAME, values(broker, registry, of))) {
      sandbox = of;
      fleet = instances;
      fleet.start(0);
      Await.until("it is ready", () -> fleet.isReady(0), fleet::lastWords);
      try (PrometheusServer server =
          new PrometheusServer(folder, fleet.address(0), shortened("10s"))) {
        prometheus = server;
        awaitScraped("fermata_rule_failures_total{rule=\"large-amount\"}");
        touchpoints(1, 0);
        awaitFiring("FermataRuleFailing", "a rule asks for an attribute that is not there");
        awaitFiring("FermataNoTouchpoints", "nothing is sent");
        sendGarbage();
        awaitFiring("FermataDeadLetters", "five records of nonsense");
        fleet.start(1);
        Await.until("the other has tasks", this::hasTasks, fleet::lastWords);
        touchpoints(MANY, 0);
        awaitFiring("FermataUnaccounted", "a second instance that Prometheus does not scrape");
        fleet.terminate(1);

        awaitSteady();
        touchpoints(10 * MANY, 900);
        awaitFiring("FermataAlertStorm", "that many wait too long at once");

        broker.takeDown();
        awaitFiring("FermataThreadDied", "the broker is killed and stays away");
        awaitFiring("FermataNotReady", "the broker is still away");
        broker.bringBack();
        awaitQuiet("FermataNotReady", "the broker is back");
        assertThat(fleet.isAlive(0)).as(fleet.lastWords()).isTrue();

        fleet.terminate(0);
        touchpoints(MANY, 0);
        long waitingSince = System.nanoTime();
        awaitFiring("FermataDown", "the only instance is stopped");
        awaitFiring("FermataInstanceDown", "so it is");
        Await.until(
            "what waits is old enough to be slow",
            () -> System.nanoTime() - waitingSince > Duration.ofSeconds(15).toNanos());
        fleet.start(0);
        awaitQuiet("FermataDown", "it is started again");
        awaitFiring("FermataSlow", "what came meanwhile is folded now");
        for (int i = 0; i < 2; i++) {
          fleet.terminate(0);
          fleet.start(0);
          Await.until("it is ready again", () -> fleet.isReady(0), fleet::lastWords);
          awaitScraped("up == 1");
        }
        awaitFiring("FermataRestarting", "it is started again and again");
        awaitSteady();
        sendBackwards();
        awaitFiring("FermataLagGrowing", "a source delivers everything from the last to the first");

        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
          admin.deleteTopics(List.of(sandbox.topics().inbox())).all().get();
        }
        Await.until("it ends", () -> !fleet.isAlive(0), fleet::lastWords);
        see("the inbox is deleted: the process ends; it said\n" + fleet.lastWords());
        awaitFiring("FermataDown", "the process has ended by itself");
      }
    } finally {
      broker.close();
      Files.write(Path.of("target/runbook.txt"), seen);
    }
    assertThat(seen).hasSizeGreaterThan(10);
  }

  private Map<String, String> values(TestBroker broker, EmbeddedRegistry registry, Sandbox of)
      throws IOException {
    Path rules = Files.createDirectory(folder.resolve("rules"));
    try (Stream<Path> files = Files.list(Path.of("rules"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(file, rules.resolve(file.getFileName()));
      }
    }
    Files.writeString(
        rules.resolve("failing.yaml"),
        """
        rules:
          - id: large-amount
            title: {en: A large amount}
            pillar: EMPATHY
            severity: LOW
            single: {where: "double(attributes['amount']) > 5.0"}
        """);
    return Map.ofEntries(
        Map.entry("kafka.bootstrap.servers", broker.bootstrapServers()),
        Map.entry("registry.schema.registry.url", registry.url()),
        Map.entry("topics.prefix", of.topics().prefix()),
        Map.entry("topics.partitions", "2"),
        Map.entry("streams.applicationId", NAME),
        Map.entry("rules.path", rules.toString()),
        // So that patience ends within this test.
        Map.entry("kafka.default.api.timeout.ms", "10000"),
        Map.entry("kafka.request.timeout.ms", "5000"),
        Map.entry("kafka.producer.delivery.timeout.ms", "10000"),
        Map.entry("kafka.producer.max.block.ms", "10000"),
        Map.entry("kafka.task.timeout.ms", "5000"));
  }

  /**
   * The rules that ship, with every duration of minutes and hours made this long; but for that in
   * which starts are counted, since a start takes longer.
   */
  private Path shortened(String duration) throws IOException {
    String rules = Files.readString(Path.of("prometheus/fermata-rules.yml"));
    return Files.writeString(
        folder.resolve("rules.yml"),
        rules
            .replaceAll("for: \\d+m", "for: 2s")
            .replaceAll("offset \\d+[mh]", "offset 30s")
            .replaceAll("(?<!fermata\\.\\*\"})\\[\\d+m]", "[" + duration + "]"));
  }

  private void touchpoints(int count, int waitSeconds) {
    List<Touchpoint> calls = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      calls.add(call("R-" + sent, System.currentTimeMillis(), waitSeconds));
    }
    // Into one partition, and from there to those of their customers: of both rooms an instance
    // that has half of the tasks sees what the other does not.
    sandbox.sendTouchpoints(calls, any -> "all");
  }

  private void sendBackwards() {
    List<Touchpoint> calls = new ArrayList<>();
    long last = System.currentTimeMillis();
    for (int i = 0; i < BACKWARDS; i++) {
      calls.add(call("B-" + i % 10, last - i * 1000L, 0));
    }
    sandbox.sendTouchpoints(calls);
  }

  private Touchpoint call(String customer, long at, int waitSeconds) {
    sent++;
    return Touchpoint.builder()
        .id("call-" + sent)
        .occurredAt(at)
        .identifiers(List.of(new Identifier("customer", customer)))
        .channel(Channel.VOICE)
        .direction(Direction.INBOUND)
        .type("contact.ended")
        .outcome(Outcome.RESOLVED)
        .waitSeconds(waitSeconds)
        .build();
  }

  /** A touchpoint now and then, until that is how it was before as well. */
  private void awaitSteady() {
    Await.until(
        "touchpoints have come for a while",
        () -> {
          touchpoints(1, 0);
          return prometheus
                  .query(
                      "min_over_time(sum(rate(fermata_touchpoints_in_total[10s]))[50s:1s]) > 0.1")
                  .get("result")
                  .size()
              > 0;
        },
        this::state,
        Duration.ofMinutes(4));
  }

  private void sendGarbage() {
    Workload workload = Workload.empty(sandbox.topics().touchpoints(), sandbox.codecs());
    for (int i = 0; i < 5; i++) {
      byte[] nonsense = ("nonsense " + i).getBytes(StandardCharsets.UTF_8);
      workload.addDead(nonsense, nonsense, DeadLetterReason.UNDECODABLE);
    }
    sandbox.send(workload);
  }

  /** What grows later can only be seen to grow where it was seen before. */
  private void awaitScraped(String series) {
    Await.until(
        series + " is scraped",
        () -> !prometheus.query(series).get("result").isEmpty(),
        this::state);
  }

  private boolean hasTasks() {
    return fleet
        .get(1, "/health/ready")
        .filter(answer -> answer.statusCode() == 200)
        .filter(answer -> !answer.body().contains("\"activeTasks\":\"0\""))
        .isPresent();
  }

  private boolean isFiring(String alert) {
    for (JsonNode each : prometheus.data("/api/v1/alerts").get("alerts")) {
      if (each.at("/labels/alertname").asText().equals(alert)
          && each.get("state").asText().equals("firing")) {
        return true;
      }
    }
    return false;
  }

  private void awaitFiring(String alert, String because) {
    Await.until(alert + " fires: " + because, () -> isFiring(alert), this::state);
    see(alert + " fires: " + because + "; " + health());
  }

  private void awaitQuiet(String alert, String because) {
    Await.until(alert + " ends: " + because, () -> !isFiring(alert), this::state);
    see(alert + " ends: " + because + "; " + health());
  }

  private String health() {
    if (!fleet.running().contains(0)) {
      return "not running";
    }
    return "/health/ready: "
        + fleet
            .get(0, "/health/ready")
            .map((HttpResponse<String> answer) -> answer.statusCode() + " " + answer.body())
            .orElse("no answer");
  }

  private String state() {
    return prometheus.data("/api/v1/alerts") + "\n" + health() + "\n" + fleet.lastWords();
  }

  private void see(String what) {
    seen.add(what);
  }
}
