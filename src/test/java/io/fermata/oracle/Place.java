package io.fermata.oracle;

import io.fermata.model.Touchpoint;
import java.util.Comparator;

/**
 * A place in the order of things: touchpoints by (time, id), each followed directly by the
 * experiences it causes in the order of their rules, and after all touchpoints of a time what falls
 * due then, by (rule, anchor).
 *
 * @param due whether it falls due at that time instead of happening at a touchpoint
 * @param touchpoint id of the touchpoint; empty for what falls due
 * @param rule id of the rule that made the experience; empty for the touchpoint itself
 * @param anchor the raise's anchor; empty for the touchpoint itself
 */
record Place(long time, boolean due, String touchpoint, String rule, String anchor)
    implements Comparable<Place> {

  private static final Comparator<Place> ORDER =
      Comparator.comparingLong(Place::time)
          .thenComparing(Place::due)
          .thenComparing(Place::touchpoint)
          .thenComparing(Place::rule)
          .thenComparing(Place::anchor);

  static Place of(Touchpoint touchpoint) {
    return new Place(touchpoint.occurredAt(), false, touchpoint.id(), "", "");
  }

  static Place fallsDue(long time, String rule, String anchor) {
    return new Place(time, true, "", rule, anchor);
  }

  /** Where a raise at the item here stands: directly after a touchpoint, at an experience. */
  Place ofRaise(String ruleId, String anchorId) {
    boolean isTouchpoint = !due && rule.isEmpty();
    return isTouchpoint ? new Place(time, false, touchpoint, ruleId, anchorId) : this;
  }

  @Override
  public int compareTo(Place other) {
    return ORDER.compare(this, other);
  }
}
