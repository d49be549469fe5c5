package io.fermata.journey;

import io.fermata.model.Alert;
import io.fermata.model.Touchpoint;
import io.fermata.rules.CompiledKind;
import io.fermata.rules.CompiledRule;
import io.fermata.rules.PlannedRule;
import io.fermata.rules.RuleSet;
import java.util.List;

/**
 * The one idea: {@code views(customer, T) = fold(rules, sorted(E), T)}. A step takes the next
 * touchpoint in the order {@code (occurredAt, id)}; settling takes the clock. Nothing here knows
 * where touchpoints come from or what time it is. Not safe for threads: each has its own.
 */
final class Fold {

  private final RuleSet rules;
  private final RuleSteps steps;
  private final JourneySteps journeys = new JourneySteps();
  private final GuidanceSteps guidance;

  Fold(RuleSet rules) {
    this.rules = rules;
    this.steps = new RuleSteps(this);
    this.guidance = new GuidanceSteps(this);
  }

  /**
   * Folds one touchpoint, which must come after all folded before and after every clock settled.
   */
  void step(FoldState state, Touchpoint touchpoint, ViewSink sink) {
    settleBefore(state, touchpoint.occurredAt(), sink);
    state.advanceTo(touchpoint.position());
    boolean paused = state.guidance().pauses.cover(touchpoint);
    guidance.enter(state, touchpoint);
    Cause cause = journeys.enter(state, touchpoint, sink);
    SurveySteps.enter(state, touchpoint, sink);
    List<PlannedRule> plan = rules.forTouchpoint(touchpoint.type());
    for (int i = 0; i < plan.size(); i++) {
      steps.apply(state, plan.get(i), touchpoint, paused, cause, sink);
    }
    journeys.leave(state, cause, sink);
    guidance.leave(state, touchpoint.occurredAt(), sink);
    state.sweep(touchpoint.occurredAt());
  }

  /** Settles what falls due before a time. */
  void settleBefore(FoldState state, long time, ViewSink sink) {
    Slot due;
    while ((due = state.nextDueBefore(time)) != null) {
      settleOne(state, due, sink);
    }
  }

  /** Settles what the clock has reached. Returns how many deadlines and ends that were. */
  int settle(FoldState state, long clock, ViewSink sink) {
    int settled = 0;
    Slot due;
    while ((due = state.nextDueAt(clock)) != null) {
      settleOne(state, due, sink);
      settled++;
    }
    return settled;
  }

  private void settleOne(FoldState state, Slot slot, ViewSink sink) {
    long at = slot.due();
    if (slot.rule == null) {
      journeys.close(state, slot, sink);
    } else if (slot.rule.kind() instanceof CompiledKind.Count) {
      steps.endEpisode(state, slot, sink);
    } else {
      steps.fallDue(state, slot, sink);
    }
    guidance.leaveDeadline(state, at, sink);
  }

  /**
   * A rule has raised. Every raise makes an experience, which comes directly after its cause; rules
   * on experiences make none themselves.
   */
  void experience(FoldState state, CompiledRule raised, Alert alert, Cause cause, ViewSink sink) {
    guidance.raised(state, raised, alert, cause);
    if (raised.onExperiences()) {
      return;
    }
    state.surveys().experience(alert);
    journeys.countExperience(state, alert.polarity(), cause, sink);
    Touchpoint experience = Experiences.of(alert);
    List<PlannedRule> plan = rules.forExperience(experience.type());
    for (int i = 0; i < plan.size(); i++) {
      steps.apply(state, plan.get(i), experience, false, Cause.NONE, sink);
    }
  }
}
