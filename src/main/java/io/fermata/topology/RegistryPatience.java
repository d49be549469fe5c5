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
   * @param limit how long to wait in all; less than {@code max.poll.interval.ms}
   */
  public RegistryPatience(Duration limit, Pause pause) {
    this.limit = limit;
    this.pause = pause;
  }

  /** The result of {@code read}, tried again with growing pauses while the registry is away. */
  <T> T read(Supplier<T> read) {
    Duration waited = Duration.ZERO;
    Duration next = FIRST_PAUSE;
    while (true) {
      try {
        return read.get();
      } catch (RegistryUnavailableException away) {
        if (waited.compareTo(limit) >= 0 || !pauseFor(next, away)) {
          throw away;
        }
        LOG.warn("the schema registry is away, tried again for {}: {}", waited, away.getMessage());
        waited = waited.plus(next);
        next = next.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? next.multipliedBy(2) : LONGEST_PAUSE;
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
