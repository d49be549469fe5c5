package io.fermata.oracle;

import io.fermata.rules.RuleKind;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * A maximal stretch of time in which a count is at its bound or above.
 *
 * @param end the moment the count falls below the bound
 * @param beginner the match that brought the count to the bound
 * @param greatest the greatest count of the stretch
 * @param counted the matches counted at any time of the stretch, in order
 */
record Episode(long end, Item beginner, long greatest, List<Item> counted) {

  /** The episodes of one group's matches, given in order. */
  static List<Episode> of(OracleRule rule, RuleKind.Count kind, Window window, List<Item> matches) {
    // n(x) only changes at these times, so that it is known everywhere when it is known there.
    TreeSet<Long> critical = new TreeSet<>();
    for (Item m : matches) {
      critical.addAll(window.edges(m));
    }
    List<Episode> episodes = new ArrayList<>();
    List<Long> stretch = new ArrayList<>();
    for (long x : critical) {
      if (number(rule, kind, at(x, window, matches)) >= kind.atLeast()) {
        stretch.add(x);
      } else if (!stretch.isEmpty()) {
        episodes.add(read(rule, kind, window, matches, stretch, x));
        stretch = new ArrayList<>();
      }
    }
    return episodes;
  }

  private static Episode read(
      OracleRule rule,
      RuleKind.Count kind,
      Window window,
      List<Item> matches,
      List<Long> stretch,
      long end) {
    List<Item> atBegin = at(stretch.get(0), window, matches);
    Item beginner = null;
    for (int n = 1; n <= atBegin.size() && beginner == null; n++) {
      if (number(rule, kind, atBegin.subList(0, n)) >= kind.atLeast()) {
        beginner = atBegin.get(n - 1);
      }
    }
    long greatest = 0;
    for (long x : stretch) {
      greatest = Math.max(greatest, number(rule, kind, at(x, window, matches)));
    }
    List<Long> times = stretch;
    List<Item> counted =
        matches.stream().filter(m -> times.stream().anyMatch(x -> window.counts(m, x))).toList();
    return new Episode(end, beginner, greatest, counted);
  }

  /** The matches counted at x. */
  private static List<Item> at(long x, Window window, List<Item> matches) {
    return matches.stream().filter(m -> window.counts(m, x)).toList();
  }

  /** n: how many matches, or with {@code distinct} how many values of it; null is one. */
  private static long number(OracleRule rule, RuleKind.Count kind, List<Item> counted) {
    return kind.distinct() == null
        ? counted.size()
        : counted.stream().map(m -> rule.group(List.of(kind.distinct()), m)).distinct().count();
  }
}
