package io.fermata.journey;

import java.util.ArrayList;
import java.util.List;

/**
 * The customer's state as it will be if nothing comes. Most rules tell what they will say from what
 * they remember; only deadlines that order a pause need the fold to be tried on a copy.
 */
final class Futures {

  /** The state once what was due by a time has been settled. */
  private static final class Future {

    private final long settledBy;
    private final FoldState state;
    private long nextDue = UNKNOWN;

    Future(long settledBy, FoldState state) {
      this.settledBy = settledBy;
      this.state = state;
    }

    /** When the next deadline comes that may order a pause. */
    long nextDue() {
      if (nextDue == UNKNOWN) {
        nextDue = state.nextPauseDue();
      }
      return nextDue;
    }
  }

  private static final long UNKNOWN = Long.MIN_VALUE;

  private final Fold fold;
  private final List<Future> futures = new ArrayList<>(1);

  Futures(Fold fold, FoldState state) {
    this.fold = fold;
    futures.add(new Future(Quiet.NONE, state));
  }

  /** The state that a message at {@code time} would find; {@code now} is the least time asked. */
  FoldState at(long time, long now) {
    while (time > now && last().nextDue() < time) {
      settleNext();
    }
    int found = futures.size() - 1;
    while (futures.get(found).settledBy >= time) {
      found--;
    }
    return futures.get(found).state;
  }

  /** Whether a deadline may order a pause at all. */
  boolean mayPause() {
    return futures.get(0).nextDue() != Cell.NEVER;
  }

  private Future last() {
    return futures.get(futures.size() - 1);
  }

  private void settleNext() {
    long due = last().nextDue();
    FoldState next = last().state.copy();
    next.guidance().tried = true;
    fold.settleBefore(next, due + 1, Unseen.ALL);
    futures.add(new Future(due, next));
  }
}
