package io.fermata.serve;

import static org.assertj.core.api.Assertions.assertThat;

import io.fermata.codec.RandomRecords;
import io.fermata.generate.GeneratorSettings;
import io.fermata.generate.TouchpointGenerator;
import io.fermata.it.SharedBroker;
import io.fermata.it.TestBroker;
import io.fermata.it.Tool;
import io.fermata.model.Change;
import io.fermata.model.Identifier;
import io.fermata.model.Pillar;
import io.fermata.model.Touchpoint;
import io.fermata.rules.CompiledRule;
import io.fermata.rules.RuleSet;
import io.fermata.rules.cel.RuleCompiler;
import io.fermata.rules.load.RuleLoader;
import io.fermata.runtime.Pipeline;
import io.fermata.runtime.PipelineEnvironment;
import io.fermata.runtime.config.FermataConfig;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SharedBroker.class)
@Timeout(value = 300, unit = TimeUnit.SECONDS)
class PipelineMetricsTest {

  private static final Pattern HELP = Pattern.compile("(?m)^# HELP (\\S+) ?(.*)$");

  @TempDir Path folder;

  private String scraped;

  private static List<Touchpoint> touchpoints() {
    TouchpointGenerator generator =
        new TouchpointGenerator(
            GeneratorSettings.of(1, 50, 20)
                .withPeriod(Instant.parse("2026-01-01T00:00:00Z"), 20)
                .withArrivals(0.05, 0.05));
    List<Touchpoint> touchpoints = new ArrayList<>();
    generator.forEachRemaining(touchpoints::add);
    // Of today: a journey that is still open. Of another customer: what else comes is too late.
    touchpoints.add(
        touchpoints.get(0).toBuilder()
            .id("today")
            .identifiers(List.of(new Identifier("customer", "of-today")))
            .type("page.viewed")
            .outcome(null)
            .occurredAt(System.currentTimeMillis())
            .build());
    return touchpoints;
  }

  private double sum(String name) {
    return values(name, "(?:\\{[^}]*})?");
  }

  private double sum(String name, String tags) {
    return values(name, "\\{" + tags + "}");
  }

  private double values(String name, String tags) {
    Pattern sample = Pattern.compile("(?m)^" + name + tags + " (\\S+)$");
    List<Double> values =
        sample.matcher(scraped).results().map(result -> Double.valueOf(result.group(1))).toList();
    assertThat(values).as(name).isNotEmpty();
    return values.stream().mapToDouble(Double::doubleValue).sum();
  }

