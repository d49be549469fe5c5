package io.fermata.rules.cel;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

/**
 * Well-typed CEL over a touchpoint's fields, by type, of limited depth. Never NaN: the library
 * orders it above all numbers, where CEL says that it has no order.
 */
final class RandomExpressions {

  private final Random random;

  RandomExpressions(Random random) {
    this.random = random;
  }

  String bool(int depth) {
    if (depth <= 0) {
      return pick(
          "type == 'contact.ended'",
          "'message.sent' == type",
          "type in ['contact.ended', 'callback.made']",
          "channel == 'SMS'",
          "channel in ['SMS', 'PUSH', 'VOICE']",
          "purpose == 'MARKETING'",
          "purpose != 'MARKETING'",
          "purpose in ['MARKETING', 'SERVICE']",
          "purpose == null",
          "outcome != null",
          "score == null",
          "null != score",
          "score.kind == 'NPS'",
          "score.kind in ['NPS', 'CSAT']",
          "score.about == null",
          "score.value <= 6",
          "waitSeconds >= 300",
          "300 > waitSeconds",
          "waitSeconds < 60.5",
          "waitSeconds == 300",
          "sentiment <= -1",
          "sentiment > 0.6",
          "-0.6 >= sentiment",
          "dueAt < occurredAt",
          "occurredAt <= dueAt",
          "dueAt == occurredAt",
          "has(purpose)",
          "has(channel)",
          "has(score)",
          "has(score.about)",
          "has(score.value)",
          "has(attributes.results)",
          "has(attributes['rule'])",
          "has(attributes)",
          "attributes.results == '5'",
          "attributes['severity'] in ['HIGH', 'CRITICAL']",
          "'results' in attributes",
          "topic in attributes",
          "topic == 'cart'",
          "topic == campaign",
          "handledBy == outcome",
          "topic.matches('^c.r')",
          "identifiers.exists(i, i.kind == 'cookie')",
          "identifiers.exists(i, i.value in [topic, 'C-1'])",
          "attributes.all(k, attributes[k] != topic)",
          "true",
          "false");
    }
    int d = depth - 1;
    return switch (random.nextInt(14)) {
      case 0, 1, 2 -> "(" + bool(d) + " && " + bool(d) + ")";
      case 3, 4, 5 -> "(" + bool(d) + " || " + bool(d) + ")";
      case 6 -> "!(" + bool(d) + ")";
      case 7 -> "(" + bool(d) + " ? " + bool(d) + " : " + bool(d) + ")";
      case 8 -> {
        String type = pick("int", "double", "text", "time", "duration");
        yield of(type, d) + pick(" == ", " != ", " < ", " <= ", " > ", " >= ") + of(type, d);
      }
      case 9 ->
          pick(integer(d), positiveZero(d))
              + pick(" < ", " <= ", " > ", " >= ")
              + pick(integer(d), positiveZero(d));
      case 10 ->
          text(d)
              + pick(".startsWith(", ".endsWith(", ".contains(", ".matches(")
              + pick("'c'", text(d))
              + ")";
      case 11 -> {
        String type = pick("int", "text", "time");
        yield of(type, d) + " in [" + list(type, d) + "]";
      }
      case 12 ->
          "dyn("
              + pick(integer(d), positiveZero(d), text(d))
              + ") == "
              + pick(integer(d), positiveZero(d));
      default -> bool(0);
    };
  }

  String of(String type, int depth) {
    return switch (type) {
      case "int" -> integer(depth);
      case "double" -> positiveZero(depth);
      case "text" -> text(depth);
      case "time" -> time(depth);
      default -> duration(depth);
    };
  }

  private String list(String type, int depth) {
    List<String> items = Arrays.asList(of(type, depth), of(type, 0), of(type, 0));
    return items.stream().limit(1 + random.nextInt(3)).collect(Collectors.joining(", "));
  }

