package io.fermata.oracle;

import io.fermata.model.Area;
import io.fermata.model.Channel;
import io.fermata.model.Direction;
import io.fermata.model.Outcome;
import io.fermata.model.Purpose;
import io.fermata.model.Severity;
import io.fermata.model.Touchpoint;
import io.fermata.model.TouchpointBuilder;
import io.fermata.rules.CalendarUnit;
import io.fermata.rules.CountWindow;
import io.fermata.rules.Rule;
import io.fermata.rules.RuleKind;
import io.fermata.rules.RuleKind.Absence;
import io.fermata.rules.RuleKind.Count;
import io.fermata.rules.RuleKind.Sequence;
import io.fermata.rules.RuleKind.Single;
import io.fermata.rules.RuleKind.Streak;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;

/**
 * Makes a {@link RandomCase}: few types and topics and small windows, so that matches are frequent,
 * and times that lie exactly on, just before and just after one another's windows and deadlines.
 */
final class CaseMaker {

  static final long START = 1_772_323_200_000L;

  /** Makes days of seconds, for what guidance counts in days. */
  private static final long DAY_PER_SECOND = 86_400;

  /** Before days of 23 and 25 hours, one that begins at one o'clock, one with two midnights. */
  private static final List<Instant> CALENDAR_STARTS =
      List.of(
          Instant.parse("2026-03-01T00:00:00Z"),
          Instant.parse("2026-03-08T04:30:00Z"),
          Instant.parse("2026-03-28T22:30:00Z"),
          Instant.parse("2026-03-31T20:00:00Z"),
          Instant.parse("2026-04-23T21:30:00Z"),
          Instant.parse("2026-10-24T21:30:00Z"),
          Instant.parse("2026-11-01T03:30:00Z"));

  private static final List<String> ZONES =
      List.of(
          "Europe/Warsaw",
          "America/New_York",
          "Africa/Cairo",
          "America/Havana",
          "Asia/Kathmandu",
          "Pacific/Kiritimati");

  private static final long[] LENGTHS = {1, 2, 999, 1000, 1001, 2000, 5000, 10_000};
  private static final long[] GAPS = {3000, 10_000, 30_000};
  private static final long[] SETTLES = {1000, 2999};

  // U+1F600 sorts before U+FF5E as UTF-16, after it as UTF-8 and by code point.
  private static final String[] ID_PARTS = {"a", "b", "Z", "0", "-", "ł", "\uD83D\uDE00", "\uFF5E"};
  private static final String[] TOPICS = {"x", "y", "x", null, ""};
  private static final Channel[] CHANNELS = {
    Channel.VOICE, Channel.VOICE, Channel.SMS, Channel.EMAIL
  };

  private static final Purpose[] PURPOSES = {
    Purpose.MARKETING, Purpose.SERVICE, Purpose.SURVEY, Purpose.UNKNOWN
  };

  private static final Direction[] DIRECTIONS = {
    Direction.INBOUND, Direction.OUTBOUND, Direction.SELF
  };

  private final long seed;
  private final Random random;
  private long unit;

  /** Whether counts are over days, weeks and months, and touchpoints at their ends. */
  private final boolean calendar;

  private final long start;

  CaseMaker(long seed) {
    this.seed = seed;
    this.random = new Random(seed);
    // The first numbers of neighbouring seeds are near one another; these are not.
    this.calendar = new SplittableRandom(seed).nextInt(4) == 0;
    this.start =
        calendar
            ? CALENDAR_STARTS.get(random.nextInt(CALENDAR_STARTS.size())).toEpochMilli()
            : START;
  }

  RandomCase make() {
    unit = !calendar && chance(0.4) ? DAY_PER_SECOND : 1;
    long gap = GAPS[random.nextInt(GAPS.length)] * unit;
    long settle = SETTLES[random.nextInt(SETTLES.length)] * unit;
    List<Rule> rules = rules();
    List<Touchpoint> touchpoints = touchpoints(steps(rules, gap, settle));
    return new RandomCase(
        seed, gap, settle, rules, touchpoints, clock(rules, touchpoints, gap, settle));
  }

