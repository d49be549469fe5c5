package io.fermata.embedded;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Ends of child processes. */
public final class Processes {

  private Processes() {}

  /**
   * Returns when a process that was told to stop is gone: by force when it takes longer than {@code
   * limit}, or when this thread is interrupted.
   */
  public static void awaitEnd(Process process, Duration limit) {
    try {
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
