package io.fermata.topology;

import io.fermata.identity.IdentitySettings;
import io.fermata.identity.Stitcher;
import io.fermata.journey.HistoryStore;
import io.fermata.journey.JourneyKeeper;
import io.fermata.journey.KeeperSettings;
import io.fermata.journey.Views;
import io.fermata.model.Channel;
import io.fermata.model.ContactDecision;
import io.fermata.rules.RuleSet;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
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
  private final IdentitySettings identity;

  CustomerReader(Wire wire, RuleSet rules, KeeperSettings settings, IdentitySettings identity) {
    this.wire = wire;
    this.rules = rules;
    this.settings = settings;
    this.identity = identity;
  }

  /** The stores of one partition of the Journey room, by their {@link StoreNames}. */
  @FunctionalInterface
  public interface Stores {
    ReadOnlyKeyValueStore<Bytes, byte[]> named(String name);
  }

  /** It changes too fast to be read, or is being brought to changed rules. */
  public static final class BusyException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private BusyException(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /** What is asked of a record, which is null for a customer not seen. */
  @FunctionalInterface
  private interface Question<A> {
    A answer(JourneyKeeper keeper, byte[] root);
  }

  /** The next name that a name belongs to at a time, epoch milliseconds; null: itself. */
  public String owner(String name, long at, Stores stores) {
    return Stitcher.owner(identity, new Reading(stores.named(StoreNames.IDENTITIES)), name, at);
  }

  /**
   * The customer's views as they stand.
   *
   * @return null for a customer not seen
   * @throws BusyException when it should be tried again in a moment
   */
  public Views views(String customer, Stores stores) {
    return ask(
            customer,
            stores,
            (keeper, root) ->
                root == null ? Optional.<Views>empty() : Optional.of(keeper.views(customer, root)))
        .orElse(null);
  }

  /**
   * As {@link #views}, whether one more marketing message may be sent. What is reserved counts.
   *
   * @param at when it would be sent, epoch milliseconds
   * @param now the wall clock, by which reservations expire
   */
  public ContactDecision decide(
      String customer, Channel channel, long at, long now, Stores stores) {
    return ask(
        customer,
        stores,
        (keeper, root) ->
            keeper.decide(
                customer,
                root,
                channel,
                at,
                ReservationStore.of(customer, stores.named(StoreNames.RESERVATIONS)).at(now)));
  }

  private <A> A ask(String customer, Stores stores, Question<A> question) {
    ReadOnlyKeyValueStore<Bytes, byte[]> roots = stores.named(StoreNames.JOURNEYS);
    ReadOnlyKeyValueStore<Bytes, byte[]> history = stores.named(StoreNames.HISTORY);
    Bytes key = Bytes.wrap(customer.getBytes(StandardCharsets.UTF_8));
    JourneyKeeper keeper =
        new JourneyKeeper(rules, settings, wire::fromHistory, new Reading(history));
    RuntimeException failure = null;
    for (int i = 0; i < TRIES; i++) {
      byte[] root = roots.get(key);
      if (keeper.isBehind(root)) {
        throw new BusyException("the customer is being brought to changed rules", null);
      }
      A answer = null;
      try {
        answer = question.answer(keeper, root);
      } catch (IllegalStateException e) {
        failure = e; // a part of the history went while it was read
      }
      if (answer != null && Arrays.equals(root, roots.get(key))) {
        return answer;
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
      StoredHistory.scan(store, from, to, descending, visitor);
    }
  }
}
