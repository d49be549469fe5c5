package io.fermata.replay.kafka;

import java.io.IOException;
import java.time.Duration;

/** Waits for something as long as it gets on, and gives up when it has not for a while. */
final class Patience {

  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final Duration INTERVAL = Duration.ofMillis(20);

  private final String what;
  private long progress;
  private long since = System.nanoTime();

  /**
   * @param what is waited for, for the message
   */
  Patience(String what) {
    this.what = what;
  }

  /**
   * Says how far it has come.
   *
   * @param now any number that differs from the last one when something has happened
   * @throws IOException when nothing has happened for too long
   */
  void observe(long now) throws IOException {
    if (now != progress) {
      progress = now;
      since = System.nanoTime();
    } else if (System.nanoTime() - since > LIMIT.toNanos()) {
      throw new IOException("gave up on " + what + ": nothing has happened for " + LIMIT);
    }
  }

  /** As {@link #observe}, and lets a little time pass. */
  void pause(long now) throws IOException, InterruptedException {
    observe(now);
    Thread.sleep(INTERVAL.toMillis());
  }
}
