package io.fermata.journey;

import io.fermata.model.Touchpoint;
import io.fermata.rules.CompiledKind;
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
   * The earliest time at which a message would not break a rule: its own time where it does not,
   * {@link Cell#NEVER} where only something else that happens can change that. It breaks a rule
   * when it would raise an alert of it or prolong one, were there no {@code quietFor}. The state
   * stays as it is; a message in a pause is never asked about.
   */
  static long freeFrom(FoldState state, PlannedRule planned, Touchpoint message) {
    CompiledKind kind = planned.rule().kind();
    if (kind instanceof CompiledKind.Single rule) {
      return SingleStep.freeFrom(message, rule);
    } else if (kind instanceof CompiledKind.Count rule) {
      return CountStep.freeFrom(state, planned.rule(), rule, message);
    } else if (kind instanceof CompiledKind.Streak rule) {
      return StreakStep.freeFrom(state, planned, rule, message);
    } else if (kind instanceof CompiledKind.Sequence rule) {
      return SequenceStep.freeFrom(state, planned, rule, message);
    }
    return message.occurredAt(); // an absence only begins to wait
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
