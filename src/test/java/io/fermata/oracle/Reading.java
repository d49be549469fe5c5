package io.fermata.oracle;

import io.fermata.rules.RuleKind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What each kind of rule means, read off the set of all items; no quiet time yet. */
final class Reading {

  private final OracleRule rule;
  private final List<Item> items;
  private final long clock;

  private Reading(OracleRule rule, List<Item> items, long clock) {
    this.rule = rule;
    this.items = items;
    this.clock = clock;
  }

  /** Every raise of a rule on items given in order, in no particular order. */
  static List<Raise> raises(OracleRule rule, List<Item> items, long clock) {
    Reading reading = new Reading(rule, items, clock);
    RuleKind kind = rule.rule().kind();
    if (kind instanceof RuleKind.Single single) {
      return reading.single(single);
    } else if (kind instanceof RuleKind.Count count) {
      return reading.count(count);
    } else if (kind instanceof RuleKind.Streak streak) {
      return reading.streak(streak);
    } else if (kind instanceof RuleKind.Sequence sequence) {
      return reading.sequence(sequence);
    } else if (kind instanceof RuleKind.Absence absence) {
      return reading.absence(absence);
    }
    throw new IllegalArgumentException("no reading of " + kind);
  }

  private List<Raise> single(RuleKind.Single kind) {
    List<Raise> raises = new ArrayList<>();
    for (Item m : rule.matches(kind.where(), items)) {
      double measure = rule.number(kind.measure(), m, 1) + 0.0; // never -0.0
      raises.add(atItem(List.of(), m, null, measure, measure, List.of(m)));
    }
    return raises;
  }

  private List<Raise> count(RuleKind.Count kind) {
    Window window = Window.of(kind.within());
    List<Raise> raises = new ArrayList<>();
    Map<List<Object>, List<Item>> groups = grouped(kind.per(), rule.matches(kind.where(), items));
    groups.forEach(
        (group, matches) -> {
          for (Episode episode : Episode.of(rule, kind, window, matches)) {
            Long until = hasEnded(episode.end()) ? episode.end() : null;
            raises.add(
                atItem(
                    group,
                    episode.beginner(),
                    until,
                    (double) episode.greatest(),
                    kind.atLeast(),
                    episode.counted()));
          }
        });
    return raises;
  }

  /**
   * Once the clock has reached the end. An experience can still fall due at the end itself, and
   * keep the episode up, until the clock has passed it.
   */
  private boolean hasEnded(long end) {
    return rule.rule().onExperiences() ? end < clock : end <= clock;
  }

  private List<Raise> streak(RuleKind.Streak kind) {
    List<Raise> raises = new ArrayList<>();
    Map<List<Object>, List<Item>> breakers =
        grouped(kind.per(), rule.matches(kind.brokenBy(), items));
    Map<List<Object>, List<Item>> matches = grouped(kind.per(), rule.matches(kind.where(), items));
    matches.forEach(
        (group, ofGroup) -> {
          List<Item> breaking = breakers.getOrDefault(group, List.of());
          for (List<Item> streak : unbroken(ofGroup, breaking)) {
            if (streak.size() < kind.atLeast()) {
              continue;
            }
            Item last = streak.get(streak.size() - 1);
            Item breaker = breaking.stream().filter(c -> last.before(c)).findFirst().orElse(null);
            if (!kind.raiseOnBreak()) {
              Item anchor = streak.get(kind.atLeast() - 1);
              Long until = breaker == null ? null : (Long) breaker.time();
              raises.add(atItem(group, anchor, until, streak.size(), kind.atLeast(), streak));
            } else if (breaker != null) {
              List<Item> evidence = new ArrayList<>(streak);
              evidence.add(breaker);
              raises.add(atItem(group, breaker, null, streak.size(), streak.size(), evidence));
            }
          }
        });
    return raises;
  }

  /**
   * Cuts matches wherever a breaker stands after one and not after the next: one that matches both
   * ends a streak and begins another.
   */
  private static List<List<Item>> unbroken(List<Item> matches, List<Item> breakers) {
    List<List<Item>> streaks = new ArrayList<>();
    for (int i = 0; i < matches.size(); i++) {
      Item match = matches.get(i);
      Item previous = i == 0 ? null : matches.get(i - 1);
      if (previous == null
          || breakers.stream().anyMatch(c -> previous.before(c) && !match.before(c))) {
        streaks.add(new ArrayList<>());
      }
      streaks.get(streaks.size() - 1).add(match);
    }
    return streaks;
  }

