package io.fermata.score;

import io.fermata.model.DriverReport;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** What drives a score, or why that can't be told. */
public sealed interface Drivers {

  /** Answers below which nothing is said. */
  long LEAST = 100;

  /** Names the report: {@code all}, or a dimension and its value as {@code channel=VOICE}. */
  String dimension();

  String window();

  long n();

  /** They can be told. */
  record Found(DriverReport report) implements Drivers {

    @Override
    public String dimension() {
      return report.dimension();
    }

    @Override
    public String window() {
      return report.window();
    }

    @Override
    public long n() {
      return report.n();
    }
  }

  /** They can't. */
  record Withheld(String dimension, String window, long n, String reason) implements Drivers {}

  /**
   * The drivers of NPS over a window.
   *
   * @param day the window's last
   * @param days the key's buckets by day
   */
  static Drivers of(
      ScoreSettings settings,
      ScoreKey key,
      Window window,
      int day,
      NavigableMap<Integer, Bucket> days) {
    String dimension = nameOf(key);
    Moments moments = ScoreReports.sum(window, day, days).moments();
    long n = moments == null ? 0 : moments.n();
    if (n < LEAST) {
      return new Withheld(dimension, window.name(), n, "fewer than " + LEAST + " answers");
    }
    LeastSquares found = LeastSquares.of(moments);
    if (found == null) {
      return new Withheld(
          dimension,
          window.name(),
          n,
          "singular: the answers or a pillar never vary, or some pillars vary together only");
    }
    Map<String, DriverReport.Coefficient> coefficients = new TreeMap<>();
    for (int i = 0; i < found.coefficients().length; i++) {
      coefficients.put(
          PillarBalances.PILLARS.get(i).name(),
          new DriverReport.Coefficient(found.coefficients()[i], found.standardErrors()[i]));
    }
    return new Found(
        new DriverReport(
            dimension,
            window.name(),
            settings.endOf(day),
            n,
            found.r2(),
            found.intercept(),
            coefficients));
  }

  /** What a report of this key's drivers is named. */
  static String nameOf(ScoreKey key) {
    return key.dimension().equals(Dimension.ALL)
        ? Dimension.ALL
        : key.dimension() + "=" + key.value();
  }
}
