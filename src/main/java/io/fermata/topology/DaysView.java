package io.fermata.topology;

import io.fermata.score.Tally;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/** The days of each key, to be read. */
class DaysView<T extends Tally<T>> {

  /** Not a day: where something is noted of the key itself. */
  static final int NOTE = Integer.MIN_VALUE;

  private final ReadOnlyKeyValueStore<Bytes, byte[]> store;
  private final TallyFormat<T> format;

  DaysView(ReadOnlyKeyValueStore<Bytes, byte[]> store, TallyFormat<T> format) {
    this.store = store;
    this.format = format;
  }

  /**
   * One day.
   *
   * @param published a bit for everything that is published as of this day
   */
  record Day<T>(int published, T tally) {}

  /** All days of a key from one to another, both included. */
  NavigableMap<Integer, Day<T>> between(String key, int from, int to) {
    TreeMap<Integer, Day<T>> days = new TreeMap<>();
    try (KeyValueIterator<Bytes, byte[]> range = store.range(name(key, from), name(key, to))) {
      while (range.hasNext()) {
        KeyValue<Bytes, byte[]> next = range.next();
        days.put(day(next.key), read(next.value));
      }
    }
    return days;
  }

  /** The last day of a key before another, or null. */
  Integer before(String key, int day) {
    try (KeyValueIterator<Bytes, byte[]> range =
        store.reverseRange(name(key, NOTE + 1), name(key, day - 1))) {
      return range.hasNext() ? (Integer) day(range.next().key) : null;
    }
  }

  /** The last day of a key of which something holds, or null. */
  Integer last(String key, Predicate<T> holds) {
    try (KeyValueIterator<Bytes, byte[]> range =
        store.reverseRange(name(key, NOTE + 1), name(key, Integer.MAX_VALUE))) {
      while (range.hasNext()) {
        KeyValue<Bytes, byte[]> next = range.next();
        if (holds.test(read(next.value).tally())) {
          return day(next.key);
        }
      }
    }
    return null;
  }

  /** Every key with its days, one key after another; notes are left out. */
  void forEach(BiConsumer<String, NavigableMap<Integer, T>> out) {
    String key = null;
    TreeMap<Integer, T> days = new TreeMap<>();
    try (KeyValueIterator<Bytes, byte[]> all = store.all()) {
      while (all.hasNext()) {
        KeyValue<Bytes, byte[]> next = all.next();
        int day = day(next.key);
        if (day == NOTE) {
          continue;
        }
        String ofKey = key(next.key);
        if (!ofKey.equals(key) && key != null) {
          out.accept(key, days);
          days = new TreeMap<>();
        }
        key = ofKey;
        days.put(day, read(next.value).tally());
      }
    }
    if (key != null) {
      out.accept(key, days);
    }
  }

  final Day<T> read(byte[] stored) {
    return new Day<>(stored[0], format.read(stored, 1, stored.length - 1));
  }

  /** The key with its length before it, then the day so that bytes are in the order of days. */
  static Bytes name(String key, int day) {
    byte[] text = key.getBytes(StandardCharsets.UTF_8);
    return Bytes.wrap(
        ByteBuffer.allocate(2 * Integer.BYTES + text.length)
            .putInt(text.length)
            .put(text)
            .putInt(day ^ Integer.MIN_VALUE)
            .array());
  }

  private static int day(Bytes name) {
    byte[] bytes = name.get();
    return ByteBuffer.wrap(bytes, bytes.length - Integer.BYTES, Integer.BYTES).getInt()
        ^ Integer.MIN_VALUE;
  }

  private static String key(Bytes name) {
    byte[] bytes = name.get();
    return new String(
        bytes, Integer.BYTES, bytes.length - 2 * Integer.BYTES, StandardCharsets.UTF_8);
  }
}
