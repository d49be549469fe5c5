package io.fermata.model;

import java.util.Map;

/**
 * The NPS of a dimension's value in windows that end with a day, and in the equal windows before
 * them: what it takes to judge whether it fell. Internal.
 *
 * @param day days since 1970-01-01 in the business time zone
 * @param over of the dimension {@code all} whether anything was answered or sent on a later day;
 *     false of others
 * @param windows by {@code P7D}, {@code P30D} and {@code P90D}, where there are enough answers in
 *     both windows
 */
public record ScoreComparison(
    String dimension, String value, int day, boolean over, Map<String, Counts> windows) {

  /** Answers in the window, and {@code before} it. */
  public record Counts(
      long n,
      long promoters,
      long detractors,
      long beforeN,
      long beforePromoters,
      long beforeDetractors) {}
}
