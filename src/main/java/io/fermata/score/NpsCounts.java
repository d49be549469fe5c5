package io.fermata.score;

import java.util.Map;
import java.util.NavigableMap;

/**
 * Answers on the scale from 0 to 10 by what they say: 9 and more promotes, less than 7 detracts.
 */
record NpsCounts(long n, long promoters, long detractors) {

  /** Of 95 %. */
  private static final double Z = 1.96;

  private static final long ENOUGH = 30;

  static NpsCounts of(Bucket bucket) {
    long n = 0;
    long promoters = 0;
    long detractors = 0;
    for (Map.Entry<Double, Long> count : bucket.counts().entrySet()) {
      n += count.getValue();
      promoters += count.getKey() >= 9 ? count.getValue() : 0;
      detractors += count.getKey() < 7 ? count.getValue() : 0;
    }
    return new NpsCounts(n, promoters, detractors);
  }

  static NpsCounts of(Window window, int day, NavigableMap<Integer, Bucket> days) {
    long n = 0;
    long promoters = 0;
    long detractors = 0;
    for (Bucket bucket : window.of(day, days).values()) {
      NpsCounts one = of(bucket);
      n += one.n;
      promoters += one.promoters;
      detractors += one.detractors;
    }
    return new NpsCounts(n, promoters, detractors);
  }

  /** Whether there are enough answers to look at. */
  boolean isEnough() {
    return n >= ENOUGH;
  }

  /** -100 to 100. */
  double nps() {
    return 100.0 * (promoters - detractors) / n;
  }

  /** Half the width of the interval that holds NPS in 95 of 100 cases, in points. */
  double marginOfError() {
    double balance = (double) (promoters - detractors) / n;
    double variance = (double) (promoters + detractors) / n - balance * balance;
    return 100 * Z * Math.sqrt(Math.max(0, variance) / n);
  }

  /**
   * The variance of single answers in points, promoters 100, detractors -100, without the bias of a
   * sample; exactly 0 where all say the same.
   */
  double sampleVariance() {
    long balance = promoters - detractors;
    double squares =
        Math.multiplyExact(n, promoters + detractors) - Math.multiplyExact(balance, balance);
    return 10_000.0 * squares / ((double) n * (n - 1));
  }
}
