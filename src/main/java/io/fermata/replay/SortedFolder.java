package io.fermata.replay;

import io.fermata.journey.CustomerFold;
import io.fermata.journey.FoldSettings;
import io.fermata.model.Touchpoint;
import io.fermata.rules.RuleSet;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Any lateness allowed: sorts first, then folds once. */
final class SortedFolder implements CustomerFolder {

  private static final Comparator<Touchpoint> BY_POSITION =
      Comparator.comparingLong(Touchpoint::occurredAt).thenComparing(Touchpoint::id);

  private final FoldSettings settings;
  private final RuleSet rules;

  SortedFolder(FoldSettings settings, RuleSet rules) {
    this.settings = settings;
    this.rules = rules;
  }

  @Override
  public Folded fold(String customer, List<Touchpoint> arrivals, long clock) {
    // The sort is stable: of duplicates the first to arrive stays first.
    arrivals.sort(BY_POSITION);
    List<Touchpoint> distinct = new ArrayList<>(arrivals.size());
    Touchpoint last = null;
    for (Touchpoint touchpoint : arrivals) {
      if (last == null || BY_POSITION.compare(last, touchpoint) != 0) {
        distinct.add(touchpoint);
        last = touchpoint;
      }
    }
    return new Folded(
        CustomerFold.fold(settings, rules, customer, distinct, clock),
        distinct.size(),
        arrivals.size() - distinct.size(),
        List.of());
  }
}
