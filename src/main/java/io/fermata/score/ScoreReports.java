package io.fermata.score;

import io.fermata.model.ScoreKind;
import io.fermata.model.ScoreReport;
import java.util.Map;
import java.util.NavigableMap;

/** Works reports out of buckets. */
public final class ScoreReports {

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
    if (!all.hasAnswers()) {
      return null;
    }
    NpsCounts counts = NpsCounts.of(all);
    long n = counts.n();
    double sum = 0;
    for (Map.Entry<Double, Long> count : all.counts().entrySet()) {
      sum += count.getKey() * count.getValue();
    }
    boolean nps = key.kind() == ScoreKind.NPS;
    return new ScoreReport(
        key.kind(),
        key.dimension(),
        key.value(),
        window.name(),
        settings.endOf(day),
        n,
        nps ? counts.promoters() : 0,
        nps ? n - counts.promoters() - counts.detractors() : 0,
        nps ? counts.detractors() : 0,
        nps ? (Double) counts.nps() : null,
        nps ? (Double) counts.marginOfError() : null,
        sum / n,
        key.kind() == ScoreKind.CSAT ? (Double) ((double) all.satisfied() / n) : null,
        all.sent(),
        all.sent() == 0 ? null : (Double) ((double) n / all.sent()),
        counts.isEnough());
  }

  /** The key of such a report. */
  public static String key(ScoreSettings settings, ScoreKey key, Window window, int day) {
    return ScoreReport.key(
        key.kind(), key.dimension(), key.value(), window.name(), settings.endOf(day));
  }

  /** All of a window in one bucket. */
  static Bucket sum(Window window, int day, NavigableMap<Integer, Bucket> days) {
    Bucket all = new Bucket();
    window.of(day, days).values().forEach(all::add);
    return all;
  }
}
