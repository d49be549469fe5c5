package io.fermata.rules.load;

import io.fermata.model.Area;
import io.fermata.model.Channel;
import io.fermata.model.Pillar;
import io.fermata.model.Polarity;
import io.fermata.model.Purpose;
import io.fermata.model.Severity;
import io.fermata.rules.CalendarUnit;
import io.fermata.rules.CountWindow;
import io.fermata.rules.Rule;
import io.fermata.rules.RuleKind;
import io.fermata.rules.Zones;
import io.fermata.rules.cel.Expected;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Reads one rule. */
final class RuleReader {

  private static final List<String> LANGUAGES = List.of("en", "pl");
  private static final List<String> KINDS =
      List.of("single", "count", "streak", "sequence", "absence");
  private static final List<String> KEYS =
      List.of(
          "id",
          "title",
          "advice",
          "pillar",
          "polarity",
          "severity",
          "levels",
          "quietFor",
          "pause",
          "area",
          "channel",
          "attributes",
          "on",
          "single",
          "count",
          "streak",
          "sequence",
          "absence");
  private static final List<String> UNITS =
      Arrays.stream(CalendarUnit.values()).map(CalendarUnit::symbol).toList();
  private static final Pattern KEBAB = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");

  private final MappingReader yaml;
  private final String theme;
  private final Problems problems;

  RuleReader(YamlNode node, String theme, Problems problems) {
    this.yaml = new MappingReader(node, "a rule", problems, KEYS);
    this.theme = theme;
    this.problems = problems;
  }

  Location idAt() {
    return yaml.at("id");
  }

  /** The rule's id as written; null where there is none. Reports nothing. */
  String id() {
    return yaml.node("id") instanceof YamlNode.Scalar id && !id.isMissing() ? id.text() : null;
  }

  /** The rule, or null when a problem was reported. */
  Rule read() {
    int before = problems.count();
    String id = yaml.requiredText("id");
    if (id != null && !KEBAB.matcher(id).matches()) {
      problems.add(yaml.node("id").at(), "expected an id in kebab-case, found '" + id + "'");
    }
    yaml.required("title");
    Map<String, String> title = texts("title");
    Map<String, String> advice = texts("advice");
    yaml.required("pillar");
    Pillar pillar = yaml.symbol("pillar", Pillar.class);
    Polarity polarity = yaml.symbol("polarity", Polarity.class);
    Severity severity = yaml.symbol("severity", Severity.class);
    NavigableMap<Severity, Double> levels = levels();
    if (!yaml.has("severity") && !yaml.has("levels")) {
      problems.add(yaml.at("severity"), "a rule needs 'severity' or 'levels', or both");
    } else if (severity != null && !levels.isEmpty() && severity.compareTo(levels.firstKey()) > 0) {
      problems.add(
          yaml.at("severity"),
          "expected no higher severity below the levels than their lowest, "
              + levels.firstKey()
              + ", found "
              + severity);
    }
    Long quietFor = yaml.duration("quietFor");
    Rule.Pause pause = pause();
    boolean onExperiences = onExperiences();
    Area area = yaml.symbol("area", Area.class);
    Channel channel = yaml.symbol("channel", Channel.class);
    Map<String, NavigableMap<Double, String>> attributes = attributes();
    RuleKind kind = kind();
    if (problems.count() > before) {
      return null;
    }
    Rule rule =
        new Rule(
            id,
            "",
            theme,
            title,
            advice,
            pillar,
            polarity == null ? Polarity.BAD : polarity,
            severity,
            levels,
            quietFor,
            pause,
            onExperiences,
            area,
            channel,
            attributes,
            kind);
    return withVersion(rule);
  }

  private static Rule withVersion(Rule rule) {
    return new Rule(
        rule.id(),
        CanonicalJson.version(rule),
        rule.theme(),
        rule.title(),
        rule.advice(),
        rule.pillar(),
        rule.polarity(),
        rule.severity(),
        rule.levels(),
        rule.quietForMillis(),
        rule.pause(),
        rule.onExperiences(),
        rule.area(),
        rule.channel(),
        rule.attributes(),
        rule.kind());
  }

  private Map<String, String> texts(String key) {
    if (!yaml.has(key)) {
      return Map.of();
    }
    MappingReader languages =
        new MappingReader(yaml.node(key), "'" + key + "'", problems, LANGUAGES);
    Map<String, String> texts = new TreeMap<>();
    for (String language : LANGUAGES) {
      String text = languages.text(language);
      if (text != null) {
        texts.put(language, text);
      }
    }
    if (texts.isEmpty()) {
      problems.add(yaml.at(key), "expected '" + key + "' in at least one of " + LANGUAGES);
    }
    return Collections.unmodifiableMap(texts);
  }

