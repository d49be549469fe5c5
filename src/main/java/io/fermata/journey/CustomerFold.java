package io.fermata.journey;

import io.fermata.model.Touchpoint;
import io.fermata.rules.RuleSet;
import java.util.List;

/** The fold of one customer's whole history, in memory. */
public final class CustomerFold {

  private CustomerFold() {}

  /**
   * The views of a customer.
   *
   * @param customer the customer's name, {@code kind:value}
   * @param sorted all touchpoints in the order {@code (occurredAt, id)}, no duplicates
   * @param clock event time up to which deadlines are settled, epoch milliseconds; at least the
   *     time of the last touchpoint
   * @throws IllegalArgumentException when touchpoints are out of order or later than the clock
   */
  public static Views fold(
      FoldSettings settings, RuleSet rules, String customer, List<Touchpoint> sorted, long clock) {
    ViewCollector collector = new ViewCollector();
    Fold fold = new Fold(rules);
    FoldState state = new FoldState(customer, rules, settings, Segments.inMemory());
    state.lookIn(new SortedLookback(sorted));
    for (Touchpoint touchpoint : sorted) {
      if (state.last() != null && touchpoint.position().compareTo(state.last()) <= 0) {
        throw new IllegalArgumentException(
            touchpoint.position() + " comes after " + state.last() + ": not in order");
      }
      fold.step(state, touchpoint, collector);
    }
    if (state.last() != null && state.last().at() > clock) {
      throw new IllegalArgumentException(state.last() + " is later than the clock " + clock);
    }
    fold.settle(state, clock, collector);
    return collector.views();
  }
}
