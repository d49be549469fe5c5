package io.fermata.rules.load;

import io.fermata.model.AlertStatus;
import io.fermata.model.Area;
import io.fermata.model.Channel;
import io.fermata.model.CustomerTier;
import io.fermata.model.Direction;
import io.fermata.model.HandledBy;
import io.fermata.model.Outcome;
import io.fermata.model.Polarity;
import io.fermata.model.Purpose;
import io.fermata.model.Score;
import io.fermata.model.ScoreKind;
import io.fermata.model.Severity;
import io.fermata.model.Touchpoint;
import io.fermata.model.TouchpointBuilder;
import io.fermata.model.TouchpointValidator;
import io.fermata.rules.Scenario;
import io.fermata.rules.Scenario.ExpectedAlert;
import io.fermata.rules.ScenarioRunner;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/** Loads scenarios from YAML; the format is described in {@code docs/rules.md}. */
public final class ScenarioLoader {

  /** What relative times count from: a Monday, 9 o'clock UTC. */
  public static final Instant BASE = Instant.parse("2026-03-02T09:00:00Z");

  private static final List<String> SCENARIO_KEYS =
      List.of("name", "rule", "edge", "given", "ends", "expect");

  private static final List<String> GIVEN_KEYS =
      List.of(
          "at",
          "like",
          "id",
          "channel",
          "direction",
          "type",
          "purpose",
          "area",
          "topic",
          "caseId",
          "campaign",
          "handledBy",
          "agent",
          "outcome",
          "waitSeconds",
          "handleSeconds",
          "transfers",
          "sentiment",
          "dueAt",
          "score",
          "cost",
          "customerTier",
          "segment",
          "timeZone",
          "attributes");

  private static final List<String> EXPECT_KEYS =
      List.of(
          "at",
          "until",
          "status",
          "polarity",
          "severity",
          "subject",
          "measure",
          "threshold",
          "area",
          "channel",
          "evidence",
          "attributes");

  private final Problems problems = new Problems();
  private final List<Scenario> scenarios = new ArrayList<>();

  private ScenarioLoader() {}

  /**
   * The scenarios of files and directories, as {@link RuleLoader#load} reads them.
   *
   * @throws RuleProblemsException listing every problem found, with file, line and column
   */
  public static List<Scenario> load(Path... paths) {
    ScenarioLoader loader = new ScenarioLoader();
    for (Path path : paths) {
      for (Path file : RuleLoader.yamlFiles(path, loader.problems)) {
        loader.add(YamlReader.read(file, loader.problems));
      }
    }
    loader.problems.throwIfAny();
    return List.copyOf(loader.scenarios);
  }

  /**
   * The scenarios of one YAML text.
   *
   * @param name stands for the file in messages
   * @throws RuleProblemsException as {@link #load}
   */
  public static List<Scenario> parse(String name, String yaml) {
    ScenarioLoader loader = new ScenarioLoader();
    loader.add(YamlReader.read(name, yaml, loader.problems));
    loader.problems.throwIfAny();
    return List.copyOf(loader.scenarios);
  }

  private void add(YamlNode document) {
    if (document instanceof YamlNode.Items items) {
      items.items().stream().map(this::scenario).filter(Objects::nonNull).forEach(scenarios::add);
    } else if (document != null) {
      problems.add(document.at(), "expected a list of scenarios, found " + document.description());
    }
  }

