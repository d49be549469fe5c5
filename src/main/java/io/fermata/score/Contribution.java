package io.fermata.score;

import io.fermata.model.Area;
import io.fermata.model.Channel;
import io.fermata.model.ScoreKind;
import io.fermata.model.SurveyResponse;
import io.fermata.model.SurveySent;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

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
    return new Contribution(
        counts
            ? keys(
                settings,
                response.kind(),
                values(
                    response.channel(),
                    response.area(),
                    response.segment(),
                    response.topic(),
                    response.campaign()))
            : List.of(),
        settings.dayOf(response.at()),
        counts ? Bucket.of(response) : new Bucket());
  }

  /** What a sent survey adds; one that does not say what it asks for counts for every kind. */
  public static Contribution of(ScoreSettings settings, SurveySent sent) {
    Map<Dimension, String> values =
        values(sent.channel(), sent.area(), sent.segment(), sent.topic(), sent.campaign());
    List<ScoreKey> keys = new ArrayList<>();
    for (ScoreKind kind : KINDS) {
      if (sent.kind() == null || sent.kind() == kind) {
        keys.addAll(keys(settings, kind, values));
      }
    }
    return new Contribution(keys, settings.dayOf(sent.at()), Bucket.ofSent());
  }

  private static List<ScoreKey> keys(
      ScoreSettings settings, ScoreKind kind, Map<Dimension, String> values) {
    List<ScoreKey> keys = new ArrayList<>();
    keys.add(new ScoreKey(kind, Dimension.ALL, Dimension.ALL));
    values.forEach((dimension, value) -> keys.add(new ScoreKey(kind, dimension.toString(), value)));
    for (ScoreSettings.Pair pair : settings.pairs()) {
      String first = values.get(pair.first());
      String second = values.get(pair.second());
      if (first != null && second != null) {
        keys.add(new ScoreKey(kind, pair.toString(), quoted(first) + "+" + quoted(second)));
      }
    }
    return keys;
  }

  /** So that two different pairs never read the same. */
  private static String quoted(String value) {
    return value.replace("\\", "\\\\").replace("+", "\\+");
  }

  private static Map<Dimension, String> values(
      Channel channel, Area area, String segment, String topic, String campaign) {
    Map<Dimension, String> values = new EnumMap<>(Dimension.class);
    put(values, Dimension.CHANNEL, channel == null ? null : channel.name());
    put(values, Dimension.AREA, area == null ? null : area.name());
    put(values, Dimension.SEGMENT, segment);
    put(values, Dimension.TOPIC, topic);
    put(values, Dimension.CAMPAIGN, campaign);
    return values;
  }

  private static void put(Map<Dimension, String> values, Dimension dimension, String value) {
    if (value != null) {
      values.put(dimension, value);
    }
  }
}
