package io.fermata.rules.cel;

import io.fermata.model.Touchpoint;

/** A compiled piece of an expression. Never throws; what cannot be evaluated is {@link #FAILED}. */
@FunctionalInterface
interface Node {

  /** Stands for a value that could not be worked out. */
  Object FAILED =
      new Object() {
        @Override
        public String toString() {
          return "FAILED";
        }
      };

  /** String, Long, Double, Boolean, Instant, Duration, null for CEL's null, or {@link #FAILED}. */
  Object eval(Touchpoint touchpoint);

  /** A value known when the rule is loaded. */
  record Constant(Object value) implements Node {
    @Override
    public Object eval(Touchpoint touchpoint) {
      return value;
    }
  }

  /** A field as it stands. */
  record Read(Field field) implements Node {
    @Override
    public Object eval(Touchpoint touchpoint) {
      return field.read(touchpoint);
    }
  }

  /** An entry of the attributes; a missing one fails. */
  record Attribute(String key) implements Node {
    @Override
    public Object eval(Touchpoint touchpoint) {
      String value = touchpoint.attributes().get(key);
      return value == null ? FAILED : value;
    }
  }
}
