package io.fermata.rules;

import io.fermata.model.Touchpoint;
import java.util.Set;

/** A compiled expression of any type. */
@FunctionalInterface
public interface Expression {

  /**
   * Its value: String, Long, Double, Boolean, {@link java.time.Instant} or {@link
   * java.time.Duration}; null where it is null or cannot be evaluated. Never throws.
   */
  Object evaluate(Touchpoint touchpoint);

  /** Names of the fields and variables it reads; null where unknown. */
  default Set<String> reads() {
    return null;
  }
}
