package io.fermata.journey;

import io.fermata.model.Touchpoint;
import io.fermata.rules.Breakable;
import io.fermata.rules.CompiledKind;
import io.fermata.rules.CompiledRule;
import io.fermata.rules.Condition;
import io.fermata.rules.PlannedRule;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** sequence: one thing after another in time. */
final class SequenceStep {

  private static final long NO_DEADLINE = Long.MIN_VALUE;

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
    int meets = planned.canFinish() ? meets(kind, touchpoint) : 0;
    boolean breaks =
        planned.canBreak() && kind.unless() != null && kind.unless().matches(touchpoint);
    boolean starts = planned.canStart() && kind.first().matches(touchpoint);
    long deadline = starts ? deadline(kind, touchpoint) : NO_DEADLINE;
    starts = deadline != NO_DEADLINE;
    if (meets == 0 && !breaks && !starts) {
      return;
    }
    CompiledRule rule = planned.rule();
    String group = kind.same().keyOf(touchpoint);
    SequenceCell cell = (SequenceCell) state.find(rule, group);
    if (cell == null) {
      if (!starts) {
        return;
      }
      cell = new SequenceCell(kind);
      state.add(rule, group, cell);
    }
    if (meets != 0 && cell.firstId != null) {
      follow(state, rule, group, kind, cell, meets, touchpoint, cause, sink);
    }
    if (breaks) {
      cell.forget();
    }
    if (starts) {
      cell.start(touchpoint.id(), touchpoint.occurredAt(), deadline);
    }
  }

  /** The conditions of {@code then} that a touchpoint meets, a bit for each. */
  private static int meets(CompiledKind.Sequence kind, Touchpoint touchpoint) {
    List<Condition> conditions = kind.then();
    int meets = 0;
    for (int i = 0; i < conditions.size(); i++) {
      if (conditions.get(i).matches(touchpoint)) {
        meets |= 1 << i;
      }
    }
    return meets;
  }

  private static long deadline(CompiledKind.Sequence kind, Touchpoint first) {
    if (kind.by() == null) {
      return first.occurredAt() + kind.withinMillis();
    }
    return kind.by().evaluate(first) instanceof Instant deadline
        ? deadline.toEpochMilli()
        : NO_DEADLINE;
  }

  /** See {@link RuleSteps#freeFrom}. */
  static long freeFrom(
      FoldState state, Breakable rule, CompiledKind.Sequence kind, Touchpoint message, long at) {
    if (!state.mayHold(rule.rule())) {
      return at;
    }
    int meets = 0;
    for (int i = 0; rule.planned().canFinish() && i < kind.then().size(); i++) {
      meets |= kind.then().get(i).wouldMatch(message) ? 1 << i : 0;
    }
    if (meets == 0) {
      return at;
    }
    SequenceCell cell = (SequenceCell) state.peek(rule.rule(), rule.groupOf(message));
    boolean completes = cell != null && cell.firstId != null && (cell.met | meets) == all(kind);
    // One past the deadline: a then at the very end of it still counts.
    return completes ? Math.max(at, cell.deadline + 1) : at;
  }

  /** Every condition of {@code then}, a bit for each. */
  private static int all(CompiledKind.Sequence kind) {
    return (1 << kind.then().size()) - 1;
  }

  private void follow(
      FoldState state,
      CompiledRule rule,
      String group,
      CompiledKind.Sequence kind,
      SequenceCell cell,
      int meets,
      Touchpoint then,
      Cause cause,
      ViewSink sink) {
    if (kind.then().size() == 1) {
      raise(state, rule, group, cell, List.of(cell.firstId, then.id()), then, cause, sink);
      return;
    }
    if ((meets & ~cell.met) == 0) {
      return;
    }
    cell.met |= meets;
    cell.metBy.add(then.id());
    if (cell.met == all(kind)) {
      List<String> evidence = new ArrayList<>(cell.metBy);
      evidence.add(0, cell.firstId);
      raise(state, rule, group, cell, evidence, then, cause, sink);
      cell.forget();
    }
  }

  private void raise(
      FoldState state,
      CompiledRule rule,
      String group,
      SequenceCell cell,
      List<String> evidence,
      Touchpoint then,
      Cause cause,
      ViewSink sink) {
    long now = then.occurredAt();
    if (now > cell.deadline || now < cell.quietUntil) {
      return;
    }
    cell.quietUntil = Quiet.after(rule.rule(), now);
    raising.raise(
        state,
        rule,
        group,
        Raising.open(state, rule, group, then, now),
        (now - cell.firstAt) / 1000.0,
        List.copyOf(evidence),
        cause,
        sink);
  }
}