  private static String scrape(HttpServer server) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(server.address() + "/metrics")).build(),
            HttpResponse.BodyHandlers.ofString())
        .body();
  }

  @Test
  void shouldBeginAtZeroSoThatTheFirstAlertIsAnIncrease() {
    MeterRegistry registry = new SimpleMeterRegistry();
    RuleSet rules = RuleCompiler.compile(RuleLoader.load(Path.of("rules")));
    PipelineMetrics metrics = new PipelineMetrics(registry, rules);

    for (CompiledRule rule : rules.rules()) {
      assertThat(registry.get("fermata.alerts").tag("rule", rule.rule().id()).counters())
          .hasSameSizeAs(rule.rule().severities())
          .allMatch(counter -> counter.count() == 0);
    }
    assertThat(registry.get("fermata.experiences").counters())
        .allMatch(counter -> counter.count() == 0)
        .noneMatch(counter -> counter.getId().getTag("pillar").equals(Pillar.UNKNOWN.name()));
    assertThat(metrics.totals().in()).isZero();
  }

  @Test
  void shouldCountEveryTouchpointOnceAndDescribeEveryMeter(TestBroker broker) throws Exception {
    RuleSet rules = RuleCompiler.compile(RuleLoader.load(Path.of("rules")));
    List<Touchpoint> touchpoints = touchpoints();
    List<byte[]> garbage = List.of("no record".getBytes(StandardCharsets.UTF_8), new byte[0]);
    long sent = touchpoints.size() + garbage.size();
    try (PipelineEnvironment embedded = new PipelineEnvironment(broker, "metrics", folder);
        Metrics metrics = new Metrics()) {
      PipelineMetrics pipelineMetrics = new PipelineMetrics(metrics.registry(), rules);
      // Without keys the partitions overtake each other by as much as all of the input.
      Map<String, String> environment = embedded.environment();
      environment.put("FERMATA_LATENESS_ALLOWED", "P3650D");
      FermataConfig config = FermataConfig.load(null, environment);
      try (Pipeline pipeline = Pipeline.live(config, rules, pipelineMetrics);
          HttpServer server =
              HttpServer.start("127.0.0.1", 0, pipeline.runner().health(), metrics.registry())) {
        metrics.bind(pipeline.runner().streams(), pipeline.runner().health());
        pipeline.start();
        embedded.send(touchpoints);
        embedded.sendBytes(garbage);
        PipelineEnvironment.await(
            () ->
                pipelineMetrics.totals().in() == sent
                    && pipelineMetrics.totals().unaccounted() == 0);
        scraped = scrape(server);
      }
    }
    assertThat(sum("fermata_touchpoints_in_total")).isEqualTo(sent);
    assertThat(sum("fermata_dead_letters_total")).isEqualTo(garbage.size());
    assertThat(sum("fermata_touchpoints_duplicates_total")).isPositive();
    assertThat(
            sum("fermata_touchpoints_folded_total")
                + sum("fermata_touchpoints_duplicates_total")
                + sum("fermata_dead_letters_total"))
        .isEqualTo(sent);
    assertThat(sum("fermata_touchpoints_unaccounted")).isZero();
    assertThat(sum("fermata_refolds_count")).isPositive();
    assertThat(sum("fermata_refolds_sum")).isGreaterThanOrEqualTo(sum("fermata_refolds_count"));
    double folded = sum("fermata_touchpoints_folded_total");
    assertThat(sum("fermata_touchpoint_latency_seconds_count")).isEqualTo(2 * folded);
    assertThat(sum("fermata_touchpoint_latency_seconds_bucket", "since=\"arrival\",le=\"3600.0\""))
        .isEqualTo(folded);
    assertThat(sum("fermata_rule_evaluations_total")).isGreaterThan(folded);
    assertThat(sum("fermata_journeys_total", "change=\"ENDED\",status=\"[A-Z]+\"")).isPositive();
    assertThat(sum("fermata_guidance_total")).isEqualTo(sum("fermata_contact_pressure_count"));
    assertThat(sum("fermata_journeys_open")).isPositive();
    assertThat(sum("fermata_customers_paused")).isNotNegative();
    assertThat(sum("fermata_restoring_stores")).isZero();
    assertThat(sum("fermata_live")).isOne();
    assertThat(sum("fermata_alerts_total")).isPositive();
    assertThat(sum("fermata_rule_failures_total")).isNotNegative();
    assertThat(scraped)
        .contains("fermata_dead_letters_total{reason=\"UNDECODABLE\"} 2.0")
        .containsPattern("fermata_alerts_total\\{change=\"RAISED\",rule=\"[a-z-]+\",severity=")
        .contains("jvm_memory_used_bytes", "kafka_stream_thread_process_ratio");
    assertThat(HELP.matcher(scraped).results().filter(help -> help.group(2).isBlank()))
        .extracting(MatchResult::group)
        .isEmpty();
    assertThat(scraped.lines().filter(line -> line.startsWith("kafka_")).count()).isLessThan(200);
    assertThat(scraped.lines().filter(line -> line.startsWith("fermata_")).count())
        .isLessThan(150 + 16L * rules.rules().size());
  }

  @Test
  void shouldFindNothingToMendWhenPromtoolChecksOurMetrics() throws Exception {
    RuleSet rules = RuleCompiler.compile(RuleLoader.load(Path.of("rules")));
    try (Metrics metrics = new Metrics()) {
      Random random = new Random(1);
      PipelineMetrics ours = new PipelineMetrics(metrics.registry(), rules);
      ours.folded(touchpoints().get(0), 0, 1);
      ours.refolded(3);
      ours.alert(Change.RAISED, RandomRecords.alert(random));
      ours.journey(Change.RAISED, RandomRecords.journey(random));
      ours.guidance(Change.RAISED, RandomRecords.guidance(random));
      ours.nps("all", "all", NpsMetersTest.report("all", "all", 12.5, 40));
      String own =
          metrics
              .registry()
              .scrape()
              .lines()
              .filter(line -> line.matches("(# (HELP|TYPE) )?fermata_.*"))
              .collect(Collectors.joining("\n", "", "\n"));
      Tool.Outcome outcome = Tool.require("promtool").run(own, "check", "metrics");
      assertThat(outcome.output()).isBlank();
      assertThat(outcome.status()).isZero();
    }
  }
}
