package io.fermata.topology;

import io.fermata.journey.HistoryStore;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/** The history of journeys in a state store. */
final class StoredHistory implements HistoryStore {

  private final KeyValueStore<Bytes, byte[]> store;

  StoredHistory(KeyValueStore<Bytes, byte[]> store) {
    this.store = store;
  }

  @Override
  public byte[] get(byte[] key) {
    return store.get(Bytes.wrap(key));
  }

  @Override
  public void put(byte[] key, byte[] value) {
    store.put(Bytes.wrap(key), value);
  }

  @Override
  public void delete(byte[] key) {
    Deletion.of(store, Bytes.wrap(key));
  }

  @Override
  public void scan(byte[] from, byte[] to, boolean descending, Visitor visitor) {
    scan(store, from, to, descending, visitor);
  }

  /** As {@link HistoryStore#scan}, in a store that need not be writable. */
  static void scan(
      ReadOnlyKeyValueStore<Bytes, byte[]> store,
      byte[] from,
      byte[] to,
      boolean descending,
      Visitor visitor) {
    Bytes first = Bytes.wrap(from);
    Bytes last = Bytes.wrap(to);
    try (KeyValueIterator<Bytes, byte[]> entries =
        descending ? store.reverseRange(first, last) : store.range(first, last)) {
      while (entries.hasNext()) {
        KeyValue<Bytes, byte[]> entry = entries.next();
        if (!visitor.visit(entry.key.get(), entry.value)) {
          return;
        }
      }
    }
  }
}
