package io.fermata.topology;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Which customer has to be told the clock, and when: a store ordered by that time. Bounded by one
 * entry per customer.
 */
final class Timers {

  private static final byte[] SET = {1};

  private final KeyValueStore<Bytes, byte[]> store;

  /** No timer is set for an earlier time than this. */
  private long earliest;

  Timers(KeyValueStore<Bytes, byte[]> store) {
    this.store = store;
    this.earliest = Long.MIN_VALUE;
  }

  void set(long at, byte[] customer) {
    store.put(key(at, customer), SET);
    earliest = Math.min(earliest, at);
  }

  void cancel(long at, byte[] customer) {
    store.delete(key(at, customer));
  }

  /** Whether a timer may be set for {@code clock} or earlier. */
  boolean mayBeDue(long clock) {
    return earliest <= clock;
  }

  /** The customer whose timer is the first that {@code clock} has reached, or null. */
  Due nextDue(long clock) {
    if (!mayBeDue(clock)) {
      return null;
    }
    // Starting where the last search ended passes over the tombstones of timers that have fired.
    try (KeyValueIterator<Bytes, byte[]> timers = store.range(key(earliest, new byte[0]), null)) {
      if (!timers.hasNext()) {
        earliest = Long.MAX_VALUE;
        return null;
      }
      byte[] key = timers.next().key.get();
      earliest = ByteBuffer.wrap(key).getLong() ^ Long.MIN_VALUE;
      return earliest <= clock
          ? new Due(earliest, Arrays.copyOfRange(key, Long.BYTES, key.length))
          : null;
    }
  }

  /** A timer that is due. */
  record Due(long at, byte[] customer) {}

  private static Bytes key(long at, byte[] customer) {
    return Bytes.wrap(
        ByteBuffer.allocate(Long.BYTES + customer.length)
            .putLong(at ^ Long.MIN_VALUE)
            .put(customer)
            .array());
  }
}
