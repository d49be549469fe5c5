package io.fermata.model;

import java.util.Map;

/**
 * What drives the NPS score: least squares of the answers on the six pillar scores before them.
 *
 * @param dimension {@code all}, or a dimension and its value as {@code channel=VOICE}
 * @param window {@code P1D}, {@code P7D}, {@code P30D} or {@code P90D}
 * @param asOf when the last day of the window ends, exclusive, epoch milliseconds: the last day
 *     with an answer
 * @param n answers
 * @param r2 the share of the answers' variance that the pillars explain, 0 to 1
 * @param intercept points of the score where every pillar is 0
 * @param coefficients by pillar
 */
public record DriverReport(
    String dimension,
    String window,
    long asOf,
    long n,
    double r2,
    double intercept,
    Map<String, Coefficient> coefficients) {

  /**
   * One pillar's weight, in points of the score for each point of the pillar.
   *
   * @param standardError of {@code value}
   */
  public record Coefficient(double value, double standardError) {}

  /** {@code dimension|window}. */
  public String key() {
    return dimension + '|' + window;
  }
}
