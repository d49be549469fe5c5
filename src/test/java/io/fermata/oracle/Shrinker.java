package io.fermata.oracle;

import io.fermata.rules.Rule;
import io.fermata.model.Touchpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Makes a failing case small: drops whatever it fails without. */
final class Shrinker {

  private Shrinker() {}

  static RandomCase shrink(RandomCase failing, Predicate<RandomCase> fails) {
    RandomCase current = failing;
    boolean smaller = true;
    while (smaller) {
      smaller = false;
      for (RandomCase candidate : smaller(current)) {
        if (fails.test(candidate)) {
          current = candidate;
          smaller = true;
          break;
        }
      }
    }
    return current;
  }

  private static List<RandomCase> smaller(RandomCase c) {
    List<RandomCase> candidates = new ArrayList<>();
    for (int i = 0; i < c.rules().size(); i++) {
      candidates.add(with(c, without(c.rules(), i, i + 1), c.touchpoints()));
    }
    int number = c.touchpoints().size();
    for (int chunk = Math.max(1, number / 2); chunk >= 1; chunk /= 2) {
      for (int from = 0; from < number; from += chunk) {
        candidates.add(
            with(c, c.rules(), without(c.touchpoints(), from, Math.min(number, from + chunk))));
      }
    }
    return candidates;
  }

  private static RandomCase with(RandomCase c, List<Rule> rules, List<Touchpoint> touchpoints) {
    return new RandomCase(
        c.seed(), c.journeyGap(), c.journeySettle(), rules, touchpoints, c.clock());
  }

  private static <T> List<T> without(List<T> list, int from, int to) {
    List<T> rest = new ArrayList<>(list.subList(0, from));
    rest.addAll(list.subList(to, list.size()));
    return rest;
  }
}
