package io.fermata.oracle;

import java.util.List;

/** Which matches a count counts at a time. */
interface Window {

  /** Whether a match at {@code match} is counted at {@code at}. */
  boolean counts(long match, long at);

  /** The times at which a match can begin or cease to be counted. */
  List<Long> edges(long match);

  /** {@code at - length < match <= at}. */
  static Window rolling(long length) {
    return new Window() {
      @Override
      public boolean counts(long match, long at) {
        return at - length < match && match <= at;
      }

      @Override
      public List<Long> edges(long match) {
        return List.of(match, match + length);
      }
    };
  }
}
