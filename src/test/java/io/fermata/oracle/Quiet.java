package io.fermata.oracle;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code quietFor}: after a raise, none for the same subject (the same values: null is not the
 * empty text) for a while.
 */
final class Quiet {

  private Quiet() {}

  /** The raises of one rule that are really raised, in order. */
  static List<Raise> without(OracleRule rule, List<Raise> raises) {
    Long quietFor = rule.rule().quietForMillis();
    Map<List<Object>, Long> previous = new HashMap<>();
    List<Raise> raised = new ArrayList<>();
    for (Raise raise : raises.stream().sorted(Comparator.comparing(Raise::place)).toList()) {
      Long last = previous.get(raise.group());
      if (quietFor != null && last != null && raise.at() < last + quietFor) {
        continue;
      }
      previous.put(raise.group(), raise.at());
      raised.add(raise);
    }
    return raised;
  }
}
