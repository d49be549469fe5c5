package io.fermata.topology;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** Days that have changed and wait to be looked at, by key. */
final class Touched {

  private static final byte[] YES = {1};

  private final KeyValueStore<String, byte[]> store;

  Touched(KeyValueStore<String, byte[]> store) {
    this.store = store;
  }

  void add(String key, int day) {
    store.put(key + "|" + day, YES);
  }

  /** Takes all out. */
  Map<String, NavigableSet<Integer>> drain() {
    Map<String, NavigableSet<Integer>> changed = new TreeMap<>();
    List<String> names = new ArrayList<>();
    try (KeyValueIterator<String, byte[]> all = store.all()) {
      while (all.hasNext()) {
        KeyValue<String, byte[]> next = all.next();
        names.add(next.key);
        int stroke = next.key.lastIndexOf('|');
        changed
            .computeIfAbsent(next.key.substring(0, stroke), k -> new TreeSet<>())
            .add(Integer.valueOf(next.key.substring(stroke + 1)));
      }
    }
    names.forEach(store::delete);
    return changed;
  }
}
