package io.fermata.score;

import io.fermata.model.Ids;
import io.fermata.model.ScoreAlert;
import io.fermata.model.ScoreComparison;
import io.fermata.model.ScoreComparison.Counts;
import io.fermata.model.ScoreKind;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import org.apache.commons.statistics.inference.DataDispersion;
import org.apache.commons.statistics.inference.TTest;

/**
 * Says where NPS has fallen. All values of dimensions that can be compared as of a day are one
 * family: of a hundred that are looked at, five would seem to have fallen by chance, so their
 * p-values are corrected after Holm (1979), which holds whatever they have to do with each other.
 */
public final class ChangeAlerts {

  /** The chance that a family in which nothing has changed raises any alert at all. */
  static final double LEVEL = 0.05;

  /**
   * Of p-values: a platform's logarithms may differ in their last bits, what we publish may not.
   */
  private static final MathContext DIGITS = new MathContext(4);

  private static final TTest WELCH = TTest.withDefaults().with(DataDispersion.HETEROSCEDASTIC);

  private ChangeAlerts() {}

  /** One test of a family. */
  private record Test(ScoreComparison of, NpsCounts now, NpsCounts before, double p) {}

  /**
   * The alerts as of a day.
   *
   * @param family every comparison as of that day, in any order
   * @return in the order of windows, dimensions and values; none before the day is over
   */
  public static List<ScoreAlert> of(
      ScoreSettings settings, int day, Collection<ScoreComparison> family) {
    List<ScoreAlert> alerts = new ArrayList<>();
    if (family.stream().noneMatch(ScoreComparison::over)) {
      return alerts;
    }
    TreeSet<String> windows = new TreeSet<>(Comparator.comparing(Window::valueOf));
    family.forEach(one -> windows.addAll(one.windows().keySet()));
    long asOf = settings.endOf(day);
    windows.forEach(window -> judge(window, asOf, family, alerts));
    return alerts;
  }

  private static void judge(
      String window, long asOf, Collection<ScoreComparison> family, List<ScoreAlert> alerts) {
    List<Test> tests = new ArrayList<>();
    for (ScoreComparison one : family) {
      Counts counts = one.windows().get(window);
      if (counts != null) {
        NpsCounts now = new NpsCounts(counts.n(), counts.promoters(), counts.detractors());
        NpsCounts before =
            new NpsCounts(counts.beforeN(), counts.beforePromoters(), counts.beforeDetractors());
        tests.add(new Test(one, now, before, p(now, before)));
      }
    }
    tests.sort(
        Comparator.comparingDouble(Test::p)
            .thenComparing(test -> test.of().dimension())
            .thenComparing(test -> test.of().value()));
    double corrected = 0;
    List<ScoreAlert> found = new ArrayList<>();
    for (int i = 0; i < tests.size(); i++) {
      Test test = tests.get(i);
      corrected = Math.max(corrected, Math.min(1, (tests.size() - i) * test.p()));
      double p = BigDecimal.valueOf(corrected).round(DIGITS).doubleValue();
      if (p < LEVEL && test.now().nps() < test.before().nps()) {
        found.add(alert(test, window, asOf, p, tests.size()));
      }
    }
    found.sort(Comparator.comparing(ScoreAlert::dimension).thenComparing(ScoreAlert::value));
    alerts.addAll(found);
  }

  private static ScoreAlert alert(Test test, String window, long asOf, double p, int tests) {
    String dimension = test.of().dimension();
    String value = test.of().value();
    double nps = test.now().nps();
    double before = test.before().nps();
    double margin = test.now().marginOfError();
    double beforeMargin = test.before().marginOfError();
    return new ScoreAlert(
        Ids.scoreAlert(ScoreKind.NPS, dimension, value, window, asOf),
        ScoreKind.NPS,
        dimension,
        value,
        window,
        asOf,
        test.now().n(),
        nps,
        test.before().n(),
        before,
        nps - before,
        Math.sqrt(margin * margin + beforeMargin * beforeMargin),
        p,
        tests);
  }

  /** Welch's t test, two-sided as the margins of error are. */
  static double p(NpsCounts now, NpsCounts before) {
    double variance = now.sampleVariance();
    double beforeVariance = before.sampleVariance();
    if (variance == 0 && beforeVariance == 0) {
      return now.nps() == before.nps() ? 1 : 0; // all say the same, and now something else
    }
    return WELCH
        .test(now.nps(), variance, now.n(), before.nps(), beforeVariance, before.n())
        .getPValue();
  }
}