  // rules

  private List<Rule> rules() {
    Set<String> ids = new HashSet<>();
    List<Rule> rules = new ArrayList<>();
    int onTouchpoints = 1 + random.nextInt(4);
    int onExperiences = chance(0.5) ? 1 + random.nextInt(2) : 0;
    for (int i = 0; i < onTouchpoints + onExperiences; i++) {
      String id;
      do {
        id = "r" + (char) ('a' + random.nextInt(26));
      } while (!ids.add(id));
      rules.add(rule(id, i >= onTouchpoints));
    }
    return rules;
  }

  private Rule rule(String id, boolean onExperiences) {
    RuleDraft draft = new RuleDraft(id, kind(onExperiences));
    if (onExperiences) {
      draft.onExperiences();
    }
    if (chance(0.3)) {
      draft.good();
    }
    if (chance(0.3)) {
      draft.quietFor(length());
    }
    if (chance(0.4)) {
      double lowest = pick(0, 0.001, 1, 2, 3);
      draft.level(Severity.MEDIUM, lowest);
      if (chance(0.3)) {
        draft.below(Severity.MEDIUM);
      }
      if (chance(0.7)) {
        draft.level(chance(0.5) ? Severity.HIGH : Severity.CRITICAL, lowest + pick(0.5, 1, 2));
      }
    }
    if (chance(0.25)) {
      draft.pause(pause());
    }
    if (chance(0.2)) {
      draft.area(Area.SERVICE);
    }
    if (chance(0.2)) {
      draft.channel(chance(0.5) ? Channel.VOICE : Channel.POST);
    }
    if (chance(0.2)) {
      draft.attribute("fixed", Double.NEGATIVE_INFINITY, "always");
    }
    if (chance(0.2)) {
      draft.attribute("grown", 1, "some").attribute("grown", 3, "much");
    }
    return draft.build();
  }

  private Rule.Pause pause() {
    boolean same = chance(0.3);
    return new Rule.Pause(
        length(),
        chance(0.6) ? List.of("MARKETING") : chance(0.5) ? List.of() : List.of("SERVICE", "SURVEY"),
        same || chance(0.5) ? List.of() : List.of(chance(0.5) ? "SMS" : "VOICE"),
        same);
  }

  private RuleKind kind(boolean onExperiences) {
    int atLeast = 1 + random.nextInt(4);
    return switch (random.nextInt(5)) {
      case 0 ->
          new Single(
              condition(onExperiences), chance(0.4) ? any(Vocabulary.MEASURES.keySet()) : null);
      case 1 ->
          new Count(
              condition(onExperiences),
              atLeast,
              window(onExperiences),
              groups(onExperiences),
              chance(0.4) ? group(onExperiences) : null);
      case 2 ->
          new Streak(
              condition(onExperiences),
              condition(onExperiences),
              atLeast,
              groups(onExperiences),
              chance(0.4));
      case 3 -> sequence(onExperiences);
      default -> absence(onExperiences);
    };
  }

  private Sequence sequence(boolean onExperiences) {
    boolean by = chance(0.3);
    List<String> then = new ArrayList<>(List.of(condition(onExperiences)));
    while (then.size() < 3 && chance(0.2)) {
      then.add(condition(onExperiences));
    }
    return new Sequence(
        condition(onExperiences),
        then,
        by ? null : (Long) length(),
        by ? any(Vocabulary.DEADLINES.keySet()) : null,
        groups(onExperiences),
        chance(0.4) ? condition(onExperiences) : null);
  }

  private CountWindow window(boolean onExperiences) {
    if (!calendar || chance(0.2)) {
      return new CountWindow.Rolling(length());
    }
    CalendarUnit[] units = CalendarUnit.values();
    return new CountWindow.Calendar(
        units[random.nextInt(chance(0.6) ? 1 : units.length)],
        onExperiences || chance(0.4) ? zone() : CountWindow.Calendar.CUSTOMER);
  }

  private String zone() {
    return ZONES.get(random.nextInt(chance(0.6) ? 2 : ZONES.size()));
  }

