package io.fermata.topology;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Which views each customer has in the compacted topics: an erasure takes them out there, also
 * those that the state of the customer has long forgotten. Bounded as those topics are: one entry
 * for each of their records.
 */
final class PublishedViews {

  /** The topics that are keyed by the id of a view. */
  enum Kind {
    ALERT,
    JOURNEY,
    RESPONSE,
    SURVEY_SENT
  }

  /**
   * A view that is there.
   *
   * @param at event time of an alert, epoch milliseconds; 0 for others
   * @param rule of an alert; empty for others
   */
  record Entry(Kind kind, String id, long at, String rule) {}

  private static final byte[] THERE = {1};
  private static final Kind[] KINDS = Kind.values();

  private final KeyValueStore<Bytes, byte[]> store;

  PublishedViews(KeyValueStore<Bytes, byte[]> store) {
    this.store = store;
  }

  void add(Kind kind, String customer, String id) {
    store.put(key(customer, kind.ordinal(), id), THERE);
  }

  void addAlert(String customer, String id, long at, String rule) {
    byte[] name = rule.getBytes(StandardCharsets.UTF_8);
    store.put(
        key(customer, Kind.ALERT.ordinal(), id),
        ByteBuffer.allocate(Long.BYTES + name.length).putLong(at).put(name).array());
  }

  void remove(Kind kind, String customer, String id) {
    Deletion.of(store, key(customer, kind.ordinal(), id));
  }

  /** Forgets a customer; what was there. */
  List<Entry> removeAll(String customer) {
    List<Entry> entries = new ArrayList<>();
    List<Bytes> keys = new ArrayList<>();
    int prefix = key(customer, 0, "").get().length;
    try (KeyValueIterator<Bytes, byte[]> all =
        store.range(key(customer, 0, ""), key(customer, KINDS.length, ""))) {
      while (all.hasNext()) {
        KeyValue<Bytes, byte[]> next = all.next();
        keys.add(next.key);
        entries.add(entry(next.key.get(), prefix, next.value));
      }
    }
    keys.forEach(key -> Deletion.of(store, key));
    return entries;
  }

  private static Entry entry(byte[] key, int prefix, byte[] value) {
    Kind kind = KINDS[key[prefix - 1]];
    String id = new String(key, prefix, key.length - prefix, StandardCharsets.UTF_8);
    if (kind != Kind.ALERT) {
      return new Entry(kind, id, 0, "");
    }
    ByteBuffer of = ByteBuffer.wrap(value);
    return new Entry(kind, id, of.getLong(), StandardCharsets.UTF_8.decode(of).toString());
  }

  private static Bytes key(String customer, int kind, String id) {
    byte[] name = customer.getBytes(StandardCharsets.UTF_8);
    byte[] rest = id.getBytes(StandardCharsets.UTF_8);
    return Bytes.wrap(
        ByteBuffer.allocate(Short.BYTES + name.length + 1 + rest.length)
            .putShort((short) name.length)
            .put(name)
            .put((byte) kind)
            .put(rest)
            .array());
  }
}
