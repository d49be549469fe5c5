package io.fermata.generate;

import io.fermata.model.Channel;
import io.fermata.model.Identifier;
import io.fermata.model.Pillar;
import io.fermata.model.Severity;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** One customer: persona, memory, and the queue of what will happen, sorted by time. */
final class Customer {

  final int index;
  final Brand brand;
  final Persona persona;
  final Dice dice;
  final Mood mood;
  final List<Identifier> identity;
  final Set<Channel> optedOut = EnumSet.noneOf(Channel.class);

  /** Whether a service journey or an incident is under way; there is one at a time. */
  boolean busy;

  /** Until when an injected incident keeps what would spoil it from happening. */
  long incidentUntil = Long.MIN_VALUE;

  long surveyedAt = Long.MIN_VALUE / 2;
  long lastAt = Long.MIN_VALUE;

  private double annoyance;
  private long annoyedAt;
  private int cases;
  private Step first;

  Customer(int index, Brand brand, Persona persona, Dice dice, long start) {
    this.index = index;
    this.brand = brand;
    this.persona = persona;
    this.dice = dice;
    this.mood = new Mood(start);
    this.identity = List.of(new Identifier("customer", "C-" + (index + 1)));
    this.annoyedAt = start;
  }

  /** What happens at a time; at most one touchpoint comes of it. */
  private static final class Step {
    final long at;
    final Runnable action;
    Step next;

    Step(long at, Runnable action) {
      this.at = at;
      this.action = action;
    }
  }

  void schedule(long at, Runnable action) {
    Step step = new Step(at, action);
    if (first == null || at < first.at) {
      step.next = first;
      first = step;
      return;
    }
    Step before = first;
    while (before.next != null && before.next.at <= at) {
      before = before.next;
    }
    step.next = before.next;
    before.next = step;
  }

  /** When the next step is due; there always is one. */
  long nextAt() {
    return first.at;
  }

  Runnable takeNext() {
    Step step = first;
    first = step.next;
    return step.action;
  }

  String newCase() {
    cases++;
    return "K-" + Integer.toString(index, Character.MAX_RADIX) + "-" + cases;
  }

  boolean inIncident(long now) {
    return now <= incidentUntil;
  }

  /** Unopened messages that still annoy. */
  double annoyance(long now) {
    annoyance *= StrictMath.pow(0.5, (now - annoyedAt) / (double) Rates.ANNOYANCE_HALF_LIFE);
    annoyedAt = now;
    return annoyance;
  }

  void annoy(double by, long now) {
    annoyance = Math.max(0, annoyance(now) + by);
  }

  void good(Pillar pillar, long now) {
    mood.good(pillar, now);
  }

  void bad(Pillar pillar, Severity severity, long now) {
    mood.bad(pillar, severity, now);
  }
}
