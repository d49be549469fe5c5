package io.fermata.replay.mapping;

import dev.cel.common.values.NullValue;
import dev.cel.runtime.CelVariableResolver;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What expressions see of one row: its columns, {@code row} and the named steps, each worked out
 * once.
 */
final class RowValues implements CelVariableResolver {

  /** The variable that holds all columns, for names that are no CEL identifiers. */
  static final String ROW = "row";

  private final Row row;
  private final Map<String, RowExpression> steps;
  private final Map<String, Object> done;

  RowValues(Row row, Map<String, RowExpression> steps) {
    this.row = row;
    this.steps = steps;
    this.done = steps.isEmpty() ? Map.of() : new HashMap<>();
  }

  /** A column's value, or null where the row does not have it. */
  Object column(String name) {
    return withoutNull(row.values().get(name));
  }

  @Override
  public Optional<Object> find(String name) {
    RowExpression step = steps.get(name);
    if (step != null) {
      return Optional.of(step(name, step));
    }
    if (name.equals(ROW)) {
      return Optional.of(row.values());
    }
    return Optional.of(orNull(column(name)));
  }

  /** A named step's value. */
  Object step(String name) {
    return withoutNull(step(name, steps.get(name)));
  }

  private Object step(String name, RowExpression step) {
    Object value = done.get(name);
    if (value == null) {
      value = orNull(step.evaluate(this));
      done.put(name, value);
    }
    return value;
  }

  boolean hasStep(String name) {
    return steps.containsKey(name);
  }

  /** CEL has a value for null; what leaves CEL has not. */
  static Object withoutNull(Object value) {
    return value == NullValue.NULL_VALUE ? null : value;
  }

  private static Object orNull(Object value) {
    return value == null ? NullValue.NULL_VALUE : value;
  }
}
