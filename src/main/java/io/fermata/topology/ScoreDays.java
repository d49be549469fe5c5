package io.fermata.topology;

import io.fermata.codec.ScoreBucketCodec;
import io.fermata.score.Bucket;
import io.fermata.score.ScoreKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** The days of each dimension's value, with a note of which reports there are of each. */
final class ScoreDays {

  /** Not a day: where it is noted which drivers are published. */
  private static final int DRIVERS = Integer.MIN_VALUE;

  private final KeyValueStore<Bytes, byte[]> store;

  /**
   * One day.
   *
   * @param published a bit for each window of which a report as of this day is published
   */
  record Day(int published, Bucket bucket) {}

  ScoreDays(KeyValueStore<Bytes, byte[]> store) {
    this.store = store;
  }

  void add(ScoreKey key, int day, Bucket delta) {
    byte[] stored = store.get(name(key, day));
    Day entry = stored == null ? new Day(0, new Bucket()) : read(stored);
    entry.bucket().add(delta);
    write(key, day, entry);
  }

  /** Notes what is published of a day; one with nothing left to say is forgotten. */
  void published(ScoreKey key, int day, Day entry, int published) {
    if (entry.bucket().isEmpty() && published == 0) {
      store.delete(name(key, day));
    } else if (published != entry.published()) {
      write(key, day, new Day(published, entry.bucket()));
    }
  }

  int publishedDrivers(ScoreKey key) {
    byte[] stored = store.get(name(key, DRIVERS));
    return stored == null ? 0 : stored[0];
  }

  void publishedDrivers(ScoreKey key, int published, int before) {
    if (published != before) {
      store.put(name(key, DRIVERS), published == 0 ? null : new byte[] {(byte) published});
    }
  }

  NavigableMap<Integer, Day> between(ScoreKey key, int from, int to) {
    TreeMap<Integer, Day> days = new TreeMap<>();
    try (KeyValueIterator<Bytes, byte[]> range = store.range(name(key, from), name(key, to))) {
      while (range.hasNext()) {
        KeyValue<Bytes, byte[]> next = range.next();
        days.put(day(next.key), read(next.value));
      }
    }
    return days;
  }

  /** The last day with an answer, or null. */
  Integer lastAnswered(ScoreKey key) {
    try (KeyValueIterator<Bytes, byte[]> range =
        store.reverseRange(name(key, DRIVERS + 1), name(key, Integer.MAX_VALUE))) {
      while (range.hasNext()) {
        KeyValue<Bytes, byte[]> next = range.next();
        if (read(next.value).bucket().hasAnswers()) {
          return day(next.key);
        }
      }
    }
    return null;
  }

  private void write(ScoreKey key, int day, Day entry) {
    byte[] bucket = ScoreBucketCodec.INSTANCE.encode(entry.bucket().toRecord(key, day));
    store.put(
        name(key, day),
        ByteBuffer.allocate(1 + bucket.length).put((byte) entry.published()).put(bucket).array());
  }

  private static Day read(byte[] stored) {
    return new Day(
        stored[0], Bucket.of(ScoreBucketCodec.INSTANCE.decode(stored, 1, stored.length - 1)));
  }

  /** The key with its length before it, then the day so that bytes are in the order of days. */
  private static Bytes name(ScoreKey key, int day) {
    byte[] text = key.toString().getBytes(StandardCharsets.UTF_8);
    return Bytes.wrap(
        ByteBuffer.allocate(2 * Integer.BYTES + text.length)
            .putInt(text.length)
            .put(text)
            .putInt(day ^ Integer.MIN_VALUE)
            .array());
  }

  private static int day(Bytes name) {
    byte[] bytes = name.get();
    return ByteBuffer.wrap(Arrays.copyOfRange(bytes, bytes.length - Integer.BYTES, bytes.length))
            .getInt()
        ^ Integer.MIN_VALUE;
  }
}
