package io.fermata.topology;

import io.fermata.score.Tally;
import io.fermata.score.Window;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/** Publishes the reports of every window that a changed day lies in, and takes back empty ones. */
final class WindowReports {

  private static final Window[] WINDOWS = Window.values();

  private WindowReports() {}

  /** Makes the reports of one key. */
  interface Maker<T> {

    /** The report as it is published, or null for none. */
    byte[] report(Window window, int day, NavigableMap<Integer, T> days);

    /** Its key. */
    String name(Window window, int day);
  }

  /**
   * Publishes the reports as of one day.
   *
   * @param changed days that have changed
   * @param days the key's days, at least those of the longest window
   * @param out gets keys and reports, null for those that are no more
   * @return a bit for each window of which a report is published now
   */
  static <T extends Tally<T>> int publish(
      int day,
      DaysView.Day<T> entry,
      NavigableSet<Integer> changed,
      NavigableMap<Integer, T> days,
      Maker<T> maker,
      BiConsumer<String, byte[]> out) {
    Integer last = changed.floor(day);
    int published = 0;
    for (int i = 0; i < WINDOWS.length; i++) {
      Window window = WINDOWS[i];
      boolean was = (entry.published() & 1 << i) != 0;
      if (last == null || last <= day - window.days()) {
        published |= was ? 1 << i : 0;
        continue; // nothing in the window has changed
      }
      byte[] report = entry.tally().isEmpty() ? null : maker.report(window, day, days);
      if (report != null) {
        published |= 1 << i;
      }
      if (report != null || was) {
        out.accept(maker.name(window, day), report);
      }
    }
    return published;
  }

  /** What is known of days, without what is published of them. */
  static <T> NavigableMap<Integer, T> tallies(NavigableMap<Integer, DaysView.Day<T>> days) {
    TreeMap<Integer, T> tallies = new TreeMap<>();
    days.forEach((day, entry) -> tallies.put(day, entry.tally()));
    return tallies;
  }
}
