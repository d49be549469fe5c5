package io.fermata.codec.registry;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Waiting times between retries: they double up to a limit, and each is drawn from the upper half,
 * so that clients which failed together don't return together.
 */
final class Backoff {

  private final long first;
  private final long longest;
  private final RandomGenerator random;

  Backoff(Duration first, Duration longest, RandomGenerator random) {
    this.first = first.toMillis();
    this.longest = Math.max(longest.toMillis(), this.first);
    this.random = random;
  }

  /** The wait before a retry, the first being number 0. */
  Duration before(int retry) {
    long doubled = retry >= 31 ? longest : Math.min(longest, first << Math.min(retry, 20));
    return Duration.ofMillis(doubled / 2 + random.nextLong(doubled / 2 + 1));
  }
}