  private Scenario scenario(YamlNode node) {
    int before = problems.count();
    MappingReader yaml = new MappingReader(node, "a scenario", problems, SCENARIO_KEYS);
    String name = yaml.requiredText("name");
    String rule = yaml.requiredText("rule");
    boolean edge = yaml.flag("edge");
    yaml.required("given");
    List<Touchpoint> given = new ArrayList<>();
    for (YamlNode item : yaml.items("given")) {
      given.add(touchpoint(item, given));
    }
    List<String> ids = given.stream().map(Touchpoint::id).toList();
    yaml.required("expect");
    List<ExpectedAlert> expect =
        yaml.items("expect").stream().map(item -> expected(item, ids)).toList();
    if (given.isEmpty() && problems.count() == before) {
      problems.add(yaml.at("given"), "a scenario needs touchpoints");
    }
    long last = given.stream().mapToLong(Touchpoint::occurredAt).max().orElse(0);
    long clock = yaml.has("ends") ? time("ends", yaml) : last;
    if (problems.count() > before) {
      return null;
    }
    if (clock < last) {
      problems.add(yaml.at("ends"), "'ends' lies before the last touchpoint");
      return null;
    }
    return new Scenario(
        yaml.at().file() + ":" + yaml.at().line(),
        name,
        rule,
        edge,
        given.stream().sorted(Comparator.comparing(Touchpoint::position)).toList(),
        BASE.toEpochMilli(),
        clock,
        expect.stream()
            .sorted(Comparator.comparing(ExpectedAlert::at, Comparator.nullsLast(Long::compare)))
            .toList());
  }

  private Touchpoint touchpoint(YamlNode node, List<Touchpoint> earlier) {
    int before = problems.count();
    MappingReader yaml = new MappingReader(node, "a touchpoint", problems, GIVEN_KEYS);
    TouchpointBuilder touchpoint = start(yaml, earlier);
    yaml.required("at");
    touchpoint.occurredAt(yaml.has("at") ? time("at", yaml) : 0);
    if (!yaml.has("like")) {
      yaml.required("type");
    }
    set(yaml.text("id"), touchpoint::id);
    set(yaml.symbol("channel", Channel.class), touchpoint::channel);
    set(yaml.symbol("direction", Direction.class), touchpoint::direction);
    set(yaml.text("type"), touchpoint::type);
    set(yaml.symbol("purpose", Purpose.class), touchpoint::purpose);
    set(yaml.symbol("area", Area.class), touchpoint::area);
    set(yaml.text("topic"), touchpoint::topic);
    set(yaml.text("caseId"), touchpoint::caseId);
    set(yaml.text("campaign"), touchpoint::campaign);
    set(yaml.symbol("handledBy", HandledBy.class), touchpoint::handledBy);
    set(yaml.text("agent"), touchpoint::agent);
    set(yaml.symbol("outcome", Outcome.class), touchpoint::outcome);
    set(wholeNumber("waitSeconds", yaml), touchpoint::waitSeconds);
    set(wholeNumber("handleSeconds", yaml), touchpoint::handleSeconds);
    set(wholeNumber("transfers", yaml), touchpoint::transfers);
    set(yaml.number("sentiment"), touchpoint::sentiment);
    set(yaml.has("dueAt") ? time("dueAt", yaml) : null, touchpoint::dueAt);
    set(yaml.has("score") ? score(yaml.node("score")) : null, touchpoint::score);
    set(yaml.number("cost"), touchpoint::cost);
    set(yaml.symbol("customerTier", CustomerTier.class), touchpoint::customerTier);
    set(yaml.text("segment"), touchpoint::segment);
    set(yaml.text("timeZone"), touchpoint::timeZone);
    set(yaml.has("attributes") ? attributes(yaml) : null, touchpoint::attributes);
    Touchpoint built = touchpoint.build();
    if (problems.count() == before) {
      List<String> reasons = TouchpointValidator.problems(built);
      reasons.forEach(reason -> problems.add(yaml.at(), "not a valid touchpoint: " + reason));
      if (earlier.stream().anyMatch(e -> e.id().equals(built.id()))) {
        problems.add(yaml.at("id"), "the id '" + built.id() + "' is taken already");
      }
    }
    return built;
  }

  private TouchpointBuilder start(MappingReader yaml, List<Touchpoint> earlier) {
    // Ids that sort as listed, so that touchpoints at one time keep their order.
    String id = String.format(Locale.ROOT, "t%03d", earlier.size());
    if (yaml.has("like")) {
      Integer like = yaml.wholeNumber("like", yaml.node("like"), 0);
      if (like != null && like < earlier.size()) {
        return earlier.get(like).toBuilder().id(id);
      }
      if (like != null) {
        problems.add(
            yaml.node("like").at(), "'like' names an earlier touchpoint by its number, from 0");
      }
    }
    String[] customer = ScenarioRunner.CUSTOMER.split(":", 2);
    return Touchpoint.builder()
        .id(id)
        .identifier(customer[0], customer[1])
        .channel(Channel.OTHER)
        .direction(Direction.INBOUND);
  }

