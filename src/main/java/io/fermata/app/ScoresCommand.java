package io.fermata.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fermata.replay.ViewFiles;
import io.fermata.score.Window;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code fermata scores}: the scores of a replay as a table. */
@Command(
    name = "scores",
    mixinStandardHelpOptions = true,
    description = "Shows the scores of a replay and what drives them.",
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0:done",
      "1:the files can't be read",
      "2:wrong usage, or no replay in the folder"
    })
public final class ScoresCommand implements Callable<Integer> {

  private static final ObjectMapper JSON = new ObjectMapper();

  @Option(
      names = "--input",
      required = true,
      paramLabel = "DIR",
      description = "the folder that a replay wrote with --out")
  private Path input;

  @Option(
      names = "--window",
      paramLabel = "WINDOW",
      defaultValue = "P30D",
      description = "P1D, P7D, P30D or P90D (default: ${DEFAULT-VALUE})")
  private Window window;

  @Option(
      names = "--all",
      description = "also what has fewer answers than are enough to look at (30)")
  private boolean all;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter err = spec.commandLine().getErr();
    if (!Files.isRegularFile(input.resolve(ViewFiles.SUMMARY))) {
      err.println(
          "--input is "
              + input
              + ", expected a folder that fermata replay wrote, with "
              + ViewFiles.SUMMARY
              + " in it");
      return 2;
    }
    PrintWriter out = spec.commandLine().getOut();
    try {
      scores(out, lines(ViewFiles.SCORES));
      falls(out, lines(ViewFiles.SCORE_ALERTS));
      drivers(out, lines(ViewFiles.DRIVERS));
      withheld(out, JSON.readTree(input.resolve(ViewFiles.SUMMARY).toFile()));
      PillarTable.write(out, lines(ViewFiles.PILLARS), window);
    } catch (IOException e) {
      err.println("scores: " + e.getMessage());
      return 1;
    }
    out.flush();
    return 0;
  }

  private List<JsonNode> lines(String file) throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : Files.readAllLines(input.resolve(file))) {
      JsonNode json = JSON.readTree(line);
      if (json.path("window").asText().equals(window.name())) {
        lines.add(json);
      }
    }
    return lines;
  }

  /** The latest report of each value, the largest first within its dimension. */
  private void scores(PrintWriter out, List<JsonNode> reports) {
    Map<String, JsonNode> latest = new LinkedHashMap<>();
    for (JsonNode report : reports) {
      String key =
          String.join("|", text(report, "kind"), text(report, "dimension"), text(report, "value"));
      latest.merge(key, report, (a, b) -> text(a, "asOf").compareTo(text(b, "asOf")) < 0 ? b : a);
    }
    List<JsonNode> shown =
        latest.values().stream()
            .filter(report -> all || report.path("enough").asBoolean())
            .sorted(
                Comparator.comparing((JsonNode report) -> text(report, "kind"))
                    .thenComparing(report -> !text(report, "dimension").equals("all"))
                    .thenComparing(report -> text(report, "dimension"))
                    .thenComparing(report -> -report.path("n").asLong())
                    .thenComparing(report -> text(report, "value")))
            .toList();
    out.printf(
        Locale.ROOT,
        "%-8s  %-12s  %-24s  %-10s  %7s  %7s  %5s  %6s  %5s  %8s  %8s%n",
        "kind",
        "dimension",
        "value",
        "until",
        "n",
        "NPS",
        "+/-",
        "mean",
        "CSAT",
        "sent",
        "answered");
    for (JsonNode report : shown) {
      out.printf(
          Locale.ROOT,
          "%-8s  %-12s  %-24s  %-10s  %,7d  %7s  %5s  %6s  %5s  %,8d  %8s%n",
          text(report, "kind"),
          text(report, "dimension"),
          text(report, "value"),
          text(report, "asOf").substring(0, 10),
          report.path("n").asLong(),
          number(report, "nps", "%+.1f", 1),
          number(report, "marginOfError", "%.1f", 1),
          number(report, "mean", "%.2f", 1),
          number(report, "csat", "%.0f%%", 100),
          report.path("sent").asLong(),
          number(report, "responseRate", "%.1f%%", 100));
    }
    if (shown.size() < latest.size()) {
      out.printf(
          Locale.ROOT,
          "%d more with fewer than 30 answers in %s: --all%n",
          latest.size() - shown.size(),
          window);
    }
  }

  /** Where NPS has fallen, the latest first. */
  private void falls(PrintWriter out, List<JsonNode> alerts) {
    if (alerts.isEmpty()) {
      return;
    }
    out.printf(
        Locale.ROOT, "%nWhere NPS has fallen against the %s before, beyond chance%n", window);
    alerts.stream()
        .sorted(
            Comparator.comparing((JsonNode alert) -> text(alert, "asOf"))
                .reversed()
                .thenComparing(alert -> text(alert, "dimension"))
                .thenComparing(alert -> text(alert, "value")))
        .forEach(
            alert ->
                out.printf(
                    Locale.ROOT,
                    "%s  %-12s  %-24s  %+.1f to %+.1f: %.1f (+/- %.1f), p %s%n",
                    text(alert, "asOf").substring(0, 10),
                    text(alert, "dimension"),
                    text(alert, "value"),
                    alert.path("beforeNps").asDouble(),
                    alert.path("nps").asDouble(),
                    alert.path("change").asDouble(),
                    alert.path("marginOfError").asDouble(),
                    text(alert, "p")));
  }

  private void drivers(PrintWriter out, List<JsonNode> drivers) {
    out.printf(
        Locale.ROOT,
        "%nWhat drives NPS, points for each point of a pillar (standard error), %s%n",
        window);
    for (JsonNode driver : drivers) {
      out.printf(
          Locale.ROOT,
          "%s: n %,d, r2 %.3f: the pillars explain %.0f %% of the variation%n",
          text(driver, "dimension"),
          driver.path("n").asLong(),
          driver.path("r2").asDouble(),
          100 * driver.path("r2").asDouble());
      driver
          .path("coefficients")
          .fields()
          .forEachRemaining(
              pillar ->
                  out.printf(
                      Locale.ROOT,
                      "    %-16s %+.4f (%.4f)%n",
                      pillar.getKey(),
                      pillar.getValue().path("value").asDouble(),
                      pillar.getValue().path("standardError").asDouble()));
    }
  }

  private void withheld(PrintWriter out, JsonNode summary) {
    for (JsonNode one : summary.path("surveys").path("driversWithheld")) {
      if (text(one, "window").equals(window.name())) {
        out.printf(
            Locale.ROOT,
            "%s: n %,d, nothing said: %s%n",
            text(one, "dimension"),
            one.path("n").asLong(),
            text(one, "reason"));
      }
    }
  }

  private static String text(JsonNode json, String field) {
    return json.path(field).asText();
  }

  private static String number(JsonNode json, String field, String format, double times) {
    return json.has(field)
        ? String.format(Locale.ROOT, format, times * json.path(field).asDouble())
        : "";
  }
}
