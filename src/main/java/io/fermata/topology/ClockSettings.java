package io.fermata.topology;

/**
 * How the clock runs.
 *
 * @param live whether the wall clock moves it too; a replay has stream time alone
 * @param settleMillis how far it stays behind the wall clock, so that touchpoints under way still
 *     arrive in time
 * @param maxSkewMillis how far ahead of the wall clock a touchpoint may be; ignored in a replay
 */
public record ClockSettings(boolean live, long settleMillis, long maxSkewMillis) {

  /** Stream time alone, and nothing is from the future. */
  public static final ClockSettings REPLAY = new ClockSettings(false, 0, 0);

  /** Event time up to which deadlines are settled. */
  long now(long streamTime, long wallClock) {
    return live ? Math.max(streamTime, wallClock - settleMillis) : streamTime;
  }

  boolean isFromTheFuture(long occurredAt, long wallClock) {
    return live && occurredAt > wallClock + maxSkewMillis;
  }
}
