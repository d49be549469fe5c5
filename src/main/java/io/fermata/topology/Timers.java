package io.fermata.topology;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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
    Deletion.of(store, key(at, customer));
  }

  /** Whether a timer may be set for {@code clock} or earlier. */
  boolean mayBeDue(long clock) {
    return earliest <= clock;
  }

  /** The first timers that {@code clock} has reached, the earliest first, at most {@code limit}. */
  List<Due> due(long clock, int limit) {
    List<Due> due = new ArrayList<>();
    if (!mayBeDue(clock)) {
      return due;
    }
    // Starting where the last search ended passes over the tombstones of timers that have fired.
    Bytes from = key(earliest, new byte[0]);
    earliest = Long.MAX_VALUE;
    try (KeyValueIterator<Bytes, byte[]> timers = store.range(from, null)) {
      while (timers.hasNext()) {
        byte[] key = timers.next().key.get();
        long at = ByteBuffer.wrap(key).getLong() ^ Long.MIN_VALUE;
        if (at > clock || due.size() == limit) {
          earliest = at;
          break;
        }
        due.add(new Due(at, Arrays.copyOfRange(key, Long.BYTES, key.length)));
      }
    }
    return due;
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
