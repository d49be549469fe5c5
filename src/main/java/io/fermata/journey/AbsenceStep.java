package io.fermata.journey;

import io.fermata.model.Alert;
import io.fermata.model.AlertStatus;
import io.fermata.model.Change;
import io.fermata.model.Touchpoint;
import io.fermata.rules.CompiledKind;
import io.fermata.rules.CompiledRule;
import io.fermata.rules.PlannedRule;
import java.time.Instant;
import java.util.List;

/** absence: something expected that does not come in time. */
final class AbsenceStep {

  private static final long NO_WAIT = Long.MIN_VALUE;

  private final Raising raising;

  AbsenceStep(Raising raising) {
    this.raising = raising;
  }

  void apply(
      FoldState state,
      PlannedRule planned,
      CompiledKind.Absence kind,
      Touchpoint touchpoint,
      ViewSink sink) {
    boolean answers = planned.canFinish() && kind.expect().matches(touchpoint);
    boolean starts = planned.canStart() && kind.after().matches(touchpoint);
    long deadline = starts ? deadline(kind, touchpoint) : NO_WAIT;
    starts = deadline != NO_WAIT;
    if (!answers && !starts) {
      return;
    }
    CompiledRule rule = planned.rule();
    String group = kind.same().keyOf(touchpoint);
    AbsenceCell cell = (AbsenceCell) state.find(rule, group);
    if (answers && cell != null) {
      cell.waiting.clear(); // what was due earlier has fallen due already
      endOverdue(state, rule, group, cell, touchpoint, sink);
    }
    if (starts) {
      if (cell == null) {
        cell = new AbsenceCell(state.segments());
        state.add(rule, group, cell);
      }
      cell.waiting.addSorted(
          new Entry(
              deadline,
              touchpoint.id(),
              touchpoint.journeySubject(),
              touchpoint.area(),
              touchpoint.channel(),
              touchpoint.topic()),
          kind.by() == null);
    }
  }

  private static long deadline(CompiledKind.Absence kind, Touchpoint touchpoint) {
    long at = touchpoint.occurredAt();
    if (kind.by() == null) {
      return at + kind.withinMillis();
    }
    return kind.by().evaluate(touchpoint) instanceof Instant deadline
        ? Math.max(at, deadline.toEpochMilli())
        : NO_WAIT;
  }

  private static void endOverdue(
      FoldState state,
      CompiledRule rule,
      String group,
      AbsenceCell cell,
      Touchpoint answer,
      ViewSink sink) {
    long now = answer.occurredAt();
    while (!cell.overdue.isEmpty()) {
      Entry due = cell.overdue.first();
      OpenAlert open =
          Raising.open(state, rule, group, due.id(), due.at(), due.area(), due.channel());
      if (sink.wantsBefore()) {
        sink.before(view(state, rule, group, open, AlertStatus.RAISED, null, List.of(due.id())));
      }
      Raising.change(
          Change.ENDED,
          rule.rule().severityOf(0),
          view(state, rule, group, open, AlertStatus.ENDED, now, List.of(due.id(), answer.id())),
          sink);
      cell.overdue.removeFirst();
    }
  }

  void fallDue(FoldState state, Slot slot, ViewSink sink) {
    AbsenceCell cell = (AbsenceCell) slot.cell(state);
    Entry due = cell.waiting.first();
    cell.waiting.removeFirst();
    if (due.at() < cell.quietUntil) {
      return;
    }
    cell.quietUntil = Quiet.after(slot.rule.rule(), due.at());
    cell.overdue.add(due);
    raising.raise(
        state,
        slot.rule,
        slot.group(),
        Raising.open(state, slot.rule, slot.group(), due.id(), due.at(), due.area(), due.channel()),
        0,
        List.of(due.id()),
        Cause.deadline(due.value(), due.topic()),
        sink);
  }

  private static Alert view(
      FoldState state,
      CompiledRule rule,
      String group,
      OpenAlert open,
      AlertStatus status,
      Long until,
      List<String> evidence) {
    double measure = until == null ? 0 : (until - open.at()) / 1000.0;
    return Raising.alert(state, rule, group, open, status, until, measure, evidence);
  }
}
