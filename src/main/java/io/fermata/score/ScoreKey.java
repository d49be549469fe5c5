package io.fermata.score;

import io.fermata.model.ScoreKind;
import java.util.Comparator;

/** What is added up together, day by day. */
public record ScoreKey(ScoreKind kind, String dimension, String value)
    implements Comparable<ScoreKey> {

  private static final Comparator<ScoreKey> ORDER =
      Comparator.comparing(ScoreKey::kind)
          .thenComparing(ScoreKey::dimension)
          .thenComparing(ScoreKey::value);

  @Override
  public int compareTo(ScoreKey other) {
    return ORDER.compare(this, other);
  }

  /** {@code kind|dimension|value}. */
  @Override
  public String toString() {
    return kind + "|" + dimension + "|" + value;
  }
}
