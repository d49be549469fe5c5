package io.fermata.demo;

import io.fermata.serve.Totals;
import java.time.Duration;

/**
 * How a demonstration stands.
 *
 * @param running since the feeding began
 * @param eventTime epoch milliseconds
 * @param caughtUp whether event time has reached the wall clock
 * @param totals what the pipeline has counted
 * @param late touchpoints that came late and made others be folded again
 */
record DemoStatus(
    Duration running,
    long eventTime,
    boolean caughtUp,
    Totals totals,
    long late,
    AlertLog.Snapshot alerts) {

  /** Numbers of touchpoints that are shown, each with its name. */
  enum Figure {
    IN("in") {
      @Override
      long of(DemoStatus status) {
        return status.totals.in();
      }
    },
    FOLDED("folded") {
      @Override
      long of(DemoStatus status) {
        return status.totals.folded();
      }
    },
    LATE("late") {
      @Override
      long of(DemoStatus status) {
        return status.late;
      }
    },
    DUPLICATES("duplicates") {
      @Override
      long of(DemoStatus status) {
        return status.totals.duplicates();
      }
    },
    DEAD_LETTERS("dead letters") {
      @Override
      long of(DemoStatus status) {
        return status.totals.dead();
      }
    };

    private final String title;

    Figure(String title) {
      this.title = title;
    }

    String title() {
      return title;
    }

    abstract long of(DemoStatus status);

    /** How much it grows in a second, from an earlier status to a later one. */
    double rate(DemoStatus earlier, DemoStatus later) {
      double seconds = later.running.minus(earlier.running).toNanos() / 1e9;
      return seconds <= 0 ? 0 : (of(later) - of(earlier)) / seconds;
    }
  }
}
