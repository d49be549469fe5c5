package io.fermata.score;

import io.fermata.model.ScoreKind;
import io.fermata.model.SurveyResponse;
import io.fermata.model.SurveySent;
import java.util.ArrayList;
import java.util.List;

/**
 * What an answer or a sent survey adds to scores.
 *
 * @param keys every dimension it counts in
 * @param day when, in the business time zone
 * @param bucket what it adds to each of them
 */
public record Contribution(List<ScoreKey> keys, int day, Bucket bucket) {

  private static final List<ScoreKind> KINDS =
      List.of(ScoreKind.NPS, ScoreKind.CSAT, ScoreKind.CES, ScoreKind.FEEDBACK);

  /**
   * What an answer adds. An answer of an unknown kind counts nowhere, nor does one that calls
   * itself NPS on another scale than 0 to 10.
   */
  public static Contribution of(ScoreSettings settings, SurveyResponse response) {
    boolean counts =
        KINDS.contains(response.kind())
            && (response.kind() != ScoreKind.NPS || (response.min() == 0 && response.max() == 10));
    List<ScoreKey> keys = new ArrayList<>();
    if (counts) {
      DimensionValue.of(
              settings,
              response.channel(),
              response.area(),
              response.segment(),
              response.topic(),
              response.campaign())
          .forEach(value -> keys.add(new ScoreKey(response.kind(), value)));
    }
    return new Contribution(
        keys, settings.dayOf(response.at()), counts ? Bucket.of(response) : new Bucket());
  }

  /** What a sent survey adds; one that does not say what it asks for counts for every kind. */
  public static Contribution of(ScoreSettings settings, SurveySent sent) {
    List<DimensionValue> values =
        DimensionValue.of(
            settings, sent.channel(), sent.area(), sent.segment(), sent.topic(), sent.campaign());
    List<ScoreKey> keys = new ArrayList<>();
    for (ScoreKind kind : KINDS) {
      if (sent.kind() == null || sent.kind() == kind) {
        values.forEach(value -> keys.add(new ScoreKey(kind, value)));
      }
    }
    return new Contribution(keys, settings.dayOf(sent.at()), Bucket.ofSent());
  }
}