  private List<Raise> sequence(RuleKind.Sequence kind) {
    List<Item> firsts =
        rule.matches(kind.first(), items).stream()
            .filter(a -> Deadline.of(rule, kind, a) != null)
            .toList();
    List<Item> unless = rule.matches(kind.unless(), items);
    List<Raise> raises = new ArrayList<>();
    for (Item b : items) {
      List<Object> group = rule.group(kind.same(), b);
      Item a = null;
      for (Item first : firsts) {
        if (first.before(b) && rule.group(kind.same(), first).equals(group)) {
          a = first;
        }
      }
      if (a == null || b.time() > Deadline.of(rule, kind, a)) {
        continue;
      }
      boolean prevented = false;
      for (Item c : unless) {
        prevented |= a.before(c) && c.before(b) && rule.group(kind.same(), c).equals(group);
      }
      List<Item> evidence = prevented ? null : following(kind, a, b, group);
      if (evidence != null) {
        evidence.add(0, a);
        double seconds = seconds(b.time() - a.time());
        raises.add(atItem(group, b, null, seconds, seconds, evidence));
      }
    }
    return raises;
  }

  /** What followed {@code a} when {@code b} completes it, in order; null when b does not. */
  private List<Item> following(RuleKind.Sequence kind, Item a, Item b, List<Object> group) {
    if (kind.then().size() == 1) {
      return rule.matches(kind.then().get(0), List.of(b)).isEmpty()
          ? null
          : new ArrayList<>(List.of(b));
    }
    List<Item> between =
        items.stream()
            .filter(c -> a.before(c) && !b.before(c))
            .filter(c -> rule.group(kind.same(), c).equals(group))
            .toList();
    Set<Item> earliest = new HashSet<>();
    for (String condition : kind.then()) {
      List<Item> met = rule.matches(condition, between);
      if (met.isEmpty()) {
        return null;
      }
      earliest.add(met.get(0));
    }
    return earliest.contains(b)
        ? new ArrayList<>(between.stream().filter(earliest::contains).toList())
        : null;
  }

  private List<Raise> absence(RuleKind.Absence kind) {
    List<Item> expected = rule.matches(kind.expect(), items);
    List<Raise> raises = new ArrayList<>();
    for (Item a : rule.matches(kind.after(), items)) {
      Long deadline = Deadline.of(rule, kind, a);
      if (deadline == null || clock <= deadline) {
        continue;
      }
      List<Object> group = rule.group(kind.same(), a);
      List<Item> answers =
          expected.stream()
              .filter(b -> a.before(b) && rule.group(kind.same(), b).equals(group))
              .toList();
      if (answers.stream().anyMatch(b -> b.time() <= deadline)) {
        continue;
      }
      Item late = answers.isEmpty() ? null : answers.get(0);
      raises.add(
          new Raise(
              rule,
              group,
              Place.fallsDue(deadline, rule.id(), a.id()),
              a,
              deadline,
              late == null ? null : (Long) late.time(),
              late == null ? 0 : seconds(late.time() - deadline),
              0,
              late == null ? List.of(a) : List.of(a, late)));
    }
    return raises;
  }

  private Raise atItem(
      List<Object> group,
      Item anchor,
      Long until,
      double measure,
      double firstMeasure,
      List<Item> evidence) {
    Place place = anchor.place().ofRaise(rule.id(), anchor.id());
    return new Raise(
        rule, group, place, anchor, anchor.time(), until, measure, firstMeasure, evidence);
  }

  private Map<List<Object>, List<Item>> grouped(List<String> per, List<Item> of) {
    Map<List<Object>, List<Item>> groups = new LinkedHashMap<>();
    for (Item item : of) {
      groups.computeIfAbsent(rule.group(per, item), ignored -> new ArrayList<>()).add(item);
    }
    return groups;
  }

  private static double seconds(long millis) {
    return millis / 1000.0;
  }
}
