package io.fermata.score;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** By what answers are told apart. */
public enum Dimension {
  CHANNEL,
  AREA,
  SEGMENT,
  TOPIC,
  CAMPAIGN;

  /** The dimension that holds all answers, and its only value. */
  public static final String ALL = "all";

  /**
   * The dimension of that name.
   *
   * @throws IllegalArgumentException when there is none, with those there are
   */
  static Dimension named(String name) {
    for (Dimension dimension : values()) {
      if (dimension.toString().equals(name)) {
        return dimension;
      }
    }
    throw new IllegalArgumentException(
        "score.pairs: no dimension '%s', expected one of %s"
            .formatted(
                name,
                Arrays.stream(values()).map(Dimension::toString).collect(Collectors.joining(" "))));
  }

  /** As it is written in reports. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