  private NavigableMap<Severity, Double> levels() {
    EnumMap<Severity, Double> levels = new EnumMap<>(Severity.class);
    if (yaml.has("levels")) {
      List<String> severities = List.of("LOW", "MEDIUM", "HIGH", "CRITICAL");
      MappingReader reader =
          new MappingReader(yaml.node("levels"), "'levels'", problems, severities);
      for (String severity : severities) {
        Double bound = reader.number(severity);
        if (bound != null) {
          levels.put(Severity.valueOf(severity), bound);
        }
      }
      if (levels.isEmpty()) {
        problems.add(
            yaml.at("levels"), "expected at least one level such as {MEDIUM: 300, HIGH: 600}");
      }
      if (!isRising(List.copyOf(levels.values()))) {
        problems.add(
            yaml.at("levels"), "expected a greater bound for a higher severity, found " + levels);
      }
    }
    return Collections.unmodifiableNavigableMap(new TreeMap<>(levels));
  }

  private static boolean isRising(List<Double> bounds) {
    for (int i = 1; i < bounds.size(); i++) {
      if (bounds.get(i) <= bounds.get(i - 1)) {
        return false;
      }
    }
    return true;
  }

  private Rule.Pause pause() {
    if (!yaml.has("pause")) {
      return null;
    }
    MappingReader pause =
        new MappingReader(
            yaml.node("pause"), "'pause'", problems, List.of("for", "purposes", "channels"));
    Long millis = pause.duration("for", pause.required("for"));
    List<String> purposes = pause.symbols("purposes", Purpose.class);
    boolean sameChannel =
        pause.node("channels") instanceof YamlNode.Scalar scalar && scalar.text().equals("same");
    List<String> channels = sameChannel ? List.of() : pause.symbols("channels", Channel.class);
    return new Rule.Pause(millis == null ? 0 : millis, purposes, channels, sameChannel);
  }

  private boolean onExperiences() {
    String on = yaml.text("on");
    if (on != null && !on.equals("experiences")) {
      problems.add(
          yaml.node("on").at(),
          "expected 'experiences' for 'on' (without it a rule sees touchpoints), found '"
              + on
              + "'");
    }
    return on != null;
  }

  private Map<String, NavigableMap<Double, String>> attributes() {
    Map<String, NavigableMap<Double, String>> attributes = new TreeMap<>();
    yaml.mapping("attributes")
        .forEach((name, value) -> attributes.put(name, attribute(name, value)));
    return Collections.unmodifiableMap(attributes);
  }

  private NavigableMap<Double, String> attribute(String name, YamlNode value) {
    TreeMap<Double, String> texts = new TreeMap<>();
    if (value instanceof YamlNode.Scalar scalar) {
      texts.put(Double.NEGATIVE_INFINITY, scalar.text());
    } else if (value instanceof YamlNode.Mapping mapping) {
      mapping.entries().forEach((bound, entry) -> addText(texts, name, bound, entry));
    } else {
      problems.add(
          value.at(),
          "expected a text, or texts by measure such as {1: \"low\", 5: \"high\"}, for '"
              + name
              + "', found "
              + value.description());
    }
    return Collections.unmodifiableNavigableMap(texts);
  }

  private void addText(
      NavigableMap<Double, String> texts, String name, String bound, YamlNode.Entry entry) {
    Double measure =
        yaml.number(name, new YamlNode.Scalar(bound, false, entry.keyAt(), entry.keyAt()));
    if (entry.value() instanceof YamlNode.Scalar text) {
      if (measure != null) {
        texts.put(measure, text.text());
      }
    } else {
      problems.add(entry.value().at(), "expected a text, found " + entry.value().description());
    }
  }

  private RuleKind kind() {
    List<String> given = KINDS.stream().filter(yaml::has).toList();
    if (given.size() != 1) {
      problems.add(
          yaml.at(given.isEmpty() ? "id" : given.get(1)),
          "a rule needs exactly one of "
              + String.join(", ", KINDS)
              + "; found "
              + (given.isEmpty() ? "none" : String.join(" and ", given)));
      return null;
    }
    YamlNode node = yaml.node(given.get(0));
    return switch (given.get(0)) {
      case "single" -> single(node);
      case "count" -> count(node);
      case "streak" -> streak(node);
      case "sequence" -> sequence(node);
      default -> absence(node);
    };
  }

