package io.fermata.operations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fermata.it.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class PrometheusRulesTest {

  private static final YAMLMapper YAML = new YAMLMapper();

  private static JsonNode read(String file) throws IOException {
    return YAML.readTree(Path.of("prometheus", file).toFile());
  }

  private static List<String> alerts() throws IOException {
    return read("fermata-rules.yml").findValuesAsText("alert");
  }

  @Test
  void shouldPassTheirUnitTests() throws Exception {
    Tool promtool = Tool.require("promtool");
    for (String[] command :
        List.of(
            new String[] {"check", "config", "prometheus/prometheus.yml"},
            new String[] {"check", "rules", "--lint-fatal", "prometheus/fermata-rules.yml"},
            new String[] {"test", "rules", "prometheus/fermata-rules-test.yml"})) {
      Tool.Outcome outcome = promtool.run("", command);
      assertThat(outcome.status()).as(outcome.output()).isZero();
    }
  }

  @Test
  void shouldTellInTheRunbookWhatToDo() throws IOException {
    List<String> chapters =
        Files.readAllLines(Path.of("docs/runbook.md")).stream()
            .filter(line -> line.startsWith("## "))
            .map(line -> line.substring(3))
            .toList();
    assertThat(chapters).containsExactlyElementsOf(alerts());
    for (JsonNode rule : read("fermata-rules.yml").findValue("rules")) {
      assertThat(rule.at("/annotations/runbook_url").asText())
          .isEqualTo("docs/runbook.md#" + rule.get("alert").asText().toLowerCase(Locale.ROOT));
    }
  }

  @Test
  void shouldHaveAUnitTestEach() throws IOException {
    assertThat(read("fermata-rules-test.yml").findValuesAsText("alertname")).containsAll(alerts());
  }
}
