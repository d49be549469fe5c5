package io.fermata.replay;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fermata.codec.json.IsoTimes;
import io.fermata.codec.json.ViewJson;
import io.fermata.model.Alert;
import io.fermata.model.AlertStatus;
import io.fermata.model.ContactGuidance;
import io.fermata.model.DeadLetterReason;
import io.fermata.model.Journey;
import io.fermata.model.JourneyStatus;
import io.fermata.model.PillarReport;
import io.fermata.model.ScoreAlert;
import io.fermata.model.ScoreKind;
import io.fermata.model.ScoreReport;
import io.fermata.model.Severity;
import io.fermata.model.SurveyResponse;
import io.fermata.score.Drivers;
import java.io.IOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Writes the final views of a replay into a folder: one JSON object a line, sorted by id or key,
 * and {@code summary.json} last, so that a folder with a summary is whole. Equal results give equal
 * bytes, all but the summary's {@code speed}.
 */
public final class ViewFiles {

  public static final String ALERTS = "alerts.jsonl";
  public static final String JOURNEYS = "journeys.jsonl";
  public static final String GUIDANCE = "guidance.jsonl";
  public static final String RESPONSES = "responses.jsonl";
  public static final String SCORES = "scores.jsonl";
  public static final String DRIVERS = "drivers.jsonl";
  public static final String SCORE_ALERTS = "score-alerts.jsonl";
  public static final String PILLARS = "pillars.jsonl";
  public static final String DEAD_LETTERS = "dead-letters.jsonl";
  public static final String SUMMARY = "summary.json";

  private static final Comparator<Imported.DeadLetter> BY_SOURCE =
      Comparator.comparing(
              Imported.DeadLetter::file, Comparator.nullsLast(Comparator.naturalOrder()))
          .thenComparingLong(Imported.DeadLetter::line)
          .thenComparing(Imported.DeadLetter::original);

  private static final ObjectMapper JSON = new ObjectMapper();

  private ViewFiles() {}

  /**
   * Writes all files; the folder is made where it is not there, files of an earlier replay are
   * replaced.
   */
  public static void write(Path folder, ReplayResult result, ReplaySpeed speed) throws IOException {
    Files.createDirectories(folder);
    Files.deleteIfExists(folder.resolve(SUMMARY));
    List<Alert> alerts =
        result.alerts().stream()
            .filter(alert -> alert.status() != AlertStatus.RETRACTED)
            .sorted(Comparator.comparing(Alert::id))
            .toList();
    lines(folder.resolve(ALERTS), alerts.stream(), ViewJson::write);
    lines(
        folder.resolve(JOURNEYS),
        result.journeys().stream().sorted(Comparator.comparing(Journey::id)),
        ViewJson::write);
    lines(
        folder.resolve(GUIDANCE),
        result.guidance().stream().sorted(Comparator.comparing(ContactGuidance::customer)),
        ViewJson::write);
    lines(
        folder.resolve(RESPONSES),
        result.responses().stream().sorted(Comparator.comparing(SurveyResponse::id)),
        ViewJson::write);
    lines(
        folder.resolve(SCORES),
        result.scores().reports().stream().sorted(Comparator.comparing(ScoreReport::key)),
        ViewJson::write);
    List<Drivers> drivers =
        result.scores().drivers().stream()
            .sorted(Comparator.comparing(Drivers::dimension).thenComparing(Drivers::window))
            .toList();
    lines(
        folder.resolve(DRIVERS),
        drivers.stream()
            .filter(Drivers.Found.class::isInstance)
            .map(found -> ((Drivers.Found) found).report()),
        ViewJson::write);
    lines(
        folder.resolve(SCORE_ALERTS),
        result.scores().alerts().stream().sorted(Comparator.comparing(ScoreAlert::id)),
        ViewJson::write);
    lines(
        folder.resolve(PILLARS),
        result.scores().pillars().stream().sorted(Comparator.comparing(PillarReport::key)),
        ViewJson::write);
    lines(
        folder.resolve(DEAD_LETTERS),
        result.deadLetters().stream().sorted(BY_SOURCE),
        ViewFiles::deadLetter);
    Files.writeString(
        folder.resolve(SUMMARY),
        pretty(summary(result, alerts, drivers, speed)),
        StandardCharsets.UTF_8);
  }