  private RuleKind single(YamlNode node) {
    MappingReader kind = new MappingReader(node, "'single'", problems, List.of("where", "measure"));
    return new RuleKind.Single(
        kind.requiredExpression("where", Expected.CONDITION),
        kind.expression("measure", Expected.NUMBER));
  }

  private RuleKind count(YamlNode node) {
    MappingReader kind =
        new MappingReader(
            node, "'count'", problems, List.of("where", "atLeast", "within", "per", "distinct"));
    return new RuleKind.Count(
        kind.requiredExpression("where", Expected.CONDITION),
        atLeast(kind),
        window(kind),
        kind.expressions("per"),
        kind.expression("distinct", Expected.VALUE));
  }

  private RuleKind streak(YamlNode node) {
    MappingReader kind =
        new MappingReader(
            node, "'streak'", problems, List.of("where", "brokenBy", "atLeast", "per", "raiseOn"));
    String raiseOn = kind.choice("raiseOn", kind.node("raiseOn"), List.of("reach", "break"));
    return new RuleKind.Streak(
        kind.requiredExpression("where", Expected.CONDITION),
        kind.requiredExpression("brokenBy", Expected.CONDITION),
        atLeast(kind),
        kind.expressions("per"),
        "break".equals(raiseOn));
  }

  private RuleKind sequence(YamlNode node) {
    MappingReader kind =
        new MappingReader(
            node,
            "'sequence'",
            problems,
            List.of("first", "then", "within", "by", "same", "unless"));
    checkDeadline(kind, "'sequence'");
    return new RuleKind.Sequence(
        kind.requiredExpression("first", Expected.CONDITION),
        then(kind),
        kind.duration("within"),
        kind.expression("by", Expected.TIME),
        kind.expressions("same"),
        kind.expression("unless", Expected.CONDITION));
  }

  /** One condition, or a list of those that must all be met. */
  private List<String> then(MappingReader kind) {
    if (kind.node("then") instanceof YamlNode.Items items) {
      if (items.items().size() < 2 || items.items().size() > RuleKind.Sequence.MOST_CONDITIONS) {
        problems.add(
            items.at(),
            "expected one condition for 'then', or a list of 2 to "
                + RuleKind.Sequence.MOST_CONDITIONS
                + " that must all be met, found a list of "
                + items.items().size());
      }
      return kind.expressions("then", Expected.CONDITION);
    }
    String condition = kind.requiredExpression("then", Expected.CONDITION);
    return condition == null ? List.of() : List.of(condition);
  }

  private void checkDeadline(MappingReader kind, String what) {
    if (kind.has("within") == kind.has("by")) {
      problems.add(kind.at("by"), what + " needs exactly one of 'within' and 'by'");
    }
  }

  private RuleKind absence(YamlNode node) {
    MappingReader kind =
        new MappingReader(
            node, "'absence'", problems, List.of("after", "expect", "within", "by", "same"));
    checkDeadline(kind, "'absence'");
    return new RuleKind.Absence(
        kind.requiredExpression("after", Expected.CONDITION),
        kind.requiredExpression("expect", Expected.CONDITION),
        kind.duration("within"),
        kind.expression("by", Expected.TIME),
        kind.expressions("same"));
  }

  private static int atLeast(MappingReader kind) {
    Integer number = kind.wholeNumber("atLeast", kind.required("atLeast"), 1);
    return number == null ? 0 : number;
  }

  private CountWindow window(MappingReader kind) {
    YamlNode within = kind.required("within");
    if (!(within instanceof YamlNode.Mapping)) {
      Long millis = kind.duration("within", within);
      return new CountWindow.Rolling(millis == null ? 0 : millis);
    }
    MappingReader calendar =
        new MappingReader(within, "'within'", problems, List.of("calendar", "zone"));
    String unit = calendar.choice("calendar", calendar.required("calendar"), UNITS);
    String zone = calendar.requiredText("zone");
    boolean ofCustomer = CountWindow.Calendar.CUSTOMER.equals(zone);
    if (zone != null && !ofCustomer && Zones.find(zone).isEmpty()) {
      problems.add(
          calendar.node("zone").at(),
          "expected 'customer' or an IANA time zone such as Europe/Warsaw for 'zone', found '"
              + zone
              + "'");
    }
    if (ofCustomer && yaml.has("on")) {
      problems.add(
          calendar.node("zone").at(),
          "experiences have no time zone of their own: expected an IANA time zone such as"
              + " Europe/Warsaw for 'zone', found 'customer'");
    }
    return unit == null
        ? new CountWindow.Rolling(0)
        : new CountWindow.Calendar(CalendarUnit.valueOf(unit.toUpperCase(Locale.ROOT)), zone);
  }
}
