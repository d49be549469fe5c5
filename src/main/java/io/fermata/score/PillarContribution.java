package io.fermata.score;

import io.fermata.model.Alert;
import io.fermata.model.AlertStatus;
import io.fermata.model.Pillar;
import io.fermata.model.Polarity;
import io.fermata.model.Severity;
import io.fermata.model.SurveyResponse;
import java.util.List;

/**
 * What an answer or an experience adds to the report of pillars.
 *
 * @param keys all that it counts in
 * @param day when, in the business time zone
 * @param tally what it adds to each of them
 */
public record PillarContribution(List<DimensionValue> keys, int day, PillarTally tally) {

  /** What an answer adds, whatever its kind and scale. */
  public static PillarContribution of(ScoreSettings settings, SurveyResponse response) {
    return new PillarContribution(
        DimensionValue.of(
            settings,
            response.channel(),
            response.area(),
            response.segment(),
            response.topic(),
            response.campaign()),
        settings.dayOf(response.at()),
        PillarTally.of(response));
  }

  /**
   * What an alert adds: an experience, with the severity it came to. One that is retracted or that
   * touches no pillar we know is none.
   */
  public static PillarContribution of(ScoreSettings settings, Alert alert) {
    boolean counts =
        alert.status() != AlertStatus.RETRACTED
            && alert.pillar() != null
            && alert.pillar() != Pillar.UNKNOWN
            && alert.polarity() != Polarity.UNKNOWN
            && alert.severity() != Severity.UNKNOWN;
    return new PillarContribution(
        counts
            ? DimensionValue.of(settings, alert.channel(), alert.area(), null, null, null)
            : List.of(),
        settings.dayOf(alert.at()),
        counts ? PillarTally.of(alert) : new PillarTally());
  }
}
