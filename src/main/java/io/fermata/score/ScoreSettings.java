package io.fermata.score;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/**
 * How scores are added up.
 *
 * @param zone where days begin and end
 * @param pairs further dimensions, each of two others
 */
public record ScoreSettings(ZoneId zone, List<Pair> pairs) {

  /** Two dimensions looked at together. */
  public record Pair(Dimension first, Dimension second) {

    @Override
    public String toString() {
      return first + "+" + second;
    }
  }

  /** UTC, no pairs. */
  public static final ScoreSettings DEFAULTS = new ScoreSettings(ZoneOffset.UTC, List.of());

  public ScoreSettings {
    pairs = List.copyOf(pairs);
  }

  /**
   * As they are written in the configuration.
   *
   * @param zone an IANA time zone
   * @param pairs as {@code channel+topic}
   * @throws IllegalArgumentException saying what was expected
   */
  public static ScoreSettings parse(String zone, List<String> pairs) {
    ZoneId id;
    try {
      id = ZoneId.of(zone);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "score.zone: expected a time zone such as Europe/Warsaw, found " + zone, e);
    }
    List<Pair> parsed = new ArrayList<>();
    for (String pair : pairs) {
      String[] names = pair.split("\\+", -1);
      if (names.length != 2 || names[0].equals(names[1])) {
        throw new IllegalArgumentException(
            "score.pairs: expected two dimensions such as channel+topic, found " + pair);
      }
      parsed.add(new Pair(Dimension.named(names[0]), Dimension.named(names[1])));
    }
    return new ScoreSettings(id, parsed);
  }

  /** The day of a time: days since 1970-01-01. */
  public int dayOf(long millis) {
    return (int) LocalDate.ofInstant(Instant.ofEpochMilli(millis), zone).toEpochDay();
  }

  /** When a day ends, exclusive: the first instant of the next. */
  public long endOf(int day) {
    return LocalDate.ofEpochDay(day + 1L).atStartOfDay(zone).toInstant().toEpochMilli();
  }
}
