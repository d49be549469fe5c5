package io.fermata.journey;

/**
 * Where a keeper puts what most touchpoints do not need: sealed history, snapshots, sealed segments
 * of long queues. Keys are ordered as unsigned bytes. One customer's keys share a prefix, so an
 * implementation may share a store between customers.
 */
public interface HistoryStore {

  /** The value under a key, or null. */
  byte[] get(byte[] key);

  void put(byte[] key, byte[] value);

  void delete(byte[] key);

  /**
   * Visits entries with {@code from <= key <= to} until the visitor has seen enough.
   *
   * @param descending from the greatest key down
   */
  void scan(byte[] from, byte[] to, boolean descending, Visitor visitor);

  /** Sees one entry. */
  @FunctionalInterface
  interface Visitor {

    /** Returns whether to go on. Must not change the store. */
    boolean visit(byte[] key, byte[] value);
  }
}
