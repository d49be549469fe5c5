package io.fermata.journey;

import io.fermata.model.Alert;
import io.fermata.model.AlertStatus;
import io.fermata.model.Change;
import io.fermata.model.Severity;
import io.fermata.model.Touchpoint;
import io.fermata.rules.Breakable;
import io.fermata.rules.CompiledKind;
import io.fermata.rules.CompiledRule;
import io.fermata.rules.PlannedRule;

/** streak: N matches in a row. */
final class StreakStep {

  private final Raising raising;

  StreakStep(Raising raising) {
    this.raising = raising;
  }

  void apply(
      FoldState state,
      PlannedRule planned,
      CompiledKind.Streak kind,
      Touchpoint touchpoint,
      Cause cause,
      ViewSink sink) {
    boolean breaks = planned.canBreak() && kind.brokenBy().matches(touchpoint);
    boolean counts = planned.canStart() && kind.where().matches(touchpoint);
    if (!breaks && !counts) {
      return;
    }
    CompiledRule rule = planned.rule();
    String group = kind.per().keyOf(touchpoint);
    StreakCell cell = (StreakCell) state.peek(rule, group);
    boolean goesOn = cell != null && cell.length > 0;
    if (goesOn || (cell != null && counts)) {
      state.find(rule, group); // most of what could break a streak finds none
    }
    if (breaks && goesOn) {
      breakOff(state, rule, group, kind, cell, touchpoint, cause, sink);
    }
    if (counts) {
      if (cell == null) {
        cell = new StreakCell();
        state.add(rule, group, cell);
      }
      count(state, rule, group, kind, cell, touchpoint, cause, sink);
    }
  }

  /** See {@link RuleSteps#freeFrom}. */
  static long freeFrom(
      FoldState state, Breakable rule, CompiledKind.Streak kind, Touchpoint message, long at) {
    PlannedRule planned = rule.planned();
    boolean breaks = planned.canBreak() && kind.brokenBy().wouldMatch(message);
    boolean counts = planned.canStart() && kind.where().wouldMatch(message);
    if (!breaks && !counts) {
      return at;
    }
    StreakCell cell = (StreakCell) state.peek(rule.rule(), rule.groupOf(message));
    int length = cell == null ? 0 : cell.length;
    boolean broken =
        kind.raiseOnBreak()
            ? breaks && length >= kind.atLeast()
            : counts && (breaks ? 1 : length + 1) >= kind.atLeast();
    return broken ? Cell.NEVER : at;
  }

  private void breakOff(
      FoldState state,
      CompiledRule rule,
      String group,
      CompiledKind.Streak kind,
      StreakCell cell,
      Touchpoint breaker,
      Cause cause,
      ViewSink sink) {
    long now = breaker.occurredAt();
    int length = cell.length;
    OpenAlert open = cell.open;
    if (open != null) {
      if (sink.wantsBefore()) {
        sink.before(view(state, rule, group, cell, AlertStatus.RAISED, null));
      }
      sink.alert(Change.ENDED, view(state, rule, group, cell, AlertStatus.ENDED, now));
    }
    Evidence evidence = cell.evidence;
    cell.end();
    if (kind.raiseOnBreak() && length >= kind.atLeast() && now >= cell.quietUntil) {
      cell.quietUntil = Quiet.after(rule.rule(), now);
      evidence.add(breaker.id());
      raising.raise(
          state,
          rule,
          group,
          Raising.open(state, rule, group, breaker, now),
          length,
          evidence.ids(),
          cause,
          sink);
    }
  }

  private void count(
      FoldState state,
      CompiledRule rule,
      String group,
      CompiledKind.Streak kind,
      StreakCell cell,
      Touchpoint match,
      Cause cause,
      ViewSink sink) {
    if (cell.open != null && sink.wantsBefore()) {
      sink.before(view(state, rule, group, cell, AlertStatus.RAISED, null));
    }
    Severity was = rule.rule().severityOf(cell.length);
    cell.length++;
    cell.evidence.add(match.id());
    long now = match.occurredAt();
    if (cell.open != null) {
      Raising.change(
          Change.CHANGED, was, view(state, rule, group, cell, AlertStatus.RAISED, null), sink);
    } else if (cell.length == kind.atLeast() && !kind.raiseOnBreak() && now >= cell.quietUntil) {
      cell.quietUntil = Quiet.after(rule.rule(), now);
      cell.open = Raising.open(state, rule, group, match, now);
      raising.raise(state, rule, group, cell.open, cell.length, cell.evidence.ids(), cause, sink);
    }
  }

  private static Alert view(
      FoldState state,
      CompiledRule rule,
      String group,
      StreakCell cell,
      AlertStatus status,
      Long until) {
    return Raising.alert(
        state, rule, group, cell.open, status, until, cell.length, cell.evidence.ids());
  }
}