  private Absence absence(boolean onExperiences) {
    boolean by = chance(0.4);
    return new Absence(
        condition(onExperiences),
        condition(onExperiences),
        by ? null : (Long) length(),
        by ? any(Vocabulary.DEADLINES.keySet()) : null,
        groups(onExperiences));
  }

  private String condition(boolean onExperiences) {
    List<Vocabulary.Phrase> phrases =
        onExperiences ? Vocabulary.ON_EXPERIENCES : Vocabulary.ON_TOUCHPOINTS;
    return phrases.get(random.nextInt(phrases.size())).cel();
  }

  private List<String> groups(boolean onExperiences) {
    List<String> groups = new ArrayList<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      groups.add(group(onExperiences));
    }
    return groups;
  }

  private String group(boolean onExperiences) {
    return any((onExperiences ? Vocabulary.EXPERIENCE_GROUPS : Vocabulary.GROUPS).keySet());
  }

  // touchpoints

  /** The lengths of time at which something can happen. */
  private static List<Long> steps(List<Rule> rules, long gap, long settle) {
    List<Long> steps = new ArrayList<>(List.of(gap, settle));
    if (gap > DAY_PER_SECOND * 1000) {
      List.of(1L, 7L, 30L, 90L).forEach(days -> steps.add(days * DAY_PER_SECOND * 1000));
    }
    for (Rule rule : rules) {
      if (rule.pause() != null) {
        steps.add(rule.pause().forMillis());
      }
      if (rule.quietForMillis() != null) {
        steps.add(rule.quietForMillis());
      }
      if (rule.kind() instanceof Count count
          && count.within() instanceof CountWindow.Rolling rolling) {
        steps.add(rolling.millis());
      } else if (rule.kind() instanceof Sequence sequence && sequence.withinMillis() != null) {
        steps.add(sequence.withinMillis());
      } else if (rule.kind() instanceof Absence absence && absence.withinMillis() != null) {
        steps.add(absence.withinMillis());
      }
    }
    return steps;
  }

  private List<Touchpoint> touchpoints(List<Long> steps) {
    boolean crowded = chance(0.02);
    int number = crowded ? crowd() : 1 + random.nextInt(25);
    double calm = random.nextDouble();
    Set<String> ids = new HashSet<>();
    List<Long> times = new ArrayList<>(List.of(start));
    List<Touchpoint> touchpoints = new ArrayList<>();
    long time = start;
    for (int i = 0; i < number; i++) {
      time = crowded ? time + random.nextInt(60) : next(time, times, steps, calm);
      times.add(time);
      touchpoints.add(touchpoint(id(ids), time, times, steps));
    }
    touchpoints.sort(Comparator.comparing(Touchpoint::position));
    return touchpoints;
  }

  /** Enough in little time for windows that hold hundreds. */
  private int crowd() {
    return chance(0.8) ? 60 + random.nextInt(100) : 200 + random.nextInt(400);
  }

  private long next(long time, List<Long> times, List<Long> steps, double calm) {
    if (chance(0.3)) {
      return time;
    }
    long step = steps.get(random.nextInt(steps.size()));
    if (calendar && chance(0.25)) {
      return Math.max(time, endOfUnit(times.get(random.nextInt(times.size()))) + edge());
    }
    if (calendar && chance(0.2)) {
      return time + random.nextInt(30 * 3_600_000);
    }
    if (chance(0.4)) {
      // On the edge of an earlier one's window.
      long edge = times.get(random.nextInt(times.size())) + step + edge();
      return Math.max(time, edge);
    }
    if (chance(calm)) {
      return time + random.nextLong(step + 2);
    }
    return time + Math.max(0, step + edge());
  }

  private long endOfUnit(long time) {
    CalendarUnit unit = chance(0.8) ? CalendarUnit.DAY : CalendarUnit.WEEK;
    return WallCalendar.of(chance(0.8) ? zone() : null).endOfUnit(unit, time);
  }

  /** At a moment, just before or just after it. */
  private int edge() {
    return random.nextInt(3) - 1;
  }

  private Touchpoint touchpoint(String id, long time, List<Long> times, List<Long> steps) {
    TouchpointBuilder touchpoint = anything(id, time, times, steps);
    if (chance(0.3)) {
      touchpoint.type("message.sent").direction(Direction.OUTBOUND).purpose(Purpose.MARKETING);
    }
    return touchpoint.build();
  }

  private TouchpointBuilder anything(String id, long time, List<Long> times, List<Long> steps) {
    return Touchpoint.builder()
        .id(id)
        .occurredAt(time)
        .identifier("customer", "C-1")
        .type(Vocabulary.TYPES.get(random.nextInt(chance(0.7) ? 3 : Vocabulary.TYPES.size())))
        .channel(CHANNELS[random.nextInt(CHANNELS.length)])
        .direction(DIRECTIONS[random.nextInt(DIRECTIONS.length)])
        .topic(TOPICS[random.nextInt(chance(0.9) ? 4 : 5)])
        .caseId(chance(0.2) ? "k" : null)
        .area(chance(0.3) ? Area.BILLING : null)
        .outcome(chance(0.3) ? Outcome.RESOLVED : chance(0.3) ? Outcome.UNRESOLVED : null)
        .waitSeconds(chance(0.5) ? (Integer) (299 + random.nextInt(4)) : null)
        .handleSeconds(chance(0.5) ? (Integer) random.nextInt(100) : null)
        .transfers(chance(0.3) ? (Integer) random.nextInt(4) : null)
        .sentiment(chance(0.3) ? (Double) (random.nextInt(5) / 2.0 - 1) : null)
        .cost(chance(0.3) ? (Double) (random.nextInt(100) / 7.0) : null)
        .dueAt(chance(0.3) ? null : dueAt(time, times, steps))
        .timeZone(!calendar || chance(0.2) ? null : chance(0.1) ? "Nowhere/Land" : zone())
        .attributes(chance(0.3) ? Map.of("lane", chance(0.5) ? "left" : "") : Map.of())
        .purpose(chance(0.6) ? null : PURPOSES[random.nextInt(PURPOSES.length)]);
  }

  private Long dueAt(long time, List<Long> times, List<Long> steps) {
    long from = chance(0.7) ? time : times.get(random.nextInt(times.size()));
    long step = chance(0.2) ? 0 : steps.get(random.nextInt(steps.size()));
    return from + (chance(0.2) ? -step : step) + edge();
  }

  private String id(Set<String> taken) {
    String id;
    do {
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < 5; i++) {
        text.append(ID_PARTS[random.nextInt(chance(0.9) ? 5 : ID_PARTS.length)]);
      }
      id = text.toString();
    } while (!taken.add(id));
    return id;
  }

  private long clock(List<Rule> rules, List<Touchpoint> touchpoints, long gap, long settle) {
    long last = touchpoints.get(touchpoints.size() - 1).occurredAt();
    if (chance(0.2)) {
      return last;
    }
    if (chance(0.3)) {
      return last + 1_000_000 * unit;
    }
    TreeSet<Long> critical = new TreeSet<>();
    for (Touchpoint touchpoint : touchpoints) {
      for (long step : steps(rules, gap, settle)) {
        critical.add(touchpoint.occurredAt() + step);
      }
      if (touchpoint.dueAt() != null) {
        critical.add(touchpoint.dueAt());
      }
      if (calendar) {
        critical.add(endOfUnit(touchpoint.occurredAt()));
      }
    }
    List<Long> ahead = new ArrayList<>(critical.tailSet(last));
    return ahead.isEmpty()
        ? last
        : Math.max(last, ahead.get(random.nextInt(ahead.size())) + edge());
  }

  // choices

  private boolean chance(double probability) {
    return random.nextDouble() < probability;
  }

  private double pick(double... choices) {
    return choices[random.nextInt(choices.length)];
  }

  private long length() {
    return LENGTHS[random.nextInt(LENGTHS.length)] * unit;
  }

  /** One of a set whose own order may differ from run to run. */
  private String any(Set<String> choices) {
    List<String> ordered = new ArrayList<>(new TreeSet<>(choices));
    return ordered.get(random.nextInt(ordered.size()));
  }
}
