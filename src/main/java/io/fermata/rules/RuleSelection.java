package io.fermata.rules;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/** Some rules of a rule set; most questions about the others cost one comparison. */
final class RuleSelection {

  private final Set<CompiledRule> rules = Collections.newSetFromMap(new IdentityHashMap<>());

  /** A bit for each rule in it, and perhaps for others: 64 bits for all keys. */
  private long bits;

  void add(CompiledRule rule) {
    rules.add(rule);
    bits |= bit(rule);
  }

  boolean contains(CompiledRule rule) {
    return (bits & bit(rule)) != 0 && rules.contains(rule);
  }

  private static long bit(CompiledRule rule) {
    return 1L << rule.key(); // the low six bits of the key
  }
}
