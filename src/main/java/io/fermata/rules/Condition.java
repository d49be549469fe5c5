package io.fermata.rules;

import io.fermata.model.Touchpoint;

/** A compiled boolean expression. */
@FunctionalInterface
public interface Condition {

  /** Whether it holds; false as well where it cannot be evaluated. Never throws. */
  boolean matches(Touchpoint touchpoint);

  /** As {@link #matches}, for a touchpoint that is only tried: nothing is counted. */
  default boolean wouldMatch(Touchpoint touchpoint) {
    return matches(touchpoint);
  }
}
