package io.fermata.rules;

import io.fermata.model.Touchpoint;

/** A compiled expression of any type. */
@FunctionalInterface
public interface Expression {

  /**
   * Its value: String, Long, Double, Boolean, {@link java.time.Instant} or {@link
   * java.time.Duration}; null where it is null or cannot be evaluated. Never throws.
   */
  Object evaluate(Touchpoint touchpoint);
}