  private Score score(YamlNode node) {
    MappingReader yaml =
        new MappingReader(
            node, "'score'", problems, List.of("kind", "value", "min", "max", "about"));
    yaml.required("kind");
    yaml.required("value");
    ScoreKind kind = yaml.symbol("kind", ScoreKind.class);
    Double value = yaml.number("value");
    double min = yaml.has("min") ? orZero(yaml.number("min")) : 0;
    double max = yaml.has("max") ? orZero(yaml.number("max")) : 10;
    return new Score(kind, orZero(value), min, max, yaml.text("about"));
  }

  private static double orZero(Double number) {
    return number == null ? 0 : number;
  }

  private ExpectedAlert expected(YamlNode node, List<String> ids) {
    MappingReader yaml = new MappingReader(node, "an expected alert", problems, EXPECT_KEYS);
    return new ExpectedAlert(
        yaml.has("at") ? time("at", yaml) : null,
        yaml.has("until") ? time("until", yaml) : null,
        yaml.symbol("status", AlertStatus.class),
        yaml.symbol("polarity", Polarity.class),
        yaml.symbol("severity", Severity.class),
        subject(yaml),
        yaml.number("measure"),
        yaml.number("threshold"),
        yaml.symbol("area", Area.class),
        yaml.symbol("channel", Channel.class),
        yaml.has("evidence") ? evidence(yaml, ids) : null,
        yaml.has("attributes") ? attributes(yaml) : null);
  }

  /** A subject may be the empty text, written as such. */
  private static String subject(MappingReader yaml) {
    return yaml.node("subject") instanceof YamlNode.Scalar scalar && scalar.isText()
        ? scalar.text()
        : yaml.text("subject");
  }

  private List<String> evidence(MappingReader yaml, List<String> ids) {
    List<String> evidence = new ArrayList<>();
    for (YamlNode item : yaml.items("evidence")) {
      Integer number = yaml.wholeNumber("evidence", item, 0);
      if (number != null && number < ids.size()) {
        evidence.add(ids.get(number));
      } else if (number != null) {
        problems.add(item.at(), "'evidence' names given touchpoints by their numbers, from 0");
      }
    }
    return evidence;
  }

  private Map<String, String> attributes(MappingReader yaml) {
    Map<String, String> attributes = new HashMap<>();
    yaml.mapping("attributes")
        .forEach(
            (name, value) -> {
              if (value instanceof YamlNode.Scalar scalar) {
                attributes.put(name, scalar.text());
              } else {
                problems.add(value.at(), "expected a text, found " + value.description());
              }
            });
    return attributes;
  }

  private Integer wholeNumber(String key, MappingReader yaml) {
    return yaml.wholeNumber(key, yaml.node(key), 0);
  }

  /** A duration from {@link #BASE} or an instant, in epoch milliseconds. */
  private long time(String key, MappingReader yaml) {
    if (yaml.node(key) instanceof YamlNode.Scalar scalar) {
      String text = scalar.text();
      try {
        return text.startsWith("P") || text.startsWith("-P")
            ? BASE.plus(Duration.parse(text)).toEpochMilli()
            : Instant.parse(text).toEpochMilli();
      } catch (DateTimeException | ArithmeticException notATime) {
        // Reported below, with what was found instead.
      }
    }
    problems.add(
        yaml.node(key).at(),
        "expected a time from the start such as PT10H or P2D, or an instant, for '"
            + key
            + "', found "
            + yaml.node(key).description());
    return 0;
  }

  private static <T> void set(T value, Consumer<T> setter) {
    if (value != null) {
      setter.accept(value);
    }
  }
}
