package io.fermata.rules;

import io.fermata.model.Touchpoint;
import java.util.Set;

/** A compiled boolean expression. */
@FunctionalInterface
public interface Condition {

  /** Whether it holds; false as well where it cannot be evaluated. Never throws. */
  boolean matches(Touchpoint touchpoint);

  /** As {@link #matches}, for a touchpoint that is only tried: nothing is counted. */
  default boolean wouldMatch(Touchpoint touchpoint) {
    return matches(touchpoint);
  }

  /**
   * Whether it could hold for a message like the one given, at some other time and for some other
   * customer ({@link TriedMessage#VARYING}); false is certain.
   */
  default boolean couldMatch(Touchpoint message) {
    return true;
  }

  /**
   * Names of the fields and variables read by what {@link #couldMatch} leaves open: nothing else
   * decides between messages that could match. Null where unknown.
   */
  default Set<String> leftOpen() {
    return null;
  }
}
