package io.fermata.rules;

import java.util.List;

/** The five kinds of rule. Durations are milliseconds; expressions are CEL source text. */
public sealed interface RuleKind {

  /** Every match raises one alert; {@code measure} is null for the default of 1. */
  record Single(String where, String measure) implements RuleKind {}

  /** Episodes with at least N matches that count at a time; {@code distinct} may be null. */
  record Count(String where, int atLeast, CountWindow within, List<String> per, String distinct)
      implements RuleKind {}

  /** N matches in a row; with {@code raiseOnBreak} the breaker raises instead of the Nth match. */
  record Streak(String where, String brokenBy, int atLeast, List<String> per, boolean raiseOnBreak)
      implements RuleKind {}

  /**
   * One thing after another in time; {@code unless} may be null.
   *
   * @param then one condition, or several that must all be met, in any order
   * @param withinMillis the time it may take, or null
   * @param by the deadline as an expression over the first, or null; exactly one of both is set
   */
  record Sequence(
      String first,
      List<String> then,
      Long withinMillis,
      String by,
      List<String> same,
      String unless)
      implements RuleKind {

    /** How many conditions {@code then} can have. */
    public static final int MOST_CONDITIONS = 8;
  }

  /** Something expected that does not come in time; exactly one of the deadlines is not null. */
  record Absence(String after, String expect, Long withinMillis, String by, List<String> same)
      implements RuleKind {}
}
