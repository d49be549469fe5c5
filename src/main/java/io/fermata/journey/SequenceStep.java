package io.fermata.journey;

import io.fermata.model.Touchpoint;
import io.fermata.rules.CompiledKind;
import io.fermata.rules.CompiledRule;
import io.fermata.rules.PlannedRule;
import java.util.List;

/** sequence: one thing after another within a time. */
final class SequenceStep {

  private final Raising raising;

  SequenceStep(Raising raising) {
    this.raising = raising;
  }

  void apply(
      FoldState state,
      PlannedRule planned,
      CompiledKind.Sequence kind,
      Touchpoint touchpoint,
      Cause cause,
      ViewSink sink) {
    boolean finishes = planned.canFinish() && kind.then().matches(touchpoint);
    boolean breaks =
        planned.canBreak() && kind.unless() != null && kind.unless().matches(touchpoint);
    boolean starts = planned.canStart() && kind.first().matches(touchpoint);
    if (!finishes && !breaks && !starts) {
      return;
    }
    CompiledRule rule = planned.rule();
    String group = kind.same().keyOf(touchpoint);
    SequenceCell cell = (SequenceCell) state.find(rule, group);
    if (cell == null) {
      if (!starts) {
        return;
      }
      cell = new SequenceCell(kind.withinMillis());
      state.add(rule, group, cell);
    }
    if (finishes && cell.firstId != null) {
      finish(state, rule, group, kind, cell, touchpoint, cause, sink);
    }
    if (breaks) {
      cell.firstId = null;
    }
    if (starts) {
      cell.firstId = touchpoint.id();
      cell.firstAt = touchpoint.occurredAt();
    }
  }

  /** See {@link RuleSteps#freeFrom}. */
  static long freeFrom(
      FoldState state, PlannedRule planned, CompiledKind.Sequence kind, Touchpoint message) {
    long now = message.occurredAt();
    if (!planned.canFinish() || !kind.then().wouldMatch(message)) {
      return now;
    }
    String group = kind.same().keyOf(message);
    SequenceCell cell = (SequenceCell) state.peek(planned.rule(), group);
    // One past the window: a then at the very end of it still counts.
    return cell == null || cell.firstId == null
        ? now
        : Math.max(now, cell.firstAt + kind.withinMillis() + 1);
  }

  private void finish(
      FoldState state,
      CompiledRule rule,
      String group,
      CompiledKind.Sequence kind,
      SequenceCell cell,
      Touchpoint then,
      Cause cause,
      ViewSink sink) {
    long now = then.occurredAt();
    if (now - cell.firstAt > kind.withinMillis() || now < cell.quietUntil) {
      return;
    }
    cell.quietUntil = Quiet.after(rule.rule(), now);
    raising.raise(
        state,
        rule,
        group,
        Raising.open(state, rule, group, then, now),
        (now - cell.firstAt) / 1000.0,
        List.of(cell.firstId, then.id()),
        cause,
        sink);
  }
}
