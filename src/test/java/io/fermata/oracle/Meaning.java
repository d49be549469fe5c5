package io.fermata.oracle;

import io.fermata.model.Touchpoint;

/** Gives the source text of an expression its value on a touchpoint. */
@FunctionalInterface
interface Meaning {

  /** The value; null where it is null or cannot be evaluated. */
  Object valueOf(String expression, Touchpoint touchpoint);

  /** Whether a condition holds; one that cannot be evaluated does not. */
  default boolean holds(String condition, Touchpoint touchpoint) {
    return Boolean.TRUE.equals(valueOf(condition, touchpoint));
  }
}
