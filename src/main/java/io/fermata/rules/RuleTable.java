package io.fermata.rules;

/**
 * Rules by their keys: open addressing over two arrays, since a customer's record asks for every
 * rule in it and a boxed key in a map costs more than reading the rest of the entry. Keys are
 * hashes already.
 */
final class RuleTable {

  private final int mask;
  private final CompiledRule[] slots;

  RuleTable(int rules) {
    int size = Integer.highestOneBit(Math.max(4, rules)) << 2;
    mask = size - 1;
    slots = new CompiledRule[size];
  }

  /** The rule that had this key before; null when it is the first. */
  CompiledRule put(CompiledRule rule) {
    int at = rule.key() & mask;
    while (slots[at] != null) {
      if (slots[at].key() == rule.key()) {
        return slots[at];
      }
      at = (at + 1) & mask;
    }
    slots[at] = rule;
    return null;
  }

  /** The rule with this key, or null. */
  CompiledRule get(int key) {
    int at = key & mask;
    CompiledRule rule = slots[at];
    while (rule != null && rule.key() != key) {
      at = (at + 1) & mask;
      rule = slots[at];
    }
    return rule;
  }
}
