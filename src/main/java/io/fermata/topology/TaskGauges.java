package io.fermata.topology;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * How things stand with the customers of one task, counted as views change rather than by looking
 * at every customer. As with a {@link Ledger} the counts lie in a store and are part of the
 * transaction that changed them, so they are right after a crash and wherever the task goes.
 * Written by the task's thread, read by any.
 *
 * <p>Bounded by the longest pause: one count for each {@link #STEP} that pauses end in.
 */
public final class TaskGauges {

  /** A pause counts until the end of the step that it ends in. */
  static final Duration STEP = Duration.ofMinutes(5);

  private static final String OPEN_JOURNEYS = "open-journeys";
  private static final String OVER = "pauses-over";
  private static final String PAUSES = "pauses-until/";
  private static final String PAUSES_END = "pauses-until0"; // the character after the slash

  private final KeyValueStore<String, byte[]> store;
  private final NavigableMap<Long, Long> pausesByEnd = new ConcurrentSkipListMap<>();
  private volatile long openJourneys;

  /** Up to here pauses are forgotten; never goes back, or one would be taken off twice. */
  private long over;

  TaskGauges(KeyValueStore<String, byte[]> store) {
    this.store = store;
    openJourneys = number(store.get(OPEN_JOURNEYS), 0);
    over = number(store.get(OVER), Long.MIN_VALUE);
    try (KeyValueIterator<String, byte[]> pauses = store.range(PAUSES, PAUSES_END)) {
      while (pauses.hasNext()) {
        KeyValue<String, byte[]> next = pauses.next();
        pausesByEnd.put(Long.valueOf(next.key.substring(PAUSES.length())), number(next.value, 0));
      }
    }
  }

  private static long number(byte[] stored, long otherwise) {
    return stored == null ? otherwise : ByteBuffer.wrap(stored).getLong();
  }

  /** Journeys that are neither completed nor abandoned nor lapsed. */
  public long openJourneys() {
    return openJourneys;
  }

  /** Customers whose guidance has a {@code pauseUntil} that the task's clock has not reached. */
  public long customersPaused() {
    return pausesByEnd.values().stream().mapToLong(Long::longValue).sum();
  }

  /**
   * Journeys have been opened, or as many closed as the number is below 0.
   *
   * @param change how many more are open
   */
  void openJourneys(int change) {
    if (change != 0) {
      openJourneys += change;
      store.put(OPEN_JOURNEYS, bytes(openJourneys));
    }
  }

  /**
   * A customer's pause has changed.
   *
   * @param was when it ended, epoch milliseconds, or null for none
   * @param is when it ends now
   */
  void pause(Long was, Long is) {
    long before = end(was);
    long after = end(is);
    if (before != after) {
      add(before, -1);
      add(after, 1);
    }
  }

  /** The task's clock: pauses that it has reached are over, and forgotten. */
  void advance(long clock) {
    while (!pausesByEnd.isEmpty() && pausesByEnd.firstKey() <= clock) {
      long end = pausesByEnd.pollFirstEntry().getKey();
      Deletion.of(store, key(end));
      store.put(OVER, bytes(end));
      over = end;
    }
  }

  private static long end(Long until) {
    if (until == null) {
      return Long.MIN_VALUE;
    }
    long step = STEP.toMillis();
    return -Math.floorDiv(-until, step) * step;
  }

  /** Whether a pause until then is among those counted. */
  boolean counts(Long until) {
    return end(until) > over;
  }

  private void add(long end, int change) {
    if (end <= over) {
      return; // over, and its count with it
    }
    long count = pausesByEnd.merge(end, (long) change, Long::sum);
    if (count == 0) {
      pausesByEnd.remove(end);
      Deletion.of(store, key(end));
    } else {
      store.put(key(end), bytes(count));
    }
  }

  private static String key(long end) {
    return PAUSES + end;
  }

  private static byte[] bytes(long number) {
    return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
  }
}
