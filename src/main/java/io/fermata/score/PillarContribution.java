package io.fermata.score;

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

  /** What some experiences add; less than none where more are taken back than added. */
  static PillarContribution of(ScoreSettings settings, ExperienceKey experience, long count) {
    return new PillarContribution(
        DimensionValue.of(settings, experience.channel(), experience.area(), null, null, null),
        experience.day(),
        PillarTally.of(experience, count));
  }
}
