package io.fermata.score;

import io.fermata.model.Area;
import io.fermata.model.Channel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What is looked at together: everything, or what has one value of a dimension.
 *
 * @param dimension {@code all}, a {@link Dimension}, or a pair as {@code channel+topic}
 * @param value {@code all} of {@code all}
 */
public record DimensionValue(String dimension, String value) implements Comparable<DimensionValue> {

  private static final Comparator<DimensionValue> ORDER =
      Comparator.comparing(DimensionValue::dimension).thenComparing(DimensionValue::value);

  /** Everything. */
  static final DimensionValue ALL = new DimensionValue(Dimension.ALL, Dimension.ALL);

  /** What {@link #toString} wrote: no dimension has a stroke in its name. */
  public static DimensionValue parse(String text) {
    int stroke = text.indexOf('|');
    return new DimensionValue(text.substring(0, stroke), text.substring(stroke + 1));
  }

  /** All that something counts in; what has no value of a dimension is nowhere in it. */
  static List<DimensionValue> of(
      ScoreSettings settings,
      Channel channel,
      Area area,
      String segment,
      String topic,
      String campaign) {
    Map<Dimension, String> values = new EnumMap<>(Dimension.class);
    put(values, Dimension.CHANNEL, channel == null ? null : channel.name());
    put(values, Dimension.AREA, area == null ? null : area.name());
    put(values, Dimension.SEGMENT, segment);
    put(values, Dimension.TOPIC, topic);
    put(values, Dimension.CAMPAIGN, campaign);
    List<DimensionValue> all = new ArrayList<>();
    all.add(ALL);
    values.forEach((dimension, value) -> all.add(new DimensionValue(dimension.toString(), value)));
    for (ScoreSettings.Pair pair : settings.pairs()) {
      String first = values.get(pair.first());
      String second = values.get(pair.second());
      if (first != null && second != null) {
        all.add(new DimensionValue(pair.toString(), quoted(first) + "+" + quoted(second)));
      }
    }
    return all;
  }

  private static void put(Map<Dimension, String> values, Dimension dimension, String value) {
    if (value != null) {
      values.put(dimension, value);
    }
  }

  /** So that two different pairs never read the same. */
  private static String quoted(String value) {
    return value.replace("\\", "\\\\").replace("+", "\\+");
  }

  @Override
  public int compareTo(DimensionValue other) {
    return ORDER.compare(this, other);
  }

  /** {@code dimension|value}. */
  @Override
  public String toString() {
    return dimension + "|" + value;
  }
}
