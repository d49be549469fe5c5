package io.fermata.demo;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Accelerated event time. It begins in the past and never overtakes the wall clock: a touchpoint
 * from the future would be refused. Once it has caught up it goes on in real time. For any number
 * of threads.
 */
final class EventClock {

  private static final double NANOS_PER_MILLI = 1e6;

  private final double speed;
  private final LongSupplier wallMillis;
  private final LongSupplier nanos;
  private long baseEvent;
  private long baseNanos;

  /**
   * @param start epoch milliseconds of event time now
   * @param speed of event time against the wall clock's
   * @param wallMillis the wall clock, epoch milliseconds
   * @param nanos a clock that never goes back
   */
  EventClock(long start, double speed, LongSupplier wallMillis, LongSupplier nanos) {
    this.speed = speed;
    this.wallMillis = wallMillis;
    this.nanos = nanos;
    this.baseEvent = start;
    this.baseNanos = nanos.getAsLong();
  }

  /** Event time, epoch milliseconds. */
  synchronized long now() {
    return Math.min(accelerated(), wallMillis.getAsLong());
  }

  /** Whether it has reached the wall clock. */
  synchronized boolean hasCaughtUp() {
    return accelerated() >= wallMillis.getAsLong();
  }

  /** How long until event time reaches {@code event}; zero when it has. */
  synchronized Duration until(long event) {
    double accelerated = Math.max(0, (event - accelerated()) * NANOS_PER_MILLI / speed);
    double real = Math.max(0, (event - wallMillis.getAsLong()) * NANOS_PER_MILLI);
    return Duration.ofNanos((long) Math.ceil(Math.max(accelerated, real)));
  }

  /** Sets it back: whoever works to it has got no further than {@code event}. */
  synchronized void holdBack(long event) {
    if (event < accelerated()) {
      baseEvent = event;
      baseNanos = nanos.getAsLong();
    }
  }

  private long accelerated() {
    return baseEvent + (long) ((nanos.getAsLong() - baseNanos) / NANOS_PER_MILLI * speed);
  }
}
