package io.fermata.score;

import io.fermata.model.ScoreAlert;
import io.fermata.model.ScoreComparison;
import io.fermata.model.ScoreKind;
import io.fermata.model.ScoreReport;
import io.fermata.model.SurveyResponse;
import io.fermata.model.SurveySent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * All scores in memory: what the Score room does, without Kafka. The order in which answers come
 * makes no difference. Mutable, not safe for threads.
 */
public final class ScoreBook {

  private final ScoreSettings settings;
  private final Map<ScoreKey, TreeMap<Integer, Bucket>> buckets = new TreeMap<>();

  public ScoreBook(ScoreSettings settings) {
    this.settings = settings;
  }

  public void add(SurveyResponse response) {
    add(Contribution.of(settings, response));
  }

  public void add(SurveySent sent) {
    add(Contribution.of(settings, sent));
  }

  private void add(Contribution contribution) {
    for (ScoreKey key : contribution.keys()) {
      buckets
          .computeIfAbsent(key, k -> new TreeMap<>())
          .computeIfAbsent(contribution.day(), d -> new Bucket())
          .add(contribution.bucket());
    }
  }

  /**
   * A report for each key, window and day on which something was answered or sent, where there are
   * answers in the window.
   */
  public List<ScoreReport> reports() {
    List<ScoreReport> reports = new ArrayList<>();
    buckets.forEach(
        (key, days) -> {
          for (int day : days.keySet()) {
            for (Window window : Window.values()) {
              ScoreReport report = ScoreReports.of(settings, key, window, day, days);
              if (report != null) {
                reports.add(report);
              }
            }
          }
        });
    return reports;
  }

  /** The drivers of NPS for each key and window, as of the last day with an answer. */
  public List<Drivers> drivers() {
    List<Drivers> drivers = new ArrayList<>();
    buckets.forEach(
        (key, days) -> {
          Integer last = key.kind() == ScoreKind.NPS ? lastAnswered(days) : null;
          if (last != null) {
            for (Window window : Window.values()) {
              drivers.add(Drivers.of(settings, key, window, last, days));
            }
          }
        });
    return drivers;
  }

  /** Where NPS has fallen: the alerts as of every day that is over. */
  public List<ScoreAlert> alerts() {
    TreeMap<Integer, Bucket> all =
        buckets.getOrDefault(new ScoreKey(ScoreKind.NPS, DimensionValue.ALL), new TreeMap<>());
    Map<Integer, List<ScoreComparison>> families = new TreeMap<>();
    buckets.forEach(
        (key, days) -> {
          for (int day : key.kind() == ScoreKind.NPS ? days.keySet() : List.<Integer>of()) {
            ScoreComparison comparison =
                Comparisons.of(key, day, days, days == all && day < all.lastKey());
            if (comparison != null) {
              families.computeIfAbsent(day, d -> new ArrayList<>()).add(comparison);
            }
          }
        });
    List<ScoreAlert> alerts = new ArrayList<>();
    families.forEach((day, family) -> alerts.addAll(ChangeAlerts.of(settings, day, family)));
    return alerts;
  }

  /** The last day with an answer, or null. */
  private static Integer lastAnswered(NavigableMap<Integer, Bucket> days) {
    for (Map.Entry<Integer, Bucket> day : days.descendingMap().entrySet()) {
      if (day.getValue().hasAnswers()) {
        return day.getKey();
      }
    }
    return null;
  }
}