  private String integer(int depth) {
    if (depth <= 0) {
      return pick(
          "waitSeconds",
          "handleSeconds",
          "transfers",
          "0",
          "1",
          "-7",
          "300",
          "9223372036854775807");
    }
    int d = depth - 1;
    return switch (random.nextInt(8)) {
      case 0, 1 -> "(" + integer(d) + pick(" + ", " - ", " * ", " / ", " % ") + integer(d) + ")";
      case 2 -> "-(" + integer(d) + ")";
      case 3 ->
          pick(
              text(d) + ".size()",
              "size(attributes)",
              "size(" + text(d) + ")",
              "size(identifiers)");
      case 4 -> "int(" + pick(text(d), decimal(d), integer(d), time(d)) + ")";
      case 5 ->
          time(d)
              + "."
              + pick(TimeZones.PARTS.keySet().toArray(String[]::new))
              + "("
              + pick("", "timeZone", "'Europe/Warsaw'", "topic", "'-02:30'")
              + ")";
      case 6 ->
          duration(d) + pick(".getHours()", ".getMinutes()", ".getSeconds()", ".getMilliseconds()");
      default -> "(" + bool(d) + " ? " + integer(d) + " : " + integer(d) + ")";
    };
  }

  private String decimal(int depth) {
    if (depth <= 0) {
      return pick("sentiment", "cost", "score.value", "score.max", "0.0", "-0.6", "1e30", "0.5");
    }
    int d = depth - 1;
    return switch (random.nextInt(5)) {
      case 0, 1 -> "(" + decimal(d) + pick(" / 0.5", pick(" + ", " - ", " * ") + decimal(d)) + ")";
      case 2 -> "-(" + decimal(d) + ")";
      case 3 -> "double(" + pick(text(d), integer(d), decimal(d)) + ")";
      default -> "(" + bool(d) + " ? " + decimal(d) + " : " + decimal(d) + ")";
    };
  }

  /** Never -0.0, which the library holds to be less than 0, unlike IEEE 754 and CEL. */
  private String positiveZero(int depth) {
    return "(" + decimal(depth) + " + 0.0)";
  }

  private String text(int depth) {
    if (depth <= 0) {
      return pick(
          "topic",
          "caseId",
          "segment",
          "agent",
          "(true ? outcome : topic)",
          "type",
          "id",
          "'cart'",
          "''",
          "'5'",
          "attributes.results",
          "attributes['rule']",
          "score.about");
    }
    int d = depth - 1;
    return switch (random.nextInt(5)) {
      case 0 -> "(" + text(d) + " + " + text(d) + ")";
      case 1 -> text(d) + pick(".lowerAscii()", ".upperAscii()", ".trim()");
      case 2 -> "string(" + pick(integer(d), text(d), decimal(d), time(d), bool(d)) + ")";
      case 3 -> "attributes[" + text(d) + "]";
      default -> "(" + bool(d) + " ? " + text(d) + " : " + text(d) + ")";
    };
  }

  private String time(int depth) {
    if (depth <= 0) {
      return pick("occurredAt", "dueAt", "timestamp('2026-03-01T10:00:00Z')");
    }
    int d = depth - 1;
    return switch (random.nextInt(3)) {
      case 0 -> "(" + time(d) + pick(" + ", " - ") + duration(d) + ")";
      case 1 -> "(" + duration(d) + " + " + time(d) + ")";
      default -> "(" + bool(d) + " ? " + time(d) + " : " + time(d) + ")";
    };
  }

  private String duration(int depth) {
    if (depth <= 0) {
      return pick("duration('168h')", "duration('15s')", "duration('-90m')");
    }
    int d = depth - 1;
    return switch (random.nextInt(3)) {
      case 0 -> "(" + time(d) + " - " + time(d) + ")";
      case 1 -> "(" + duration(d) + pick(" + ", " - ") + duration(d) + ")";
      default -> "(" + bool(d) + " ? " + duration(d) + " : " + duration(d) + ")";
    };
  }

  private String pick(String... choices) {
    return choices[random.nextInt(choices.length)];
  }
}
