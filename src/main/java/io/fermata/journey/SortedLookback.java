package io.fermata.journey;

import io.fermata.model.Position;
import io.fermata.model.Touchpoint;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Looks into all touchpoints of a customer; indexed when somebody first asks. */
final class SortedLookback implements Lookback {

  private final List<Touchpoint> sorted;
  private Map<String, List<Touchpoint>> byId;

  SortedLookback(List<Touchpoint> sorted) {
    this.sorted = sorted;
  }

  @Override
  public About find(String id, Position after, Position before) {
    if (byId == null) {
      byId = new HashMap<>();
      sorted.forEach(t -> byId.computeIfAbsent(t.id(), i -> new ArrayList<>(1)).add(t));
    }
    List<Touchpoint> candidates = byId.getOrDefault(id, List.of());
    for (int i = candidates.size() - 1; i >= 0; i--) {
      Position at = candidates.get(i).position();
      if (at.compareTo(before) < 0) {
        return at.compareTo(after) > 0 ? About.of(candidates.get(i)) : null;
      }
    }
    return null;
  }
}
