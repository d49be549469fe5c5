package io.fermata.model;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Picks the name under which a touchpoint is folded: its strongest identifier. Kinds outside the
 * configured order are weaker than all in it; among equals the first listed is the stronger.
 */
public final class CustomerKeys {

  /** Kinds in order of strength, the strongest first. */
  public static final List<String> DEFAULT_ORDER =
      List.of(
          "customer", "account", "loyalty", "email", "phone", "social", "device", "cookie", "call");

  private final List<String> order;
  private final Map<String, Integer> ranks = new HashMap<>();

  /**
   * Keys by an order of kinds.
   *
   * @param order kinds in order of strength, the strongest first
   * @throws IllegalArgumentException when a kind appears twice
   */
  public CustomerKeys(List<String> order) {
    this.order = List.copyOf(order);
    for (String kind : order) {
      if (ranks.put(kind, ranks.size()) != null) {
        throw new IllegalArgumentException("the identifier kind '" + kind + "' appears twice");
      }
    }
  }

  /** Kinds in order of strength, the strongest first. */
  public List<String> order() {
    return order;
  }

  /**
   * The identifier under which a touchpoint with these is folded.
   *
   * @throws IllegalArgumentException when there is no identifier
   */
  public Identifier strongest(List<Identifier> identifiers) {
    if (identifiers.isEmpty()) {
      throw new IllegalArgumentException("no identifiers, expected at least one");
    }
    Identifier strongest = identifiers.get(0);
    int rank = rankOf(strongest);
    for (int i = 1; i < identifiers.size(); i++) {
      Identifier candidate = identifiers.get(i);
      int candidateRank = rankOf(candidate);
      if (candidateRank < rank) {
        strongest = candidate;
        rank = candidateRank;
      }
    }
    return strongest;
  }

  /** The strongest identifier of a valid touchpoint as {@code kind:value}. */
  public String keyOf(Touchpoint touchpoint) {
    return strongest(touchpoint.identifiers()).key();
  }

  private int rankOf(Identifier identifier) {
    return ranks.getOrDefault(identifier.kind(), Integer.MAX_VALUE);
  }
}
