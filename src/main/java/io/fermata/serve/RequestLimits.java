package io.fermata.serve;

import io.fermata.model.LruMap;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** How often each of those who ask may do so. Bounded: the one that has not asked longest goes. */
final class RequestLimits {

  private static final int MOST_CALLERS = 10_000;

  private final int perSecond;
  private final TimeMeter time;
  private final Map<String, Bucket> callers = new LruMap<>(MOST_CALLERS);

  /**
   * @param nanos a clock that never goes back
   */
  RequestLimits(int perSecond, LongSupplier nanos) {
    this.perSecond = perSecond;
    this.time =
        new TimeMeter() {
          @Override
          public long currentTimeNanos() {
            return nanos.getAsLong();
          }

          @Override
          public boolean isWallClockBased() {
            return false;
          }
        };
  }

  int perSecond() {
    return perSecond;
  }

  /** 0 for a request that may be made, else the whole seconds after which to try again. */
  long secondsToWait(String caller) {
    Bucket bucket;
    synchronized (callers) {
      bucket = callers.computeIfAbsent(caller, anybody -> full());
    }
    long nanos = bucket.tryConsumeAndReturnRemaining(1).getNanosToWaitForRefill();
    long second = TimeUnit.SECONDS.toNanos(1);
    return (nanos + second - 1) / second;
  }

  private Bucket full() {
    return Bucket.builder()
        .addLimit(limit -> limit.capacity(perSecond).refillGreedy(perSecond, Duration.ofSeconds(1)))
        .withCustomTimePrecision(time)
        .build();
  }
}
