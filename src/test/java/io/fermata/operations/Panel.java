package io.fermata.operations;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One expression of a dashboard.
 *
 * @param name dashboard, panel and number of the expression
 * @param expression in PromQL, Grafana's variables replaced
 * @param labels that its legend names
 */
record Panel(String name, String expression, Set<String> labels) {

  private static final Pattern LABEL = Pattern.compile("\\{\\{(\\w+)}}");
  private static final Pattern METRIC =
      Pattern.compile("\\b(?:fermata|kafka|jvm|process|system)_[a-z0-9_]+");

  static List<Panel> all() throws IOException {
    List<Panel> panels = new ArrayList<>();
    try (Stream<Path> files = Files.list(Path.of("grafana/dashboards"))) {
      for (Path file : files.sorted().toList()) {
        for (JsonNode panel : new ObjectMapper().readTree(file.toFile()).get("panels")) {
          for (JsonNode target : panel.get("targets")) {
            panels.add(of(file, panel, target));
          }
        }
      }
    }
    return panels;
  }

  private static Panel of(Path file, JsonNode panel, JsonNode target) {
    Set<String> labels = new TreeSet<>();
    Matcher matcher = LABEL.matcher(target.path("legendFormat").asText());
    while (matcher.find()) {
      labels.add(matcher.group(1));
    }
    return new Panel(
        "%s: %s, %s"
            .formatted(
                file.getFileName(), panel.get("title").asText(), target.get("refId").asText()),
        target
            .get("expr")
            .asText()
            .replace("$__rate_interval", "15s")
            .replace("$__range", "1m")
            .replace("$job", ".*"),
        labels);
  }

  /** The metrics that an expression names. */
  static Set<String> metrics(String expression) {
    Set<String> names = new TreeSet<>();
    Matcher matcher =
        METRIC.matcher(expression.replaceAll("\"[^\"]*\"", "").replaceAll("by \\([^)]*\\)", ""));
    while (matcher.find()) {
      names.add(matcher.group());
    }
    return names;
  }
}
