package io.fermata.model;

/**
 * NPS has fallen, by more than chance explains.
 *
 * @param id {@link Ids#scoreAlert}
 * @param dimension by what answers are told apart, as in {@link ScoreReport}; likewise {@code
 *     value}
 * @param window {@code P7D}, {@code P30D} or {@code P90D}
 * @param asOf when the last day of the window ends, exclusive, epoch milliseconds
 * @param n answers in the window; {@code before} stands for the equal window before it
 * @param change points from {@code nps} before to {@code nps}, negative
 * @param marginOfError of {@code change}, in points, at 95 %
 * @param p the chance of a change at least as large where nothing has changed, after Holm's
 *     correction for {@code tests}
 * @param tests how many values of dimensions were looked at together
 */
public record ScoreAlert(
    String id,
    ScoreKind kind,
    String dimension,
    String value,
    String window,
    long asOf,
    long n,
    double nps,
    long beforeN,
    double beforeNps,
    double change,
    double marginOfError,
    double p,
    int tests) {}
