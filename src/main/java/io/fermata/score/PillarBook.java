package io.fermata.score;

import io.fermata.model.Alert;
import io.fermata.model.PillarBucket;
import io.fermata.model.PillarReport;
import io.fermata.model.SurveyResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * All reports of pillars in memory: what the Score room does, without Kafka. The order in which
 * things come makes no difference. Mutable, not safe for threads.
 */
public final class PillarBook {

  private final ScoreSettings settings;
  private final Map<DimensionValue, TreeMap<Integer, PillarTally>> tallies = new TreeMap<>();

  public PillarBook(ScoreSettings settings) {
    this.settings = settings;
  }

  public void add(SurveyResponse response) {
    add(PillarContribution.of(settings, response));
  }

  public void add(Alert alert) {
    ExperienceKey.of(settings, alert).ifPresent(key -> add(key, 1));
  }

  /** Adds some experiences; less than none where more are taken back than added. */
  public void add(ExperienceKey experience, long count) {
    add(PillarContribution.of(settings, experience, count));
  }

  private void add(PillarContribution contribution) {
    for (DimensionValue key : contribution.keys()) {
      tallies
          .computeIfAbsent(key, k -> new TreeMap<>())
          .computeIfAbsent(contribution.day(), d -> new PillarTally())
          .add(contribution.tally());
    }
  }

  /** What is in it by key and day, to be added up with others; nothing that adds nothing. */
  public List<PillarBucket> buckets() {
    List<PillarBucket> buckets = new ArrayList<>();
    tallies.forEach(
        (key, days) ->
            days.forEach(
                (day, tally) -> {
                  if (!tally.isEmpty()) {
                    buckets.add(tally.toRecord(key, day));
                  }
                }));
    return buckets;
  }

  /** A report for each key, window and day on which anything was answered or experienced. */
  public List<PillarReport> reports() {
    List<PillarReport> reports = new ArrayList<>();
    tallies.forEach(
        (key, days) -> {
          for (int day : days.keySet()) {
            for (Window window : Window.values()) {
              reports.add(PillarReports.of(settings, key, window, day, days));
            }
          }
        });
    return reports;
  }
}
