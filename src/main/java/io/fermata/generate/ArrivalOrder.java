package io.fermata.generate;

import static io.fermata.generate.Units.DAY;
import static io.fermata.generate.Units.HOUR;

import io.fermata.model.Touchpoint;
import java.util.PriorityQueue;
import java.util.function.Supplier;

/**
 * Puts touchpoints into the order in which they arrive: some late, some twice. What is delayed is
 * kept here until its time, at most {@link Rates#LATE_MOST}.
 */
final class ArrivalOrder {

  private final Supplier<Touchpoint> source;
  private final Dice dice;
  private final double late;
  private final double duplicates;
  private final PriorityQueue<Waiting> waiting = new PriorityQueue<>();
  private Touchpoint head;
  private long admitted;

  private record Waiting(Arrival arrival, long number) implements Comparable<Waiting> {
    @Override
    public int compareTo(Waiting other) {
      int byTime = Long.compare(arrival.arrivesAt(), other.arrival.arrivesAt());
      return byTime != 0 ? byTime : Long.compare(number, other.number);
    }
  }

  /** {@code source} gives touchpoints in order of time, and null at the end. */
  ArrivalOrder(Supplier<Touchpoint> source, Dice dice, double late, double duplicates) {
    this.source = source;
    this.dice = dice;
    this.late = late;
    this.duplicates = duplicates;
    this.head = source.get();
  }

  /** The next to arrive, or null at the end. */
  Arrival next() {
    while (head != null
        && (waiting.isEmpty() || head.occurredAt() <= waiting.peek().arrival().arrivesAt())) {
      Touchpoint touchpoint = head;
      head = source.get();
      long at = touchpoint.occurredAt();
      boolean delayed = late > 0 && dice.chance(late);
      long arrivesAt = delayed ? at + delay() : at;
      if (duplicates > 0 && dice.chance(duplicates)) {
        await(arrivesAt + 1 + dice.after(Rates.DUPLICATE_MEAN), touchpoint);
      }
      if (!delayed) {
        return new Arrival(arrivesAt, touchpoint);
      }
      await(arrivesAt, touchpoint);
    }
    Waiting next = waiting.poll();
    return next == null ? null : next.arrival();
  }

  private void await(long arrivesAt, Touchpoint touchpoint) {
    waiting.add(new Waiting(new Arrival(arrivesAt, touchpoint), admitted++));
  }

  private long delay() {
    double kind = dice.unit();
    long delay;
    if (kind < Rates.LATE_MINUTES) {
      delay = dice.after(Rates.LATE_MINUTES_MEAN);
    } else if (kind < Rates.LATE_MINUTES + Rates.LATE_HOURS) {
      delay = dice.between(HOUR, 12 * HOUR);
    } else {
      delay = dice.between(DAY / 2, Rates.LATE_MOST);
    }
    return 1 + Math.min(delay, Rates.LATE_MOST - 1);
  }
}
