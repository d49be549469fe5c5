package io.fermata.score;

import io.fermata.model.PillarReport;
import java.util.NavigableMap;

/** Works the report of pillars out of tallies. */
public final class PillarReports {

  private PillarReports() {}

  /**
   * The report of a window.
   *
   * @param day the window's last
   * @param days the key's tallies by day; those outside of the window do not matter
   * @return null when there is nothing in the window
   */
  public static PillarReport of(
      ScoreSettings settings,
      DimensionValue key,
      Window window,
      int day,
      NavigableMap<Integer, PillarTally> days) {
    PillarTally all = new PillarTally();
    window.of(day, days).values().forEach(all::add);
    return all.isEmpty()
        ? null
        : new PillarReport(
            key.dimension(),
            key.value(),
            window.name(),
            settings.endOf(day),
            all.n(),
            all.means(),
            all.experiences());
  }

  /** The key of such a report. */
  public static String key(ScoreSettings settings, DimensionValue key, Window window, int day) {
    return PillarReport.key(key.dimension(), key.value(), window.name(), settings.endOf(day));
  }
}
