package io.fermata.oracle;

import io.fermata.model.Touchpoint;
import java.util.HashMap;
import java.util.Map;

/** Gives the source text of an expression its value on a touchpoint. */
@FunctionalInterface
interface Meaning {

  /** An attribute no producer sends: the variable {@code paused} is true here. */
  String PAUSED = "\u0000paused";

  /** The value; null where it is null or cannot be evaluated. */
  Object valueOf(String expression, Touchpoint touchpoint);

  /** Whether a condition holds; one that cannot be evaluated does not. */
  default boolean holds(String condition, Touchpoint touchpoint) {
    return Boolean.TRUE.equals(valueOf(condition, touchpoint));
  }

  /** The touchpoint as conditions see it where a pause covers it. */
  static Touchpoint inPause(Touchpoint touchpoint) {
    Map<String, String> attributes = new HashMap<>(touchpoint.attributes());
    attributes.put(PAUSED, "");
    return touchpoint.toBuilder().attributes(attributes).build();
  }

  static boolean isInPause(Touchpoint touchpoint) {
    return touchpoint.attributes().containsKey(PAUSED);
  }
}
