package io.fermata.topology;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/** What is compared as of each day, and the alerts that are published as of it. */
final class Families {

  private static final byte ALERT = 'a';
  private static final byte COMPARISON = 'c';
  private static final int PREFIX = Integer.BYTES + 1;

  private final KeyValueStore<Bytes, byte[]> store;

  Families(KeyValueStore<Bytes, byte[]> store) {
    this.store = store;
  }

  /** Keeps what is compared of a dimension's value, null for nothing. */
  void comparison(int day, String name, byte[] bytes) {
    store.put(key(day, COMPARISON, name), bytes);
  }

  /** Keeps an alert by its id, null for none. */
  void alert(int day, String id, byte[] bytes) {
    store.put(key(day, ALERT, id), bytes);
  }

  void comparisons(int day, BiConsumer<String, byte[]> out) {
    scan(day, COMPARISON, out);
  }

  void alerts(int day, BiConsumer<String, byte[]> out) {
    scan(day, ALERT, out);
  }

  /** All alerts of all days. */
  static void allAlerts(ReadOnlyKeyValueStore<Bytes, byte[]> store, Consumer<byte[]> out) {
    try (KeyValueIterator<Bytes, byte[]> all = store.all()) {
      while (all.hasNext()) {
        KeyValue<Bytes, byte[]> next = all.next();
        if (next.key.get()[Integer.BYTES] == ALERT) {
          out.accept(next.value);
        }
      }
    }
  }

  private void scan(int day, byte sort, BiConsumer<String, byte[]> out) {
    List<KeyValue<Bytes, byte[]>> found = new ArrayList<>();
    try (KeyValueIterator<Bytes, byte[]> range =
        store.range(key(day, sort, ""), key(day, (byte) (sort + 1), ""))) {
      range.forEachRemaining(found::add);
    }
    for (KeyValue<Bytes, byte[]> one : found) {
      byte[] key = one.key.get();
      if (key[Integer.BYTES] == sort) {
        out.accept(new String(key, PREFIX, key.length - PREFIX, StandardCharsets.UTF_8), one.value);
      }
    }
  }

  /** The day so that bytes are in the order of days, the sort, the name. */
  private static Bytes key(int day, byte sort, String name) {
    byte[] text = name.getBytes(StandardCharsets.UTF_8);
    return Bytes.wrap(
        ByteBuffer.allocate(PREFIX + text.length)
            .putInt(day ^ Integer.MIN_VALUE)
            .put(sort)
            .put(text)
            .array());
  }
}
