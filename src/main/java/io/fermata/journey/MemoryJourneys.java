package io.fermata.journey;

import io.fermata.model.Touchpoint;
import io.fermata.rules.RuleSet;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Many customers' journeys on the heap, in arrival order and with timers: what the Journey room
 * does, without Kafka. Not safe for threads.
 */
public final class MemoryJourneys {

  private final KeeperSettings settings;
  private final TouchpointBytes codec;
  private RuleSet rules;
  private JourneyKeeper keeper;
  private final MemoryHistoryStore history = new MemoryHistoryStore();
  private final Map<String, byte[]> roots = new HashMap<>();
  private final TreeMap<Long, TreeSet<String>> timers = new TreeMap<>();

  public MemoryJourneys(RuleSet rules, KeeperSettings settings, TouchpointBytes codec) {
    this.settings = settings;
    this.codec = codec;
    this.rules = rules;
    keeper = new JourneyKeeper(rules, settings, codec, history);
  }

  /** Goes on under other rules: all records catch up at once. */
  public void change(RuleSet others, ViewSink sink) {
    RuleSet before = rules;
    rules = others;
    keeper = new JourneyKeeper(others, settings, codec, history, fingerprint -> before);
    for (Map.Entry<String, byte[]> root : new TreeMap<>(roots).entrySet()) {
      if (keeper.isBehind(root.getValue())) {
        apply(root.getKey(), keeper.catchUp(root.getKey(), root.getValue(), sink));
      }
    }
  }

  /** Takes a touchpoint of a customer; {@code encoded} is what {@code codec} reads. */
  public Kept accept(String customer, Touchpoint touchpoint, byte[] encoded, ViewSink sink) {
    Kept kept =
        keeper.accept(customer, roots.get(customer), touchpoint, encoded, 0, encoded.length, sink);
    apply(customer, kept);
    return kept;
  }

  /** Settles what the clock has reached, for all customers. */
  public void settle(long clock, ViewSink sink) {
    while (!timers.isEmpty() && timers.firstKey() <= clock) {
      String customer = timers.firstEntry().getValue().first();
      apply(customer, keeper.settle(customer, roots.get(customer), clock, sink));
    }
  }

  private void apply(String customer, Kept kept) {
    if (kept.root() != null) {
      roots.put(customer, kept.root());
    }
    if (kept.cancelWake() != Kept.NO_WAKE) {
      timers.computeIfPresent(
          kept.cancelWake(),
          (at, customers) -> {
            customers.remove(customer);
            return customers.isEmpty() ? null : customers;
          });
    }
    if (kept.wakeAt() != Kept.NO_WAKE) {
      timers.computeIfAbsent(kept.wakeAt(), at -> new TreeSet<>()).add(customer);
    }
  }

  /** Bytes of a customer's record; 0 for one never seen. */
  public int rootBytes(String customer) {
    byte[] root = roots.get(customer);
    return root == null ? 0 : root.length;
  }

  /** Entries of the history, over all customers. */
  public int historyEntries() {
    return history.size();
  }
}
