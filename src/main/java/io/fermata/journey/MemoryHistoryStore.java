package io.fermata.journey;

import java.util.Arrays;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** A {@link HistoryStore} on the heap: for replays without a broker, and for tests. */
public final class MemoryHistoryStore implements HistoryStore {

  private final NavigableMap<byte[], byte[]> entries = new TreeMap<>(Arrays::compareUnsigned);

  @Override
  public byte[] get(byte[] key) {
    return entries.get(key);
  }

  @Override
  public void put(byte[] key, byte[] value) {
    entries.put(key, value);
  }

  @Override
  public void delete(byte[] key) {
    entries.remove(key);
  }

  @Override
  public void scan(byte[] from, byte[] to, boolean descending, Visitor visitor) {
    NavigableMap<byte[], byte[]> range = entries.subMap(from, true, to, true);
    for (Map.Entry<byte[], byte[]> entry :
        (descending ? range.descendingMap() : range).entrySet()) {
      if (!visitor.visit(entry.getKey(), entry.getValue())) {
        return;
      }
    }
  }

  /** How many entries it holds. */
  public int size() {
    return entries.size();
  }
}
