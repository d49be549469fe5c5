package io.fermata.topology;

import io.fermata.score.Tally;
import java.nio.ByteBuffer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/** The days of each key, with a note of what is published of each. */
final class Days<T extends Tally<T>> extends DaysView<T> {

  private final KeyValueStore<Bytes, byte[]> store;
  private final TallyFormat<T> format;

  Days(KeyValueStore<Bytes, byte[]> store, TallyFormat<T> format) {
    super(store, format);
    this.store = store;
    this.format = format;
  }

  void add(String key, int day, T delta) {
    byte[] stored = store.get(name(key, day));
    Day<T> entry = stored == null ? new Day<>(0, format.none()) : read(stored);
    entry.tally().add(delta);
    write(key, day, entry);
  }

  /** Notes what is published of a day; one with nothing left to say is forgotten. */
  void published(String key, int day, Day<T> entry, int published) {
    if (entry.tally().isEmpty() && published == 0) {
      Deletion.of(store, name(key, day));
    } else if (published != entry.published()) {
      write(key, day, new Day<>(published, entry.tally()));
    }
  }

  /** What is noted of a key, 0 where nothing is. */
  int note(String key) {
    byte[] stored = store.get(name(key, NOTE));
    return stored == null ? 0 : stored[0];
  }

  /** Notes something of a key; 0 for nothing. */
  void note(String key, int note, int before) {
    if (note != before) {
      store.put(name(key, NOTE), note == 0 ? null : new byte[] {(byte) note});
    }
  }

  private void write(String key, int day, Day<T> entry) {
    byte[] tally = format.write(key, day, entry.tally());
    store.put(
        name(key, day),
        ByteBuffer.allocate(1 + tally.length).put((byte) entry.published()).put(tally).array());
  }
}
