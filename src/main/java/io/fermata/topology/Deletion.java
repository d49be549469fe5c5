package io.fermata.topology;

import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Deletes an entry of a store unread: {@link KeyValueStore#delete} looks it up first, to return
 * what was there.
 */
final class Deletion {

  private Deletion() {}

  static <K, V> void of(KeyValueStore<K, V> store, K key) {
    store.put(key, null);
  }
}
