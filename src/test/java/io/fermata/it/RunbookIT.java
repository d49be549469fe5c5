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
        touchpoints(1, Outcome.ABANDONED);
        awaitFiring("FermataRuleFailing", "a rule asks for an attribute that is not there");
        awaitFiring("FermataNoTouchpoints", "nothing is sent");
        sendGarbage();
        awaitFiring("FermataDeadLetters", "five records of nonsense");
        fleet.start(1);
        Await.until("the other is ready", () -> fleet.isReady(1), fleet::lastWords);
        touchpoints(MANY, Outcome.RESOLVED);
        awaitFiring("FermataUnaccounted", "a second instance that Prometheus does not scrape");
        fleet.terminate(1);

        broker.takeDown();
        awaitFiring("FermataThreadDied", "the broker is killed and stays away");
        awaitFiring("FermataNotReady", "the broker is still away");
        broker.bringBack();
        awaitQuiet("FermataNotReady", "the broker is back");

        fleet.terminate(0);
        awaitFiring("FermataDown", "the only instance is stopped");
        touchpoints(MANY, Outcome.RESOLVED);
        fleet.start(0);
        awaitQuiet("FermataDown", "it is started again");
        awaitFiring("FermataSlow", "what came meanwhile is folded now");

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

  /** The rules that ship, with every duration of minutes and hours made this long. */
  private Path shortened(String duration) throws IOException {
    String rules = Files.readString(Path.of("prometheus/fermata-rules.yml"));
    return Files.writeString(
        folder.resolve("rules.yml"),
        rules
            .replaceAll("for: \\d+m", "for: 2s")
            .replaceAll("offset \\d+[mh]", "offset 30s")
            .replaceAll("\\[\\d+m]", "[" + duration + "]"));
  }

  private void touchpoints(int count, Outcome outcome) {
    Workload workload = Workload.empty(sandbox.topics().touchpoints(), sandbox.codecs());
    for (int i = 0; i < count; i++) {
      sent++;
      workload.add(
          Touchpoint.builder()
              .id("call-" + sent)
              .occurredAt(System.currentTimeMillis())
              .identifiers(List.of(new Identifier("customer", "R-" + sent)))
              .channel(Channel.VOICE)
              .direction(Direction.INBOUND)
              .type("contact.ended")
              .outcome(outcome)
              .waitSeconds(900)
              .build());
    }
    sandbox.send(workload);
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
