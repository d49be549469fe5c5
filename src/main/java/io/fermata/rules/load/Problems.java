package io.fermata.rules.load;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects problems, so that one run names them all. */
final class Problems {

  private final List<Problem> problems = new ArrayList<>();

  void add(Location at, String message) {
    problems.add(new Problem(at, message));
  }

  int count() {
    return problems.size();
  }

  void throwIfAny() {
    if (!problems.isEmpty()) {
      throw new RuleProblemsException(
          problems.stream()
              .sorted(
                  Comparator.comparing((Problem p) -> p.at().file())
                      .thenComparing(p -> p.at().line())
                      .thenComparing(p -> p.at().column()))
              .toList());
    }
  }
}
