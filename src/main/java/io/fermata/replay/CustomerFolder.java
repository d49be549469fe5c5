package io.fermata.replay;

import io.fermata.journey.Views;
import io.fermata.model.Touchpoint;
import java.util.List;

/** Folds one customer's touchpoints; for any number of threads. */
@FunctionalInterface
interface CustomerFolder {

  /**
   * Folds everything that arrived for a customer and settles the clock.
   *
   * @param arrivals in the order in which they arrived, duplicates among them; the list is the
   *     folder's own
   */
  Folded fold(String customer, List<Touchpoint> arrivals, long clock);

  /**
   * One customer's outcome.
   *
   * @param folded how many touchpoints the views are made of
   * @param duplicates how many were dropped
   * @param tooLate what came too late to be folded
   */
  record Folded(Views views, int folded, int duplicates, List<Touchpoint> tooLate) {}
}
