package io.fermata.journey;

import io.fermata.model.Alert;
import io.fermata.model.AlertStatus;
import io.fermata.model.Change;
import io.fermata.model.Severity;
import io.fermata.model.Touchpoint;
import io.fermata.rules.Breakable;
import io.fermata.rules.CompiledKind;
import io.fermata.rules.CompiledRule;
import io.fermata.rules.Grouping;

/** count: episodes in which at least N matches count. */
final class CountStep {

  private final Raising raising;

  CountStep(Raising raising) {
    this.raising = raising;
  }

  void apply(
      FoldState state,
      CompiledRule rule,
      CompiledKind.Count kind,
      Touchpoint touchpoint,
      Cause cause,
      ViewSink sink) {
    if (!kind.where().matches(touchpoint)) {
      return;
    }
    String group = kind.per().keyOf(touchpoint);
    CountCell cell = (CountCell) state.find(rule, group);
    if (cell == null) {
      cell = new CountCell(Matches.of(kind, state.segments()));
      state.add(rule, group, cell);
    }
    long now = touchpoint.occurredAt();
    String value =
        kind.distinct() == null ? null : Grouping.encode(kind.distinct().evaluate(touchpoint));
    cell.matches.expire(now);
    cell.matches.add(touchpoint, value);
    int n = cell.matches.size();
    if (cell.inEpisode) {
      cell.pending++;
      // Below N the end is due now; only further matches at this very moment can prevent it.
      if (n >= kind.atLeast()) {
        grow(state, rule, group, kind, cell, n, sink);
      }
    } else if (n >= kind.atLeast()) {
      begin(state, rule, group, kind, cell, touchpoint, cause, sink);
    }
  }

  /** See {@link RuleSteps#freeFrom}. */
  static long freeFrom(
      FoldState state, Breakable rule, CompiledKind.Count kind, Touchpoint message, long at) {
    boolean alone = kind.atLeast() == 1;
    if (!alone && !state.mayHold(rule.rule())) {
      return at;
    }
    if (rule.template() == null && !kind.where().wouldMatch(message)) {
      return at;
    }
    if (alone) {
      return Cell.NEVER;
    }
    CountCell cell = (CountCell) state.peek(rule.rule(), rule.groupOf(message));
    if (cell == null) {
      return at;
    }
    String value =
        kind.distinct() == null ? null : Grouping.encode(kind.distinct().evaluate(message));
    return cell.matches.roomAt(at, kind.atLeast(), value);
  }

  private void begin(
      FoldState state,
      CompiledRule rule,
      String group,
      CompiledKind.Count kind,
      CountCell cell,
      Touchpoint anchor,
      Cause cause,
      ViewSink sink) {
    long now = anchor.occurredAt();
    cell.inEpisode = true;
    cell.greatest = cell.matches.size();
    cell.endsAt = cell.matches.fallsBelow(kind.atLeast());
    if (now < cell.quietUntil) {
      return;
    }
    cell.quietUntil = Quiet.after(rule.rule(), now);
    cell.open = Raising.open(state, rule, group, anchor, now);
    takeEvidence(cell, Alert.MAX_EVIDENCE);
    raising.raise(state, rule, group, cell.open, cell.greatest, cell.evidence.ids(), cause, sink);
  }

  private static void grow(
      FoldState state,
      CompiledRule rule,
      String group,
      CompiledKind.Count kind,
      CountCell cell,
      int n,
      ViewSink sink) {
    if (cell.open != null && sink.wantsBefore()) {
      sink.before(view(state, rule, group, cell, AlertStatus.RAISED, null));
    }
    Severity was = rule.rule().severityOf(cell.greatest);
    cell.greatest = Math.max(cell.greatest, n);
    cell.endsAt = cell.matches.fallsBelow(kind.atLeast());
    if (cell.open != null) {
      takeEvidence(cell, cell.pending);
      Raising.change(
          Change.CHANGED, was, view(state, rule, group, cell, AlertStatus.RAISED, null), sink);
    }
    cell.pending = 0;
  }

  private static void takeEvidence(CountCell cell, int newest) {
    cell.matches.newest(newest).forEach(cell.evidence::add);
  }

  void end(FoldState state, Slot slot, ViewSink sink) {
    CountCell cell = (CountCell) slot.cell(state);
    if (cell.open != null) {
      if (sink.wantsBefore()) {
        sink.before(view(state, slot.rule, slot.group(), cell, AlertStatus.RAISED, null));
      }
      sink.alert(
          Change.ENDED, view(state, slot.rule, slot.group(), cell, AlertStatus.ENDED, cell.endsAt));
    }
    cell.endEpisode();
  }

  private static Alert view(
      FoldState state,
      CompiledRule rule,
      String group,
      CountCell cell,
      AlertStatus status,
      Long until) {
    return Raising.alert(
        state, rule, group, cell.open, status, until, cell.greatest, cell.evidence.ids());
  }
}
