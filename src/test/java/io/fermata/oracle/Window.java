package io.fermata.oracle;

import io.fermata.rules.CountWindow;
import java.util.List;

/** Which matches a count counts at a time. */
interface Window {

  /** Whether a match is counted at {@code at}. */
  boolean counts(Item match, long at);

  /** The times at which a match can begin or cease to be counted. */
  List<Long> edges(Item match);

  static Window of(CountWindow window) {
    return window instanceof CountWindow.Calendar calendar
        ? calendar(calendar)
        : rolling(((CountWindow.Rolling) window).millis());
  }

  /** {@code at - length < match <= at}. */
  private static Window rolling(long length) {
    return new Window() {
      @Override
      public boolean counts(Item match, long at) {
        return at - length < match.time() && match.time() <= at;
      }

      @Override
      public List<Long> edges(Item match) {
        return List.of(match.time(), match.time() + length);
      }
    };
  }

  /** {@code match <= at}, both in the same unit of the match's calendar. */
  private static Window calendar(CountWindow.Calendar calendar) {
    return new Window() {
      @Override
      public boolean counts(Item match, long at) {
        return match.time() <= at && at < end(match);
      }

      @Override
      public List<Long> edges(Item match) {
        return List.of(match.time(), end(match));
      }

      private long end(Item match) {
        String zone =
            calendar.zone().equals("customer") ? match.touchpoint().timeZone() : calendar.zone();
        return WallCalendar.of(zone).endOfUnit(calendar.unit(), match.time());
      }
    };
  }
}
