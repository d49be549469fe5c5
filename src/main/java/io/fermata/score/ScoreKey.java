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

  /** A kind of score of a dimension's value. */
  ScoreKey(ScoreKind kind, DimensionValue of) {
    this(kind, of.dimension(), of.value());
  }

  /** What {@link #toString} wrote. */
  public static ScoreKey parse(String text) {
    int stroke = text.indexOf('|');
    return new ScoreKey(
        ScoreKind.valueOf(text.substring(0, stroke)),
        DimensionValue.parse(text.substring(stroke + 1)));
  }

  /** Whether it is of everything. */
  public boolean isAll() {
    return dimension.equals(Dimension.ALL);
  }

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
