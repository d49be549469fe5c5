package io.fermata.rules.load;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fermata.model.Ids;
import io.fermata.model.Polarity;
import io.fermata.rules.CountWindow;
import io.fermata.rules.Rule;
import io.fermata.rules.RuleKind;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The one way to write a rule as JSON, from which its version is derived. It says what the YAML
 * says under the same keys, so two files that differ in layout alone give one version, and any
 * other change gives another:
 *
 * <ul>
 *   <li>UTF-8, no white space, keys sorted by UTF-16 code units;
 *   <li>what is absent, empty or the default (polarity BAD, raiseOn reach) is left out;
 *   <li>durations as {@link Duration#toString} writes them ({@code P7D} and {@code PT168H} are the
 *       same: {@code "PT168H"});
 *   <li>a calendar window as the mapping {@code {"calendar":"day","zone":"Europe/Warsaw"}};
 *   <li>numbers without a fraction as integers, others as {@link Double#toString};
 *   <li>expressions as written, without white space around them; {@code purposes} and {@code
 *       channels} of a pause sorted; an attribute that depends on the measure as a mapping from
 *       number to text;
 *   <li>the theme, which only groups rules for reading, is not part of it.
 * </ul>
 */
public final class CanonicalJson {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private CanonicalJson() {}

  /** The first 12 hex digits of SHA-256 over the canonical JSON. */
  public static String version(Rule rule) {
    return Ids.sha256(of(rule), 12);
  }

  /** The canonical JSON; the rule's own {@code version} has no part in it. */
  public static String of(Rule rule) {
    Fields json = new Fields();
    json.put("id", rule.id());
    json.put("title", new TreeMap<>(rule.title()));
    json.put("advice", new TreeMap<>(rule.advice()));
    json.put("pillar", rule.pillar());
    json.put("polarity", rule.polarity() == Polarity.BAD ? null : rule.polarity());
    json.put("severity", rule.severity());
    Fields levels = new Fields();
    rule.levels().forEach((severity, bound) -> levels.put(severity.name(), number(bound)));
    json.put("levels", levels.map);
    json.duration("quietFor", rule.quietForMillis());
    if (rule.pause() != null) {
      Fields pause = new Fields();
      pause.duration("for", rule.pause().forMillis());
      pause.put("purposes", rule.pause().purposes().stream().sorted().toList());
      pause.put(
          "channels",
          rule.pause().sameChannel() ? "same" : rule.pause().channels().stream().sorted().toList());
      json.put("pause", pause.map);
    }
    json.put("on", rule.onExperiences() ? "experiences" : null);
    json.put("area", rule.area());
    json.put("channel", rule.channel());
    Fields attributes = new Fields();
    rule.attributes().forEach((name, texts) -> attributes.put(name, attribute(texts)));
    json.put("attributes", attributes.map);
    addKind(json, rule.kind());
    try {
      return MAPPER.writeValueAsString(json.map);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("texts, numbers and maps can always be written", e);
    }
  }

  private static void addKind(Fields json, RuleKind kind) {
    Fields fields = new Fields();
    if (kind instanceof RuleKind.Single single) {
      fields.put("where", single.where());
      fields.put("measure", single.measure());
      json.put("single", fields.map);
    } else if (kind instanceof RuleKind.Count count) {
      fields.put("where", count.where());
      fields.put("atLeast", count.atLeast());
      fields.put("within", within(count.within()));
      fields.put("per", count.per());
      fields.put("distinct", count.distinct());
      json.put("count", fields.map);
    } else if (kind instanceof RuleKind.Streak streak) {
      fields.put("where", streak.where());
      fields.put("brokenBy", streak.brokenBy());
      fields.put("atLeast", streak.atLeast());
      fields.put("per", streak.per());
      fields.put("raiseOn", streak.raiseOnBreak() ? "break" : null);
      json.put("streak", fields.map);
    } else if (kind instanceof RuleKind.Sequence sequence) {
      fields.put("first", sequence.first());
      fields.put("then", sequence.then().size() == 1 ? sequence.then().get(0) : sequence.then());
      fields.duration("within", sequence.withinMillis());
      fields.put("by", sequence.by());
      fields.put("same", sequence.same());
      fields.put("unless", sequence.unless());
      json.put("sequence", fields.map);
    } else if (kind instanceof RuleKind.Absence absence) {
      fields.put("after", absence.after());
      fields.put("expect", absence.expect());
      fields.duration("within", absence.withinMillis());
      fields.put("by", absence.by());
      fields.put("same", absence.same());
      json.put("absence", fields.map);
    }
  }

  private static Object within(CountWindow window) {
    if (window instanceof CountWindow.Calendar calendar) {
      Fields fields = new Fields();
      fields.put("calendar", calendar.unit().symbol());
      fields.put("zone", calendar.zone());
      return fields.map;
    }
    return iso(((CountWindow.Rolling) window).millis());
  }

  private static String iso(long millis) {
    return Duration.ofMillis(millis).toString();
  }

  private static Object attribute(Map<Double, String> texts) {
    String fixed = texts.get(Double.NEGATIVE_INFINITY);
    if (fixed != null) {
      return fixed;
    }
    Fields byMeasure = new Fields();
    texts.forEach((bound, text) -> byMeasure.put(number(bound).toString(), text));
    return byMeasure.map;
  }

  private static Number number(double value) {
    if (value == Math.rint(value) && Math.abs(value) < 1e15) {
      return (long) value;
    }
    return value;
  }

  /** A JSON object in the making. */
  private static final class Fields {

    private final Map<String, Object> map = new TreeMap<>();

    void put(String key, Object value) {
      boolean empty =
          value == null
              || (value instanceof Collection<?> items && items.isEmpty())
              || (value instanceof Map<?, ?> entries && entries.isEmpty());
      if (!empty) {
        map.put(key, value instanceof List<?> items ? List.copyOf(items) : value);
      }
    }

    void duration(String key, Long millis) {
      put(key, millis == null ? null : iso(millis));
    }
  }
}
