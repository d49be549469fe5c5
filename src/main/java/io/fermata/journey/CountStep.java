package io.fermata.journey;

import io.fermata.model.Alert;
import io.fermata.model.AlertStatus;
import io.fermata.model.Change;
import io.fermata.model.Touchpoint;
import io.fermata.rules.CompiledKind;
import io.fermata.rules.CompiledRule;
import io.fermata.rules.Grouping;

/** count: episodes in which a rolling window holds at least N matches. */
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
      cell = new CountCell(state.segments(), kind.withinMillis(), kind.distinct() != null);
      state.add(rule, group, cell);
    }
    long now = touchpoint.occurredAt();
    String value =
        kind.distinct() == null ? null : Grouping.encode(kind.distinct().evaluate(touchpoint));
    cell.expire(now);
    cell.add(new Entry(now, touchpoint.id(), value, null, null));
    int n = cell.size();
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
      FoldState state, CompiledRule rule, CompiledKind.Count kind, Touchpoint message) {
    if (!kind.where().wouldMatch(message)) {
      return message.occurredAt();
    }
    if (kind.atLeast() == 1) {
      return Cell.NEVER;
    }
    CountCell cell = (CountCell) state.peek(rule, kind.per().keyOf(message));
    if (cell == null) {
      return message.occurredAt();
    }
    String value =
        kind.distinct() == null ? null : Grouping.encode(kind.distinct().evaluate(message));
    return cell.roomAt(message.occurredAt(), kind.atLeast(), value);
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
    cell.greatest = cell.size();
    cell.endsAt = cell.fallsBelow(kind.atLeast());
    if (now < cell.quietUntil) {
      return;
    }
    cell.quietUntil = Quiet.after(rule.rule(), now);
    cell.open = Raising.open(state, rule, group, anchor, now);
    takeEvidence(cell, Math.min(cell.window.size(), Alert.MAX_EVIDENCE));
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
    cell.greatest = Math.max(cell.greatest, n);
    cell.endsAt = cell.fallsBelow(kind.atLeast());
    if (cell.open != null) {
      takeEvidence(cell, cell.pending);
      sink.alert(Change.CHANGED, view(state, rule, group, cell, AlertStatus.RAISED, null));
    }
    cell.pending = 0;
  }

  /** Takes the newest matches of the window into the evidence. */
  private static void takeEvidence(CountCell cell, int newest) {
    for (int i = cell.window.size() - newest; i < cell.window.size(); i++) {
      cell.evidence.add(cell.window.get(i).id());
    }
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
