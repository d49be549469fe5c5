package io.fermata.oracle;

import io.fermata.model.Channel;
import io.fermata.model.Outcome;
import io.fermata.model.Purpose;
import io.fermata.model.Touchpoint;
import io.fermata.rules.RuleKind;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The expressions that random rules are made of: each as CEL text and, independently, as a Java
 * function of the touchpoint.
 */
final class Vocabulary {

  static final List<String> TYPES =
      List.of(
          "asked",
          "answered",
          "sent",
          "contact.ended",
          "task.completed",
          "task.abandoned",
          "message.opened",
          "message.complained",
          "consent.withdrawn",
          "consent.given",
          "complaint.resolved",
          "apology.given");

  /**
   * A condition.
   *
   * @param types the only types it can match, or null when it can match any
   */
  record Phrase(String cel, Set<String> types, Predicate<Touchpoint> meaning) {}

  private static final String BAD = "experience.bad";
  private static final String GOOD = "experience.good";

  static final List<Phrase> ON_TOUCHPOINTS =
      List.of(
          new Phrase("true", null, t -> true),
          typed("asked"),
          typed("answered"),
          typed("sent"),
          typed("task.completed"),
          new Phrase(
              "type == 'asked' || type == 'answered'",
              Set.of("asked", "answered"),
              t -> t.type().equals("asked") || t.type().equals("answered")),
          new Phrase(
              "type == 'asked' && channel == 'VOICE'",
              Set.of("asked"),
              t -> t.type().equals("asked") && t.channel() == Channel.VOICE),
          new Phrase("channel == 'SMS'", null, t -> t.channel() == Channel.SMS),
          new Phrase(
              "topic == 'x' || type == 'sent'",
              null,
              t -> "x".equals(t.topic()) || t.type().equals("sent")),
          typed("message.sent"),
          new Phrase(
              "type == 'message.sent' && channel != 'SMS'",
              Set.of("message.sent"),
              t -> t.type().equals("message.sent") && t.channel() != Channel.SMS),
          new Phrase(
              "purpose == 'MARKETING' && paused",
              null,
              t -> t.purpose() == Purpose.MARKETING && Meaning.isInPause(t)),
          new Phrase("topic != null", null, t -> t.topic() != null),
          new Phrase("outcome != 'RESOLVED'", null, t -> t.outcome() != Outcome.RESOLVED),
          new Phrase(
              "waitSeconds >= 300", null, t -> t.waitSeconds() != null && t.waitSeconds() >= 300),
          new Phrase(
              "type != 'sent' && transfers < 2",
              null,
              t -> !t.type().equals("sent") && t.transfers() != null && t.transfers() < 2));

  static final List<Phrase> ON_EXPERIENCES =
      List.of(
          new Phrase("true", null, t -> true),
          typed(BAD),
          typed(GOOD),
          new Phrase("channel == 'VOICE'", null, t -> t.channel() == Channel.VOICE),
          new Phrase(
              "type == 'experience.bad' && attributes.severity == 'LOW'",
              Set.of(BAD),
              t -> t.type().equals(BAD) && "LOW".equals(t.attributes().get("severity"))),
          new Phrase(
              "attributes.severity != 'MEDIUM'",
              null,
              t -> !"MEDIUM".equals(t.attributes().get("severity"))));

  /** What touchpoints are grouped by, and what is distinct among them. */
  static final Map<String, Function<Touchpoint, Object>> GROUPS =
      Map.of(
          "topic", Touchpoint::topic,
          "caseId", Touchpoint::caseId,
          "channel", t -> t.channel().name(),
          "transfers", t -> t.transfers() == null ? null : t.transfers().longValue(),
          "attributes.lane", t -> t.attributes().get("lane"),
          "waitSeconds >= 300", t -> t.waitSeconds() == null ? null : t.waitSeconds() >= 300);

  static final Map<String, Function<Touchpoint, Object>> EXPERIENCE_GROUPS =
      Map.of(
          "attributes.rule", t -> t.attributes().get("rule"),
          "channel", t -> t.channel().name(),
          "topic", Touchpoint::topic);

  static final Map<String, Function<Touchpoint, Object>> MEASURES =
      Map.of(
          "waitSeconds", t -> t.waitSeconds() == null ? null : t.waitSeconds().longValue(),
          "-sentiment", t -> t.sentiment() == null ? null : -t.sentiment());

  static final Map<String, Function<Touchpoint, Object>> DEADLINES =
      Map.of(
          "dueAt", t -> t.dueAt() == null ? null : Instant.ofEpochMilli(t.dueAt()),
          "dueAt - duration('2s')",
              t -> t.dueAt() == null ? null : Instant.ofEpochMilli(t.dueAt() - 2000));

  private static final Map<String, Function<Touchpoint, Object>> VALUES = new HashMap<>();

  static {
    for (List<Phrase> phrases : List.of(ON_TOUCHPOINTS, ON_EXPERIENCES)) {
      phrases.forEach(phrase -> VALUES.put(phrase.cel(), phrase.meaning()::test));
    }
    List.of(GROUPS, EXPERIENCE_GROUPS, MEASURES, DEADLINES).forEach(VALUES::putAll);
  }

  private Vocabulary() {}

  /** The value of one of the expressions above; null where it has none. */
  static Object valueOf(String expression, Touchpoint touchpoint) {
    Function<Touchpoint, Object> function = VALUES.get(expression);
    if (function == null) {
      throw new IllegalArgumentException("not in the vocabulary: " + expression);
    }
    return function.apply(touchpoint);
  }

  /** The names that the expressions of a kind of rule read, and perhaps some more. */
  static Set<String> fieldsOf(RuleKind kind) {
    return Pattern.compile("[A-Za-z]+")
        .matcher(kind.toString())
        .results()
        .map(MatchResult::group)
        .collect(Collectors.toSet());
  }

  private static Phrase typed(String type) {
    return new Phrase("type == '" + type + "'", Set.of(type), t -> t.type().equals(type));
  }

  /** The only types that a condition of the vocabulary can match, or null for any. */
  static Set<String> typesOf(String condition) {
    for (List<Phrase> phrases : List.of(ON_TOUCHPOINTS, ON_EXPERIENCES)) {
      for (Phrase phrase : phrases) {
        if (phrase.cel().equals(condition)) {
          return phrase.types();
        }
      }
    }
    throw new IllegalArgumentException("not in the vocabulary: " + condition);
  }
}