  private static <T> void lines(Path file, Stream<T> items, Function<T, String> line)
      throws IOException {
    try (Writer out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
      for (T item : (Iterable<T>) items::iterator) {
        out.write(line.apply(item));
        out.write('\n');
      }
    }
  }

  private static String deadLetter(Imported.DeadLetter letter) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("reason", letter.reason().name());
    json.put("detail", letter.detail());
    if (letter.file() != null) {
      json.put("file", letter.file());
      json.put("line", letter.line());
    }
    json.put("original", letter.original());
    return json.toString();
  }

  private static ObjectNode summary(
      ReplayResult result, List<Alert> alerts, List<Drivers> drivers, ReplaySpeed speed) {
    ReplayResult.Counts counts = result.counts();
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("clock", result.clock() == null ? null : IsoTimes.format(result.clock()));
    json.put("input", counts.rows());
    json.put("skipped", counts.skipped());
    json.put("touchpoints", counts.touchpoints());
    json.put("links", counts.links());
    json.put("folded", counts.folded());
    json.put("duplicates", counts.duplicates());
    tally(
        json.putObject("deadLetters"),
        DeadLetterReason.values(),
        result.deadLetters(),
        Imported.DeadLetter::reason);
    json.put("customers", counts.customers());
    alerts(json.putObject("alerts"), alerts);
    Map<String, List<Alert>> byRule = new TreeMap<>();
    result.ruleIds().forEach(rule -> byRule.put(rule, new ArrayList<>()));
    alerts.forEach(
        alert -> byRule.computeIfAbsent(alert.rule(), rule -> new ArrayList<>()).add(alert));
    ObjectNode rules = json.putObject("rules");
    byRule.forEach((rule, ofRule) -> alerts(rules.putObject(rule), ofRule));
    ObjectNode journeys = json.putObject("journeys");
    journeys.put("total", result.journeys().size());
    tally(journeys.putObject("status"), JourneyStatus.values(), result.journeys(), Journey::status);
    JourneySummary.write(journeys, result.journeys());
    ObjectNode surveys = json.putObject("surveys");
    tally(
        surveys.putObject("responses"),
        ScoreKind.values(),
        result.responses(),
        SurveyResponse::kind);
    ArrayNode withheld = surveys.putArray("driversWithheld");
    for (Drivers one : drivers) {
      if (one instanceof Drivers.Withheld why) {
        withheld
            .addObject()
            .put("dimension", why.dimension())
            .put("window", why.window())
            .put("n", why.n())
            .put("reason", why.reason());
      }
    }
    ObjectNode fast = json.putObject("speed");
    fast.put("seconds", rounded(speed.seconds()));
    fast.put("touchpointsPerSecond", Math.round(speed.touchpointsPerSecond()));
    fast.put("cpuSeconds", rounded(speed.cpuSeconds()));
    return json;
  }

  private static void alerts(ObjectNode json, List<Alert> alerts) {
    json.put("total", alerts.size());
    tally(json.putObject("severity"), Severity.values(), alerts, Alert::severity);
    tally(json.putObject("status"), AlertStatus.values(), alerts, Alert::status);
  }

  /** Counts by symbol, in the order of the symbols; what does not occur is left out. */
  private static <T, E extends Enum<E>> void tally(
      ObjectNode json, E[] symbols, List<T> items, Function<T, E> symbol) {
    Map<E, Long> counts = new LinkedHashMap<>();
    items.forEach(item -> counts.merge(symbol.apply(item), 1L, Long::sum));
    for (E s : symbols) {
      if (counts.containsKey(s)) {
        json.put(s.name(), counts.get(s));
      }
    }
  }

  private static BigDecimal rounded(double seconds) {
    return BigDecimal.valueOf(seconds).setScale(3, RoundingMode.HALF_UP);
  }

  private static String pretty(ObjectNode json) throws IOException {
    DefaultIndenter lines = new DefaultIndenter("  ", "\n");
    DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
    printer.indentObjectsWith(lines);
    printer.indentArraysWith(lines);
    return JSON.writer(printer).writeValueAsString(json) + "\n";
  }
}
