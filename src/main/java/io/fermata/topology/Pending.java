package io.fermata.topology;

import io.fermata.score.Tally;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** Deltas that wait to be sent on, added up by key and day. */
final class Pending<T extends Tally<T>> {

  private final KeyValueStore<String, byte[]> store;
  private final TallyFormat<T> format;

  Pending(KeyValueStore<String, byte[]> store, TallyFormat<T> format) {
    this.store = store;
    this.format = format;
  }

  /** Something counts for a key from now on, or no longer does. */
  void change(String key, int day, T tally, boolean takenBack) {
    String name = key + "|" + day;
    byte[] waiting = store.get(name);
    T delta = waiting == null ? format.none() : format.read(waiting, 0, waiting.length);
    if (takenBack) {
      delta.subtract(tally);
    } else {
      delta.add(tally);
    }
    store.put(name, delta.isEmpty() ? null : format.write(key, day, delta));
  }

  /** Takes all out: gives each key with a delta as {@link TallyFormat#write} wrote it. */
  void drain(BiConsumer<String, byte[]> out) {
    List<KeyValue<String, byte[]>> deltas = new ArrayList<>();
    try (KeyValueIterator<String, byte[]> all = store.all()) {
      all.forEachRemaining(deltas::add);
    }
    for (KeyValue<String, byte[]> delta : deltas) {
      out.accept(delta.key.substring(0, delta.key.lastIndexOf('|')), delta.value);
      Deletion.of(store, delta.key);
    }
  }
}
