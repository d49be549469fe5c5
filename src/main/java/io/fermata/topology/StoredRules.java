package io.fermata.topology;

import io.fermata.rules.RuleSet;
import io.fermata.rules.load.RuleTexts;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** The rules that records of a task were folded under, so that a change of rules can be told. */
final class StoredRules {

  private static final String ALL_UNDER = "all-under";

  private final KeyValueStore<String, byte[]> store;
  private final RuleSet present;
  private final Map<Integer, RuleSet> read = new HashMap<>();
  private boolean saved;

  StoredRules(KeyValueStore<String, byte[]> store, RuleSet present) {
    this.store = store;
    this.present = present;
  }

  /** Sees to it that the present rules are stored, before a record is folded under them. */
  void save() {
    if (saved) {
      return;
    }
    String key = key(present.fingerprint());
    if (store.get(key) == null) {
      store.put(key, RuleTexts.write(present).getBytes(StandardCharsets.UTF_8));
    }
    saved = true;
  }

  /**
   * The rules with that fingerprint.
   *
   * @throws IllegalStateException when no record was ever folded under them here
   */
  RuleSet find(int fingerprint) {
    return read.computeIfAbsent(fingerprint, this::read);
  }

  private RuleSet read(int fingerprint) {
    byte[] text = store.get(key(fingerprint));
    if (text == null) {
      throw new IllegalStateException("the rules " + key(fingerprint) + " are not stored");
    }
    return RuleTexts.read(key(fingerprint), new String(text, StandardCharsets.UTF_8));
  }

  /** Whether every record is known to be folded under the present rules. */
  boolean allUnderPresent() {
    byte[] known = store.get(ALL_UNDER);
    return known != null
        && new String(known, StandardCharsets.UTF_8).equals(key(present.fingerprint()));
  }

  /** Says that every record is; rules of earlier are not needed any more. */
  void markAllUnderPresent() {
    List<String> others = new ArrayList<>();
    try (KeyValueIterator<String, byte[]> entries = store.all()) {
      while (entries.hasNext()) {
        KeyValue<String, byte[]> entry = entries.next();
        if (!entry.key.equals(key(present.fingerprint()))) {
          others.add(entry.key);
        }
      }
    }
    others.forEach(store::delete);
    store.put(ALL_UNDER, key(present.fingerprint()).getBytes(StandardCharsets.UTF_8));
    read.clear();
  }

  private static String key(int fingerprint) {
    return HexFormat.of().toHexDigits(fingerprint);
  }
}
