package io.fermata.model;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Says what is wrong with a touchpoint, every reason at once; an empty list means valid. */
public final class TouchpointValidator {

  /** Most identifiers a touchpoint may carry. */
  public static final int MAX_IDENTIFIERS = 16;

  /** Most attributes a touchpoint may carry. */
  public static final int MAX_ATTRIBUTES = 64;

  /** Longest id in characters: an alert names fifty of them and must fit into its topic. */
  public static final int MAX_ID = 1024;

  /** The first and the last millisecond that have a date of four digits. */
  private static final long FIRST_TIME = Instant.parse("0001-01-01T00:00:00Z").toEpochMilli();

  private static final long LAST_TIME = Instant.parse("9999-12-31T23:59:59.999Z").toEpochMilli();

  private TouchpointValidator() {}

  /** The reasons why {@code t} is invalid, in field order, each one line of text. */
  public static List<String> problems(Touchpoint t) {
    if (looksValid(t)) {
      return List.of();
    }
    List<String> problems = new ArrayList<>();
    required(problems, "id", t.id());
    if (t.id() != null && t.id().length() > MAX_ID) {
      problems.add("id has " + t.id().length() + " characters, expected at most " + MAX_ID);
    }
    time(problems, "occurredAt", t.occurredAt());
    identifiers(problems, t.identifiers());
    if (t.channel() == null) {
      problems.add("channel is missing");
    }
    if (t.direction() == null) {
      problems.add("direction is missing");
    }
    required(problems, "type", t.type());
    notNegative(problems, "waitSeconds", t.waitSeconds());
    notNegative(problems, "handleSeconds", t.handleSeconds());
    notNegative(problems, "transfers", t.transfers());
    if (t.sentiment() != null && !(t.sentiment() >= -1 && t.sentiment() <= 1)) {
      problems.add("sentiment is " + t.sentiment() + ", expected -1 .. 1");
    }
    if (t.score() != null) {
      score(problems, t.score());
    }
    notNegative(problems, "cost", t.cost());
    if (t.dueAt() != null) {
      time(problems, "dueAt", t.dueAt());
    }
    if (t.attributes().size() > MAX_ATTRIBUTES) {
      problems.add(
          "attributes has "
              + t.attributes().size()
              + " entries, expected at most "
              + MAX_ATTRIBUTES);
    }
    return problems;
  }

  /** The common case without a list, so that a valid touchpoint allocates nothing here. */
  private static boolean looksValid(Touchpoint t) {
    return notBlank(t.id())
        && t.id().length() <= MAX_ID
        && isDated(t.occurredAt())
        && t.identifiers().size() == 1
        && notBlank(t.identifiers().get(0).kind())
        && notBlank(t.identifiers().get(0).value())
        && t.channel() != null
        && t.direction() != null
        && notBlank(t.type())
        && (t.waitSeconds() == null || t.waitSeconds() >= 0)
        && (t.handleSeconds() == null || t.handleSeconds() >= 0)
        && (t.transfers() == null || t.transfers() >= 0)
        && (t.dueAt() == null || isDated(t.dueAt()))
        && t.sentiment() == null
        && t.score() == null
        && t.cost() == null
        && t.attributes().size() <= MAX_ATTRIBUTES;
  }

  private static void identifiers(List<String> problems, List<Identifier> identifiers) {
    if (identifiers.isEmpty()) {
      problems.add("identifiers is empty, expected 1 to " + MAX_IDENTIFIERS);
    } else if (identifiers.size() > MAX_IDENTIFIERS) {
      problems.add(
          "identifiers has " + identifiers.size() + " entries, expected 1 to " + MAX_IDENTIFIERS);
    }
    Map<String, String> seen = new HashMap<>();
    for (int i = 0; i < identifiers.size(); i++) {
      Identifier identifier = identifiers.get(i);
      required(problems, "identifiers[" + i + "].kind", identifier.kind());
      required(problems, "identifiers[" + i + "].value", identifier.value());
      String other = seen.putIfAbsent(identifier.kind(), identifier.value());
      if ("customer".equals(identifier.kind())
          && other != null
          && !other.equals(identifier.value())) {
        problems.add("identifiers names two customers");
      }
    }
  }

  private static void score(List<String> problems, Score score) {
    if (score.kind() == null) {
      problems.add("score.kind is missing");
    }
    if (!(score.min() <= score.max())) {
      problems.add("score.min is " + score.min() + ", expected at most score.max " + score.max());
    } else if (!(score.value() >= score.min() && score.value() <= score.max())) {
      problems.add(
          "score.value is " + score.value() + ", expected " + score.min() + " .. " + score.max());
    }
  }

  static void time(List<String> problems, String field, long at) {
    if (!isDated(at)) {
      problems.add(
          field + " is " + at + " ms from 1970, expected a time in the years 0001 to 9999");
    }
  }

  private static boolean isDated(long at) {
    return at >= FIRST_TIME && at <= LAST_TIME;
  }

  private static void required(List<String> problems, String field, String value) {
    if (value == null) {
      problems.add(field + " is missing");
    } else if (value.isBlank()) {
      problems.add(field + " is blank");
    }
  }

  private static void notNegative(List<String> problems, String field, Number value) {
    if (value != null && !(value.doubleValue() >= 0)) {
      problems.add(field + " is " + value + ", expected 0 or more");
    }
  }

  private static boolean notBlank(String text) {
    return text != null && !text.isBlank();
  }
}
