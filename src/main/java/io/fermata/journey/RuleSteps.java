package io.fermata.journey;

import io.fermata.model.Touchpoint;
import io.fermata.rules.Breakable;
import io.fermata.rules.CompiledKind;
import io.fermata.rules.CompiledRule;
import io.fermata.rules.PlannedRule;

/** Hands a touchpoint to the step of a rule's kind. */
final class RuleSteps {

  private final SingleStep single;
  private final CountStep count;
  private final StreakStep streak;
  private final SequenceStep sequence;
  private final AbsenceStep absence;

  RuleSteps(Fold fold) {
    Raising raising = new Raising(fold);
    single = new SingleStep(raising);
    count = new CountStep(raising);
    streak = new StreakStep(raising);
    sequence = new SequenceStep(raising);
    absence = new AbsenceStep(raising);
  }

  void apply(
      FoldState state,
      PlannedRule planned,
      Touchpoint touchpoint,
      boolean paused,
      Cause cause,
      ViewSink sink) {
    if (!planned.canStart() && !state.mayHold(planned.rule())) {
      return; // there is nothing to complete or to break off
    }
    CompiledKind kind = paused ? planned.rule().kindInPause() : planned.rule().kind();
    if (kind instanceof CompiledKind.Single rule) {
      single.apply(state, planned.rule(), rule, touchpoint, cause, sink);
    } else if (kind instanceof CompiledKind.Count rule) {
      count.apply(state, planned.rule(), rule, touchpoint, cause, sink);
    } else if (kind instanceof CompiledKind.Streak rule) {
      streak.apply(state, planned, rule, touchpoint, cause, sink);
    } else if (kind instanceof CompiledKind.Sequence rule) {
      sequence.apply(state, planned, rule, touchpoint, cause, sink);
    } else if (kind instanceof CompiledKind.Absence rule) {
      absence.apply(state, planned, rule, touchpoint, sink);
    }
  }

  /**
   * The earliest time at which a message tried at {@code at} would not break a rule: that time
   * where it does not, {@link Cell#NEVER} where only something else that happens can change that.
   * It breaks a rule when it would raise an alert of it or prolong one, were there no {@code
   * quietFor}. The state stays as it is; a message in a pause is never asked about.
   *
   * @param message the rule's template where it has one: its own time does not matter then
   */
  static long freeFrom(FoldState state, Breakable rule, Touchpoint message, long at) {
    CompiledKind kind = rule.rule().kind();
    if (kind instanceof CompiledKind.Single single) {
      return SingleStep.freeFrom(rule, single, message, at);
    } else if (kind instanceof CompiledKind.Count count) {
      return CountStep.freeFrom(state, rule, count, message, at);
    } else if (kind instanceof CompiledKind.Streak streak) {
      return StreakStep.freeFrom(state, rule, streak, message, at);
    } else if (kind instanceof CompiledKind.Sequence sequence) {
      return SequenceStep.freeFrom(state, rule, sequence, message, at);
    }
    return at; // an absence only begins to wait
  }

  /** Whether a rule that remembers nothing of a message's group can be broken by it at no time. */
  static boolean isFreeWithoutCell(CompiledRule rule) {
    return !(rule.kind() instanceof CompiledKind.Single)
        && !(rule.kind() instanceof CompiledKind.Count count && count.atLeast() == 1)
        && !(rule.kind() instanceof CompiledKind.Streak streak && streak.atLeast() == 1);
  }

  /** The end of an episode has come. */
  void endEpisode(FoldState state, Slot slot, ViewSink sink) {
    count.end(state, slot, sink);
  }

  /** A deadline has passed. */
  void fallDue(FoldState state, Slot slot, ViewSink sink) {
    absence.fallDue(state, slot, sink);
  }
}
