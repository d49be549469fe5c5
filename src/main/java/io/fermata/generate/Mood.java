package io.fermata.generate;

import io.fermata.model.Pillar;
import io.fermata.model.Severity;

/**
 * What a customer remembers, per pillar: sums of good and bad experiences that fade with a
 * half-life. The score of a pillar is {@code 50 + 50 tanh((G - 4 B) / 8)}, as in the catalogue.
 */
// Arrays in the order of Pillar and Severity: two small maps per customer would cost too much.
@SuppressWarnings("EnumOrdinal")
final class Mood {

  private static final int PILLARS = Rates.NPS_PER_PILLAR_POINT.length;

  private final double[] good = new double[PILLARS];
  private final double[] bad = new double[PILLARS];
  private long fadedAt;

  Mood(long start) {
    fadedAt = start;
  }

  void good(Pillar pillar, long now) {
    fade(now);
    good[pillar.ordinal()] += 1;
  }

  void bad(Pillar pillar, Severity severity, long now) {
    fade(now);
    bad[pillar.ordinal()] += Rates.SEVERITY_WEIGHTS[severity.ordinal()];
  }

  /** The answer to "would you recommend us", before leniency, noise and rounding. */
  double nps(long now) {
    fade(now);
    double answer = Rates.NPS_BASE;
    for (int p = 0; p < PILLARS; p++) {
      answer += Rates.NPS_PER_PILLAR_POINT[p] * (score(p) - 50);
    }
    return answer;
  }

  private double score(int pillar) {
    double balance = good[pillar] - Rates.BAD_WEIGHS * bad[pillar];
    return 50 + 50 * StrictMath.tanh(balance / Rates.PILLAR_WIDTH);
  }

  private void fade(long now) {
    double left = StrictMath.pow(0.5, (now - fadedAt) / Rates.MEMORY_HALF_LIFE);
    for (int p = 0; p < PILLARS; p++) {
      good[p] *= left;
      bad[p] *= left;
    }
    fadedAt = now;
  }
}
