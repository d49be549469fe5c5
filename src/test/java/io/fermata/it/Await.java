package io.fermata.it;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for conditions. */
public final class Await {

  private static final Duration INTERVAL = Duration.ofMillis(50);
  private static final Duration LIMIT = Duration.ofSeconds(90);

  private Await() {}

  /**
   * Returns once {@code condition} holds.
   *
   * @param state says how things stand, for the failure
   * @throws AssertionError when it has not held for a minute and a half
   */
  public static void until(String what, BooleanSupplier condition, Supplier<Object> state) {
    until(what, condition, state, LIMIT);
  }

  /** As above, for as long as {@code limit}. */
  public static void until(
      String what, BooleanSupplier condition, Supplier<Object> state, Duration limit) {
    long deadline = System.nanoTime() + limit.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError(
            "waited %s in vain until %s; now: %s".formatted(limit, what, state.get()));
      }
      LockSupport.parkNanos(INTERVAL.toNanos());
    }
  }

  public static void until(String what, BooleanSupplier condition) {
    until(what, condition, () -> "not yet");
  }
}
