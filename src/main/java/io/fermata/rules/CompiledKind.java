package io.fermata.rules;

import java.util.List;

/** The five kinds of rule, ready to run. Fields as in {@link RuleKind}. */
public sealed interface CompiledKind {

  /** {@code per} or {@code same}: touchpoints of one group are remembered together. */
  Grouping grouping();

  /** {@code measure} is null for the default of 1. */
  record Single(Condition where, Expression measure) implements CompiledKind {
    @Override
    public Grouping grouping() {
      return Grouping.NONE;
    }
  }

  /** {@code distinct} may be null. */
  record Count(Condition where, int atLeast, CountWindow within, Grouping per, Expression distinct)
      implements CompiledKind {
    @Override
    public Grouping grouping() {
      return per;
    }
  }

  record Streak(
      Condition where, Condition brokenBy, int atLeast, Grouping per, boolean raiseOnBreak)
      implements CompiledKind {
    @Override
    public Grouping grouping() {
      return per;
    }
  }

  /**
   * {@code by} is null when the deadline is {@code withinMillis} after the first; {@code unless}
   * may be null.
   */
  record Sequence(
      Condition first,
      List<Condition> then,
      long withinMillis,
      Expression by,
      Grouping same,
      Condition unless)
      implements CompiledKind {
    @Override
    public Grouping grouping() {
      return same;
    }
  }

  /** {@code by} is null when the deadline is {@code withinMillis} after the start. */
  record Absence(Condition after, Condition expect, long withinMillis, Expression by, Grouping same)
      implements CompiledKind {
    @Override
    public Grouping grouping() {
      return same;
    }
  }
}
