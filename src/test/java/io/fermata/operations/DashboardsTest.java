package io.fermata.operations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fermata.it.Await;
import io.fermata.it.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The dashboards and the alert rules beside what a running demonstration tells. */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
class DashboardsTest {

  /** One of each panel's, for whoever wants to see them. */
  private static final Path VALUES_FILE = Path.of("target/dashboards.txt");

  private static final Map<String, String> VALUES = new TreeMap<>();
  private static final Pattern SAMPLE = Pattern.compile("(?m)^([a-zA-Z_:][a-zA-Z0-9_:]*)[{ ]");

  private static RunningDemo demo;

  @TempDir Path folder;

  @BeforeAll
  static void start() {
    demo = new RunningDemo();
  }

  @AfterAll
  static void stop() throws Exception {
    demo.close();
  }

  @Test
  void shouldShowDataInEveryPanelWhenPrometheusScrapesTheDemo() throws Exception {
    Tool.require("prometheus");
    try (PrometheusServer prometheus = new PrometheusServer(folder, demo.host())) {
      List<Panel> empty = new ArrayList<>(Panel.all());
      assertThat(empty).hasSizeGreaterThan(40);
      Await.until(
          "every panel has data",
          () -> {
            empty.removeIf(panel -> hasData(prometheus.query(panel.expression()), panel));
            return empty.isEmpty();
          },
          () -> empty);
      // Once more: the first values of many are those of a demo that has hardly begun.
      for (Panel panel : Panel.all()) {
        hasData(prometheus.query(panel.expression()), panel);
      }
      Files.write(
          VALUES_FILE,
          VALUES.entrySet().stream().map(e -> e.getKey() + ": " + e.getValue()).toList());
      JsonNode groups = prometheus.data("/api/v1/rules").get("groups");
      assertThat(groups.findValuesAsText("health")).isNotEmpty().containsOnly("ok");
    }
  }

  private static boolean hasData(JsonNode data, Panel panel) {
    for (JsonNode series : data.get("result")) {
      boolean labelled =
          panel.labels().stream().allMatch(label -> series.get("metric").hasNonNull(label));
      String value = series.get("value").get(1).asText();
      if (labelled && !value.equals("NaN")) {
        VALUES.put(panel.name(), value + " " + series.get("metric"));
        return true;
      }
    }
    return false;
  }

  /** The demonstration advertises nothing: it is alone. */
  @Test
  void shouldAnswerForTheCustomersOfTheDemo() {
    Await.until(
        "one of the first customers is known",
        () ->
            IntStream.range(0, 20)
                .mapToObj(number -> demo.get("/api/v1/customers/customer:C-" + number))
                .anyMatch(answer -> answer.contains("\"journeys\":[{")),
        () -> demo.get("/api/v1/customers/customer:C-1"));
    assertThat(demo.get("/api/v1/customers/customer:nobody")).contains("\"status\":404");
  }

  @Test
  void shouldKnowEveryMetricThatPanelsAndRulesName() throws IOException {
    Set<String> named = named();
    assertThat(named).hasSizeGreaterThan(25);
    Await.until("every metric is there", () -> missing(named).isEmpty(), () -> missing(named));
  }

  @Test
  void shouldKeepNoMeterOfKafkaThatNothingShows() throws IOException {
    Set<String> kept =
        scraped().stream()
            .filter(metric -> metric.startsWith("kafka_"))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(kept).isNotEmpty().isSubsetOf(named());
  }

  private static Set<String> named() throws IOException {
    Set<String> named = new TreeSet<>();
    Panel.all().forEach(panel -> named.addAll(Panel.metrics(panel.expression())));
    JsonNode rules = new YAMLMapper().readTree(Path.of("prometheus/fermata-rules.yml").toFile());
    for (String expression : rules.findValuesAsText("expr")) {
      named.addAll(Panel.metrics(expression));
    }
    return named;
  }

  private static Set<String> missing(Set<String> named) {
    Set<String> missing = new TreeSet<>(named);
    missing.removeAll(scraped());
    return missing;
  }

  private static Set<String> scraped() {
    return SAMPLE
        .matcher(demo.get("/metrics"))
        .results()
        .map((MatchResult result) -> result.group(1))
        .collect(Collectors.toSet());
  }
}
