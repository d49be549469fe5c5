package io.fermata.topology;

import io.fermata.codec.registry.RegistryUnavailableException;
import java.time.Duration;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits for a schema registry that is away: a touchpoint must not become a dead letter because
 * another service is being restarted. Gives up before the consumer would be taken for dead; the
 * thread is then replaced and tries again, with nothing committed.
 *
 * <p>The broker ends a transaction that stays open for too long meanwhile. Kafka Streams then takes
 * the records since the last commit up again, so that costs work and no answers.
 */
public final class RegistryPatience {

  private static final Logger LOG = LoggerFactory.getLogger(RegistryPatience.class);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  /** Lets time pass. */
  @FunctionalInterface
  public interface Pause {

    /** Returns after {@code time}, or earlier with false when the process is about to close. */
    boolean pause(Duration time) throws InterruptedException;
  }

  private final Duration limit;
  private final Pause pause;

  /**
   * @param limit how long to try in all; with the last try less than {@code max.poll.interval.ms}
   */
  public RegistryPatience(Duration limit, Pause pause) {
    this.limit = limit;
    this.pause = pause;
  }

  /** The result of {@code task}, tried again with growing pauses while the registry is away. */
  <T> T call(Supplier<T> task) {
    Duration waited = Duration.ZERO;
    Duration next = FIRST_PAUSE;
    while (true) {
      long begin = System.nanoTime();
      try {
        return task.get();
      } catch (RegistryUnavailableException away) {
        // A try takes its time too: the client itself tries several times, and time-outs add up.
        waited = waited.plusNanos(System.nanoTime() - begin);
        if (waited.compareTo(limit) >= 0 || !pauseFor(next, away)) {
          throw away;
        }
        LOG.warn("the schema registry is away, tried again for {}: {}", waited, away.getMessage());
        waited = waited.plus(next);
        next =
            next.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0
                ? next.multipliedBy(2)
                : LONGEST_PAUSE;
      }
    }
  }

  private boolean pauseFor(Duration time, RegistryUnavailableException away) {
    try {
      return pause.pause(time);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      away.addSuppressed(interrupted);
      return false;
    }
  }
}
