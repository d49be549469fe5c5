package io.fermata.app;

import com.fasterxml.jackson.databind.JsonNode;
import io.fermata.model.Pillar;
import io.fermata.model.Polarity;
import io.fermata.model.Severity;
import io.fermata.score.PillarBalances;
import io.fermata.score.Window;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The reports of pillars as tables: mean scores by dimension, and the experiences. */
final class PillarTable {

  private static final Severity[] SEVERITIES = {
    Severity.LOW, Severity.MEDIUM, Severity.HIGH, Severity.CRITICAL
  };

  private PillarTable() {}

  /** Writes the latest report of each value that has any answer, the largest first. */
  static void write(PrintWriter out, List<JsonNode> reports, Window window) {
    Map<String, JsonNode> latest = new TreeMap<>();
    for (JsonNode report : reports) {
      String key = text(report, "dimension") + "|" + text(report, "value");
      latest.merge(key, report, (a, b) -> text(a, "asOf").compareTo(text(b, "asOf")) < 0 ? b : a);
    }
    out.printf(Locale.ROOT, "%nPillar scores of those who answered, mean, %s%n", window);
    out.printf(Locale.ROOT, "%-12s  %-24s  %-10s  %7s", "dimension", "value", "until", "n");
    PillarBalances.PILLARS.forEach(pillar -> out.printf(Locale.ROOT, "  %15s", pillar));
    out.println();
    latest.values().stream()
        .filter(report -> report.path("n").asLong() > 0)
        .sorted(
            Comparator.comparing((JsonNode report) -> !text(report, "dimension").equals("all"))
                .thenComparing(report -> text(report, "dimension"))
                .thenComparing(report -> -report.path("n").asLong())
                .thenComparing(report -> text(report, "value")))
        .forEach(report -> means(out, report));
    JsonNode all = latest.get("all|all");
    if (all != null) {
      experiences(out, all, window);
    }
  }

  private static void means(PrintWriter out, JsonNode report) {
    out.printf(
        Locale.ROOT,
        "%-12s  %-24s  %-10s  %,7d",
        text(report, "dimension"),
        text(report, "value"),
        text(report, "asOf").substring(0, 10),
        report.path("n").asLong());
    for (Pillar pillar : PillarBalances.PILLARS) {
      double mean = report.path("pillars").path(pillar.name()).asDouble();
      out.printf(Locale.ROOT, "  %15.1f", mean);
    }
    out.println();
  }

  private static void experiences(PrintWriter out, JsonNode report, Window window) {
    out.printf(
        Locale.ROOT,
        "%nExperiences of %s until %s%n%-16s  %8s",
        window,
        text(report, "asOf").substring(0, 10),
        "pillar",
        "GOOD");
    for (Severity severity : SEVERITIES) {
      out.printf(Locale.ROOT, "  %12s", "BAD " + severity);
    }
    out.println();
    for (Pillar pillar : PillarBalances.PILLARS) {
      out.printf(Locale.ROOT, "%-16s  %,8d", pillar, count(report, pillar, Polarity.GOOD, null));
      for (Severity severity : SEVERITIES) {
        out.printf(Locale.ROOT, "  %,12d", count(report, pillar, Polarity.BAD, severity));
      }
      out.println();
    }
  }

  /** Null for every severity. */
  private static long count(JsonNode report, Pillar pillar, Polarity polarity, Severity severity) {
    List<Long> counts = new ArrayList<>();
    for (JsonNode one : report.path("experiences")) {
      if (text(one, "pillar").equals(pillar.name())
          && text(one, "polarity").equals(polarity.name())
          && (severity == null || text(one, "severity").equals(severity.name()))) {
        counts.add(one.path("count").asLong());
      }
    }
    return counts.stream().mapToLong(Long::longValue).sum();
  }

  private static String text(JsonNode json, String field) {
    return json.path(field).asText();
  }
}
