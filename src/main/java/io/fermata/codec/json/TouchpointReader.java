package io.fermata.codec.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.fermata.model.Area;
import io.fermata.model.Channel;
import io.fermata.model.CustomerTier;
import io.fermata.model.DeadLetterReason;
import io.fermata.model.Direction;
import io.fermata.model.HandledBy;
import io.fermata.model.Identifier;
import io.fermata.model.Outcome;
import io.fermata.model.Purpose;
import io.fermata.model.Score;
import io.fermata.model.ScoreKind;
import io.fermata.model.Touchpoint;
import io.fermata.model.TouchpointBuilder;
import io.fermata.model.TouchpointValidator;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads one JSON object into a touchpoint and gathers everything that is wrong with it. */
final class TouchpointReader {

  private static final List<String> FIELDS =
      Arrays.stream(Touchpoint.class.getRecordComponents()).map(RecordComponent::getName).toList();

  private final JsonParser json;
  private final boolean mayHoldLoneSurrogates;
  private final TouchpointBuilder touchpoint = Touchpoint.builder();
  private final List<String> problems = new ArrayList<>(0);
  private boolean timed;

  /**
   * @param json a parser whose current token is the line's first
   * @param mayHoldLoneSurrogates whether the line writes characters as escapes
   */
  TouchpointReader(JsonParser json, boolean mayHoldLoneSurrogates) {
    this.json = json;
    this.mayHoldLoneSurrogates = mayHoldLoneSurrogates;
  }

