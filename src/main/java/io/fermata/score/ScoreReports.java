package io.fermata.score;

import io.fermata.model.ScoreKind;
import io.fermata.model.ScoreReport;
import java.util.Map;
import java.util.NavigableMap;

/** Works reports out of buckets. */
public final class ScoreReports {

  /** Of 95 %. */
  private static final double Z = 1.96;

  private static final long ENOUGH = 30;

  private ScoreReports() {}

  /**
   * The report of a window.
   *
   * @param day the window's last
   * @param days the key's buckets by day; those outside of the window do not matter
   * @return null when there is no answer in the window
   */
  public static ScoreReport of(
      ScoreSettings settings,
      ScoreKey key,
      Window window,
      int day,
      NavigableMap<Integer, Bucket> days) {
    Bucket all = sum(window, day, days);
    long n = 0;
    long promoters = 0;
    long detractors = 0;
    double sum = 0;
    for (Map.Entry<Double, Long> count : all.counts().entrySet()) {
      n += count.getValue();
      sum += count.getKey() * count.getValue();
      promoters += count.getKey() >= 9 ? count.getValue() : 0;
      detractors += count.getKey() < 7 ? count.getValue() : 0;
    }
    if (n == 0) {
      return null;
    }
    boolean nps = key.kind() == ScoreKind.NPS;
    return new ScoreReport(
        key.kind(),
        key.dimension(),
        key.value(),
        window.name(),
        settings.endOf(day),
        n,
        nps ? promoters : 0,
        nps ? n - promoters - detractors : 0,
        nps ? detractors : 0,
        nps ? (Double) (100.0 * (promoters - detractors) / n) : null,
        nps ? (Double) marginOfError(promoters, detractors, n) : null,
        sum / n,
        key.kind() == ScoreKind.CSAT ? (Double) ((double) all.satisfied() / n) : null,
        all.sent(),
        all.sent() == 0 ? null : (Double) ((double) n / all.sent()),
        n >= ENOUGH);
  }

  /** All of a window in one bucket. */
  static Bucket sum(Window window, int day, NavigableMap<Integer, Bucket> days) {
    Bucket all = new Bucket();
    days.subMap(day - window.days() + 1, true, day, true).values().forEach(all::add);
    return all;
  }

  /** Half the width of the interval that holds NPS in 95 of 100 cases, in points. */
  static double marginOfError(long promoters, long detractors, long n) {
    double balance = (double) (promoters - detractors) / n;
    double variance = (double) (promoters + detractors) / n - balance * balance;
    return 100 * Z * Math.sqrt(Math.max(0, variance) / n);
  }
}
