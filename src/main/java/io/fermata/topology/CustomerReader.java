package io.fermata.topology;

import io.fermata.journey.HistoryStore;
import io.fermata.journey.JourneyKeeper;
import io.fermata.journey.KeeperSettings;
import io.fermata.journey.Views;
import io.fermata.rules.RuleSet;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/**
 * Reads a customer's views from the stores of the Journey room, while it goes on writing them. What
 * is read may be ahead of what is committed by one commit interval.
 */
public final class CustomerReader {

  private static final int TRIES = 5;

  private final Wire wire;
  private final RuleSet rules;
  private final KeeperSettings settings;

  CustomerReader(Wire wire, RuleSet rules, KeeperSettings settings) {
    this.wire = wire;
    this.rules = rules;
    this.settings = settings;
  }

  /** It changes too fast to be read, or is being brought to changed rules. */
  public static final class BusyException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private BusyException(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /**
   * @param roots the store {@link StoreNames#JOURNEYS}
   * @param history the store {@link StoreNames#HISTORY}
   * @return null for a customer not seen
   * @throws BusyException when it should be tried again in a moment
   */
  public Views views(
      String customer,
      ReadOnlyKeyValueStore<Bytes, byte[]> roots,
      ReadOnlyKeyValueStore<Bytes, byte[]> history) {
    Bytes key = Bytes.wrap(customer.getBytes(StandardCharsets.UTF_8));
    JourneyKeeper keeper =
        new JourneyKeeper(rules, settings, wire::fromHistory, new Reading(history));
    RuntimeException failure = null;
    for (int i = 0; i < TRIES; i++) {
      byte[] root = roots.get(key);
      if (root == null) {
        return null;
      }
      if (keeper.isBehind(root)) {
        throw new BusyException("the customer is being brought to changed rules", null);
      }
      Views views = null;
      try {
        views = keeper.views(customer, root);
      } catch (IllegalStateException e) {
        failure = e; // a part of the history went while it was read
      }
      if (views != null && Arrays.equals(root, roots.get(key))) {
        return views;
      }
    }
    throw new BusyException("the customer changes too fast to be read", failure);
  }

  /** History that is only read. */
  private record Reading(ReadOnlyKeyValueStore<Bytes, byte[]> store) implements HistoryStore {

    @Override
    public byte[] get(byte[] key) {
      return store.get(Bytes.wrap(key));
    }

    @Override
    public void put(byte[] key, byte[] value) {
      throw new UnsupportedOperationException("a query writes nothing");
    }

    @Override
    public void delete(byte[] key) {
      throw new UnsupportedOperationException("a query deletes nothing");
    }

    @Override
    public void scan(byte[] from, byte[] to, boolean descending, Visitor visitor) {
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
}
