package io.fermata.bench;

import io.fermata.journey.HistoryStore;
import io.fermata.journey.MemoryHistoryStore;

/** A history that counts what is written to it and read. */
final class CountingHistory implements HistoryStore {

  private final MemoryHistoryStore store = new MemoryHistoryStore();
  long puts;
  long putBytes;
  long deletes;
  long lookups;
  long scans;
  long visited;

  @Override
  public byte[] get(byte[] key) {
    lookups++;
    return store.get(key);
  }

  @Override
  public void put(byte[] key, byte[] value) {
    puts++;
    putBytes += value.length;
    store.put(key, value);
  }

  @Override
  public void delete(byte[] key) {
    deletes++;
    store.delete(key);
  }

  @Override
  public void scan(byte[] from, byte[] to, boolean descending, Visitor visitor) {
    scans++;
    store.scan(
        from,
        to,
        descending,
        (key, value) -> {
          visited++;
          return visitor.visit(key, value);
        });
  }
}
