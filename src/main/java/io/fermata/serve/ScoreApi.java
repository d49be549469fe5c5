package io.fermata.serve;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import io.fermata.codec.json.ViewJson;
import io.fermata.model.DriverReport;
import io.fermata.model.ScoreKind;
import io.fermata.model.ScoreReport;
import io.fermata.score.Dimension;
import io.fermata.score.ScoreKey;
import io.fermata.score.Window;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** {@code GET /api/v1/scores} and {@code /api/v1/drivers}: of all instances together. */
final class ScoreApi {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<String> SCORES = Set.of("kind", "dimension", "value", "window", "asOf");
  private static final Set<String> DRIVERS = Set.of("dimension", "window");

  private final ScoreSource source;
  private final OtherInstances others;

  ScoreApi(ScoreSource source, OtherInstances others) {
    this.source = source;
    this.others = others;
  }

  void scores(HttpExchange exchange) throws IOException {
    answer(exchange, SCORES, this::scores);
  }

  void drivers(HttpExchange exchange) throws IOException {
    answer(exchange, DRIVERS, this::drivers);
  }

  /** What is here, by key. */
  @FunctionalInterface
  private interface Local {
    Map<String, String> of(Map<String, String> query);
  }

  private Map<String, String> scores(Map<String, String> query) {
    Window window = window(query);
    ScoreKind kind = kind(query);
    String dimension = query.get("dimension");
    String value = query.get("value");
    List<ScoreReport> reports;
    if (query.containsKey("asOf")) {
      if (kind == null || dimension == null || (value == null && !isAll(dimension))) {
        throw new IllegalArgumentException("asOf: expected with kind, dimension and value");
      }
      reports =
          source.asOf(
              new ScoreKey(kind, dimension, value == null ? Dimension.ALL : value),
              window,
              day(query.get("asOf")));
    } else {
      reports = source.latest(window);
    }
    Map<String, String> found = new TreeMap<>();
    for (ScoreReport each : reports) {
      if ((kind == null || each.kind() == kind)
          && (dimension == null || each.dimension().equals(dimension))
          && (value == null || each.value().equals(value))) {
        found.put(each.key(), ViewJson.write(each));
      }
    }
    return found;
  }

  private Map<String, String> drivers(Map<String, String> query) {
    Map<String, String> found = new TreeMap<>();
    for (DriverReport each : source.drivers(window(query))) {
      if (query.get("dimension") == null || each.dimension().equals(query.get("dimension"))) {
        found.put(each.key(), ViewJson.write(each));
      }
    }
    return found;
  }

  private void answer(HttpExchange exchange, Set<String> known, Local local) throws IOException {
    try {
      Map<String, String> found =
          new TreeMap<>(local.of(query(exchange.getRequestURI().getRawQuery(), known)));
      if (!OtherInstances.isHandedOn(exchange)) {
        for (String authority : source.others()) {
          JsonNode theirs = JSON.readTree(others.ask(exchange, authority));
          theirs.forEach(each -> found.putIfAbsent(key(each), each.toString()));
        }
      }
      Answers.ok(exchange, "[" + String.join(",", found.values()) + "]");
    } catch (IllegalArgumentException e) {
      Answers.problem(exchange, 400, e.getMessage());
    } catch (ScoreSource.NotReadyException e) {
      Answers.tryAgain(exchange, e.getMessage());
    }
  }

  /** As {@link ScoreReport#key} and {@link DriverReport#key} have it, but for the time's form. */
  private static String key(JsonNode report) {
    return report.has("kind")
        ? ScoreReport.key(
            ScoreKind.valueOf(report.get("kind").textValue()),
            report.get("dimension").textValue(),
            report.get("value").textValue(),
            report.get("window").textValue(),
            Instant.parse(report.get("asOf").textValue()).toEpochMilli())
        : report.get("dimension").textValue() + "|" + report.get("window").textValue();
  }

  private static Map<String, String> query(String raw, Set<String> known) {
    Map<String, String> query = new TreeMap<>();
    if (raw == null || raw.isEmpty()) {
      return query;
    }
    for (String pair : raw.split("&", -1)) {
      int equals = pair.indexOf('=');
      String name = equals < 0 ? pair : pair.substring(0, equals);
      if (!known.contains(name) || equals < 0) {
        throw new IllegalArgumentException(
            name + ": expected some of " + known.stream().sorted().toList() + ", each with =");
      }
      if (query.put(name, URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8))
          != null) {
        throw new IllegalArgumentException(name + ": expected once");
      }
    }
    return query;
  }

  private static Window window(Map<String, String> query) {
    String window = query.getOrDefault("window", Window.P30D.name());
    return Arrays.stream(Window.values())
        .filter(each -> each.name().equals(window))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "window: expected one of %s, found %s"
                        .formatted(Arrays.toString(Window.values()), window)));
  }

  /** Null for all of them. */
  private static ScoreKind kind(Map<String, String> query) {
    String kind = query.get("kind");
    if (kind == null) {
      return null;
    }
    return Arrays.stream(ScoreKind.values())
        .filter(each -> each != ScoreKind.UNKNOWN && each.name().equals(kind))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "kind: expected NPS, CSAT, CES or FEEDBACK, found " + kind));
  }

  private static boolean isAll(String dimension) {
    return dimension.equals(Dimension.ALL);
  }

  private static LocalDate day(String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "asOf: expected the last day of the window, such as 2026-03-01, found " + text, e);
    }
  }
}
