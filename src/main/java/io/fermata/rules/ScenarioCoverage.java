package io.fermata.rules;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What the scenarios of a rule show of it, and what they leave out. */
public final class ScenarioCoverage {

  /** A rule is shown by what raises it, what only nearly does, and what lies on its bounds. */
  public enum Part {
    RAISE("no scenario that raises"),
    NEAR_MISS("no near miss"),
    EDGE("no scenario at the edge");

    private final String lack;

    Part(String lack) {
      this.lack = lack;
    }

    /** How to say that it is missing. */
    public String lack() {
      return lack;
    }
  }

  private ScenarioCoverage() {}

  /** The parts of a rule that none of these scenarios shows; one at the edge shows only that. */
  public static Set<Part> missing(String rule, List<Scenario> scenarios) {
    Set<Part> missing = EnumSet.allOf(Part.class);
    for (Scenario scenario : scenarios) {
      if (scenario.rule().equals(rule)) {
        missing.remove(part(scenario));
      }
    }
    return missing;
  }

  private static Part part(Scenario scenario) {
    if (scenario.edge()) {
      return Part.EDGE;
    }
    return scenario.expect().isEmpty() ? Part.NEAR_MISS : Part.RAISE;
  }
}
