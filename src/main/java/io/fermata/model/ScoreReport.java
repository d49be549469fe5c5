package io.fermata.model;

import java.time.Instant;

/**
 * A score over a window of days.
 *
 * @param dimension by what answers are told apart: {@code all}, {@code channel}, {@code area},
 *     {@code segment}, {@code topic}, {@code campaign}, or a pair as {@code channel+topic}
 * @param value which of them; {@code all} of {@code all}
 * @param window {@code P1D}, {@code P7D}, {@code P30D} or {@code P90D}
 * @param asOf when the last day of the window ends, exclusive, epoch milliseconds
 * @param n answers
 * @param promoters of NPS the answers 9 to 10, likewise {@code passives} 7 to 8 and {@code
 *     detractors} 0 to 6; 0 of other kinds
 * @param nps -100 to 100, of NPS only
 * @param marginOfError in points of {@code nps}, at 95 %
 * @param mean of the answers
 * @param csat of CSAT only: the share of answers in the top two of a 1..5 scale, 0 to 1
 * @param sent surveys sent in the window
 * @param responseRate {@code n / sent}; null when none was sent
 * @param enough whether there are enough answers to look at, 30
 */
public record ScoreReport(
    ScoreKind kind,
    String dimension,
    String value,
    String window,
    long asOf,
    long n,
    long promoters,
    long passives,
    long detractors,
    Double nps,
    Double marginOfError,
    Double mean,
    Double csat,
    long sent,
    Double responseRate,
    boolean enough) {

  /** {@code kind|dimension|value|window|asOf}. */
  public String key() {
    return String.join(
        "|", kind.name(), dimension, value, window, Instant.ofEpochMilli(asOf).toString());
  }
}
