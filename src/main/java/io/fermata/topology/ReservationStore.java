package io.fermata.topology;

import io.fermata.journey.Reservations;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/**
 * The permissions that are held, in a store ordered by key: {@code h} and a name for what is held
 * for it; {@code x}, a time and a name for when something of it expires. Bounded by what is held:
 * both go when it has expired.
 */
final class ReservationStore {

  private static final byte HELD = 'h';
  private static final byte EXPIRY = 'x';
  private static final byte[] SET = {1};

  private final KeyValueStore<Bytes, byte[]> store;

  /**
   * Whether nothing was ever held for anybody; mostly so, and then no name need be looked up. Null
   * before somebody has looked.
   */
  private Boolean empty;

  /** When something of a name expires. */
  record Expiry(long at, String name) {}

  ReservationStore(KeyValueStore<Bytes, byte[]> store) {
    this.store = store;
  }

  private boolean isEmpty() {
    if (empty == null) {
      try (KeyValueIterator<Bytes, byte[]> any = store.all()) {
        empty = !any.hasNext();
      }
    }
    return empty;
  }

  /** What is held for a name, expired or not. */
  Reservations of(String name) {
    return isEmpty() ? Reservations.NONE : of(name, store);
  }

  /** As {@link #of(String)}, in a store that need not be writable. */
  static Reservations of(String name, ReadOnlyKeyValueStore<Bytes, byte[]> store) {
    return Reservations.decode(store.get(held(name)));
  }

  /** Nothing held leaves nothing. */
  void put(String name, Reservations held) {
    if (held.isEmpty()) {
      Deletion.of(store, held(name));
    } else {
      store.put(held(name), held.encode());
      empty = false;
    }
  }

  /** Something of a name expires at a time. */
  void willExpire(String name, long at) {
    store.put(expiry(at, name), SET);
    empty = false;
  }

  void hasExpired(Expiry expiry) {
    Deletion.of(store, expiry(expiry.at(), expiry.name()));
  }

  /** The first expiries that {@code now} has reached, at most {@code limit}. */
  List<Expiry> expired(long now, int limit) {
    List<Expiry> expired = new ArrayList<>();
    if (isEmpty()) {
      return expired;
    }
    try (KeyValueIterator<Bytes, byte[]> entries =
        store.range(expiry(0, ""), expiry(now + 1, ""))) {
      while (entries.hasNext() && expired.size() < limit) {
        byte[] key = entries.next().key.get();
        expired.add(
            new Expiry(
                ByteBuffer.wrap(key, 1, Long.BYTES).getLong(),
                new String(
                    Arrays.copyOfRange(key, 1 + Long.BYTES, key.length), StandardCharsets.UTF_8)));
      }
    }
    return expired;
  }

  private static Bytes held(String name) {
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    return Bytes.wrap(ByteBuffer.allocate(1 + bytes.length).put(HELD).put(bytes).array());
  }

  /** Times after 1970: they are of the wall clock. */
  private static Bytes expiry(long at, String name) {
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    return Bytes.wrap(
        ByteBuffer.allocate(1 + Long.BYTES + bytes.length)
            .put(EXPIRY)
            .putLong(Math.max(0, at))
            .put(bytes)
            .array());
  }
}