  void readRoot() throws IOException, MalformedTouchpointException {
    if (json.currentToken() != JsonToken.START_OBJECT) {
      throw new MalformedTouchpointException(
          DeadLetterReason.INVALID,
          List.of("the line is " + nameOf(json.currentToken()) + ", expected an object"));
    }
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String field = json.currentName();
      json.nextToken();
      readField(field);
    }
  }

  Touchpoint result() throws MalformedTouchpointException {
    Touchpoint result = touchpoint.build();
    List<String> further = TouchpointValidator.problems(result);
    if (timed && problems.isEmpty() && further.isEmpty()) {
      return result;
    }
    if (!timed && problems.stream().noneMatch(p -> fieldOf(p).equals("occurredAt"))) {
      problems.add("occurredAt is missing");
    }
    List<String> all = new ArrayList<>(problems);
    all.addAll(furtherThan(problems, further));
    all.sort(Comparator.comparingInt(problem -> FIELDS.indexOf(fieldOf(problem))));
    throw new MalformedTouchpointException(DeadLetterReason.INVALID, all);
  }

  /** A field that could not be read has been reported; that it is absent as well is no news. */
  private static List<String> furtherThan(List<String> problems, List<String> further) {
    Set<String> reported = new HashSet<>();
    for (String problem : problems) {
      reported.add(fieldOf(problem));
    }
    return further.stream().filter(problem -> !reported.contains(fieldOf(problem))).toList();
  }

  /** Every problem begins with the field it is about: {@code score.min is ...}. */
  private static String fieldOf(String problem) {
    int end = 0;
    while (end < problem.length() && Character.isLetter(problem.charAt(end))) {
      end++;
    }
    return problem.substring(0, end);
  }

  private void readField(String field) throws IOException {
    switch (field) {
      case "id" -> touchpoint.id(text(field));
      case "occurredAt" -> occurredAt();
      case "identifiers" -> touchpoint.identifiers(identifiers());
      case "channel" -> touchpoint.channel(Channel.parse(text(field)));
      case "direction" -> touchpoint.direction(Direction.parse(text(field)));
      case "type" -> touchpoint.type(text(field));
      case "purpose" -> touchpoint.purpose(Purpose.parse(text(field)));
      case "area" -> touchpoint.area(Area.parse(text(field)));
      case "topic" -> touchpoint.topic(text(field));
      case "caseId" -> touchpoint.caseId(text(field));
      case "campaign" -> touchpoint.campaign(text(field));
      case "handledBy" -> touchpoint.handledBy(HandledBy.parse(text(field)));
      case "agent" -> touchpoint.agent(text(field));
      case "outcome" -> touchpoint.outcome(Outcome.parse(text(field)));
      case "waitSeconds" -> touchpoint.waitSeconds(whole(field));
      case "handleSeconds" -> touchpoint.handleSeconds(whole(field));
      case "transfers" -> touchpoint.transfers(whole(field));
      case "sentiment" -> touchpoint.sentiment(number(field));
      case "dueAt" -> touchpoint.dueAt(time(field));
      case "score" -> touchpoint.score(score());
      case "cost" -> touchpoint.cost(number(field));
      case "customerTier" -> touchpoint.customerTier(CustomerTier.parse(text(field)));
      case "segment" -> touchpoint.segment(text(field));
      case "timeZone" -> touchpoint.timeZone(text(field));
      case "attributes" -> touchpoint.attributes(attributes());
      default -> json.skipChildren();
    }
  }

  private void occurredAt() throws IOException {
    Long time = time("occurredAt");
    timed = time != null;
    if (timed) {
      touchpoint.occurredAt(time);
    }
  }

  private List<Identifier> identifiers() throws IOException {
    if (!expect("identifiers", JsonToken.START_ARRAY, "an array")) {
      return List.of();
    }
    List<Identifier> identifiers = new ArrayList<>(2);
    for (int i = 0; json.nextToken() != JsonToken.END_ARRAY; i++) {
      String path = "identifiers[" + i + "]";
      if (json.currentToken() == JsonToken.VALUE_NULL) {
        problems.add(path + " is null, expected an object");
      } else if (expect(path, JsonToken.START_OBJECT, "an object")) {
        Identifier identifier = identifier(path);
        if (identifier != null) {
          identifiers.add(identifier);
        }
      }
    }
    return identifiers;
  }

  private Identifier identifier(String path) throws IOException {
    int before = problems.size();
    String kind = null;
    String value = null;
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String field = json.currentName();
      json.nextToken();
      switch (field) {
        case "kind" -> kind = text(path + ".kind");
        case "value" -> value = text(path + ".value");
        default -> json.skipChildren();
      }
    }
    if (problems.size() == before) {
      missing(path + ".kind", kind);
      missing(path + ".value", value);
    }
    return kind == null || value == null ? null : new Identifier(kind, value);
  }

  private Score score() throws IOException {
    if (!expect("score", JsonToken.START_OBJECT, "an object")) {
      return null;
    }
    int before = problems.size();
    ScoreKind kind = null;
    Double value = null;
    Double min = null;
    Double max = null;
    String about = null;
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String field = json.currentName();
      json.nextToken();
      switch (field) {
        case "kind" -> kind = ScoreKind.parse(text("score.kind"));
        case "value" -> value = number("score.value");
        case "min" -> min = number("score.min");
        case "max" -> max = number("score.max");
        case "about" -> about = text("score.about");
        default -> json.skipChildren();
      }
    }
    if (problems.size() == before) {
      missing("score.kind", kind);
      missing("score.value", value);
      missing("score.min", min);
      missing("score.max", max);
    }
    return value == null || min == null || max == null
        ? null
        : new Score(kind, value, min, max, about);
  }

  private Map<String, String> attributes() throws IOException {
    if (!expect("attributes", JsonToken.START_OBJECT, "an object")) {
      return Map.of();
    }
    Map<String, String> attributes = new LinkedHashMap<>();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String key = json.currentName();
      json.nextToken();
      if (mayHoldLoneSurrogates && holdsLoneSurrogate(key)) {
        problems.add("attributes has a key with half of a surrogate pair, expected Unicode text");
      }
      String value = text("attributes." + key);
      if (value == null) {
        attributes.remove(key);
      } else {
        attributes.put(key, value);
      }
    }
    return attributes;
  }

  private String text(String path) throws IOException {
    if (!expect(path, JsonToken.VALUE_STRING, "text")) {
      return null;
    }
    String text = json.getText();
    if (mayHoldLoneSurrogates && holdsLoneSurrogate(text)) {
      problems.add(path + " holds half of a surrogate pair, expected Unicode text");
      return null;
    }
    return text;
  }

  private Long time(String path) throws IOException {
    if (!expect(path, JsonToken.VALUE_STRING, "an ISO-8601 time")) {
      return null;
    }
    String text = json.getText();
    try {
      return IsoTimes.parse(text);
    } catch (DateTimeException | ArithmeticException e) {
      problems.add(
          path
              + " is '"
              + text
              + "', expected an ISO-8601 time with an offset such as 2026-03-01T10:15:30.000Z");
      return null;
    }
  }

  private Double number(String path) throws IOException {
    JsonToken token = json.currentToken();
    if (token != JsonToken.VALUE_NUMBER_INT
        && !expect(path, JsonToken.VALUE_NUMBER_FLOAT, "a number")) {
      return null;
    }
    double value = json.getDoubleValue();
    if (Double.isInfinite(value)) {
      problems.add(path + " is " + json.getText() + ", expected a number below 1.8e308");
      return null;
    }
    return value;
  }

  private Integer whole(String path) throws IOException {
    JsonToken token = json.currentToken();
    if (token != JsonToken.VALUE_NUMBER_INT
        && !expect(path, JsonToken.VALUE_NUMBER_FLOAT, "a whole number")) {
      return null;
    }
    double value = json.getDoubleValue();
    int whole = (int) value;
    if (whole != value) {
      problems.add(
          path + " is " + json.getText() + ", expected a whole number up to " + Integer.MAX_VALUE);
      return null;
    }
    return whole;
  }

  /**
   * Whether the current value is of the expected type. Null is absent, and no problem; a value of
   * another type is one, and skipped.
   */
  private boolean expect(String path, JsonToken expected, String name) throws IOException {
    JsonToken token = json.currentToken();
    if (token == expected) {
      return true;
    }
    if (token != JsonToken.VALUE_NULL) {
      problems.add(path + " is " + nameOf(token) + ", expected " + name);
      json.skipChildren();
    }
    return false;
  }

  private void missing(String path, Object value) {
    if (value == null) {
      problems.add(path + " is missing");
    }
  }

  private static String nameOf(JsonToken token) {
    return switch (token) {
      case START_OBJECT -> "an object";
      case START_ARRAY -> "an array";
      case VALUE_STRING -> "text";
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
      case VALUE_TRUE, VALUE_FALSE -> "a boolean";
      default -> "null";
    };
  }

  private static boolean holdsLoneSurrogate(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(c)) {
        return true;
      }
    }
    return false;
  }
}
