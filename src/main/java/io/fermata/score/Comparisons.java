package io.fermata.score;

import io.fermata.model.ScoreComparison;
import io.fermata.model.ScoreComparison.Counts;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Sets the NPS of a window beside that of the equal window before it. */
public final class Comparisons {

  /**
   * Not P1D: a day differs from the day before by what day of the week it is, and no test of chance
   * knows that.
   */
  private static final List<Window> WINDOWS = List.of(Window.P7D, Window.P30D, Window.P90D);

  /** How many days before a day may matter to it, itself included. */
  public static final int REACH = 2 * Window.LONGEST;

  private Comparisons() {}

  /**
   * What there is to compare as of a day.
   *
   * @param days the key's buckets by day
   * @param over whether the day is over; {@link ScoreComparison#over}
   * @return null when there is nothing to say
   */
  public static ScoreComparison of(
      ScoreKey key, int day, NavigableMap<Integer, Bucket> days, boolean over) {
    Map<String, Counts> windows = new TreeMap<>();
    Bucket today = days.get(day);
    if (today == null || today.isEmpty()) {
      return null;
    }
    for (Window window : WINDOWS) {
      NpsCounts now = NpsCounts.of(window, day, days);
      NpsCounts before = NpsCounts.of(window, day - window.days(), days);
      if (now.isEnough() && before.isEnough()) {
        windows.put(
            window.name(),
            new Counts(
                now.n(),
                now.promoters(),
                now.detractors(),
                before.n(),
                before.promoters(),
                before.detractors()));
      }
    }
    return windows.isEmpty() && !over
        ? null
        : new ScoreComparison(key.dimension(), key.value(), day, over, windows);
  }
}
