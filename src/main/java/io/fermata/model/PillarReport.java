package io.fermata.model;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * How a brand stands with each pillar over a window of days: the mean pillar scores of those who
 * answered a survey, and the experiences that were had.
 *
 * @param dimension as of a {@link ScoreReport}; experiences are known by {@code channel} and {@code
 *     area} alone
 * @param window {@code P1D}, {@code P7D}, {@code P30D} or {@code P90D}
 * @param asOf when the last day of the window ends, exclusive, epoch milliseconds
 * @param n answers to surveys of any kind
 * @param pillars by name of each of the six pillars the mean over the answers of the customer's
 *     score before the answer, 0 to 100; empty where {@code n} is 0
 * @param experiences what does not occur is left out; in the order of pillar, polarity, severity
 */
public record PillarReport(
    String dimension,
    String value,
    String window,
    long asOf,
    long n,
    Map<String, Double> pillars,
    List<Experiences> experiences) {

  /**
   * How many experiences of one sort there were: alerts that hold, by the day of their {@code at}.
   */
  public record Experiences(Pillar pillar, Polarity polarity, Severity severity, long count) {}

  /** {@code dimension|value|window|asOf}. */
  public String key() {
    return key(dimension, value, window, asOf);
  }

  /** As {@link #key()}. */
  public static String key(String dimension, String value, String window, long asOf) {
    return String.join("|", dimension, value, window, Instant.ofEpochMilli(asOf).toString());
  }
}
