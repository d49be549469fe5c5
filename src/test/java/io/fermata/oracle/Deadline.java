package io.fermata.oracle;

import io.fermata.rules.RuleKind;
import java.time.Instant;

/** How long an absence waits, and a sequence may take. */
final class Deadline {

  private Deadline() {}

  /** The last moment of the wait that {@code a} begins, or null when it begins none. */
  static Long of(OracleRule rule, RuleKind.Absence kind, Item a) {
    if (kind.by() == null) {
      return a.time() + kind.withinMillis();
    }
    Long by = by(rule, kind.by(), a);
    return by == null ? null : (Long) Math.max(a.time(), by);
  }

  /** The last moment at which something can follow {@code a}, or null when nothing can. */
  static Long of(OracleRule rule, RuleKind.Sequence kind, Item a) {
    return kind.by() == null ? (Long) (a.time() + kind.withinMillis()) : by(rule, kind.by(), a);
  }

  private static Long by(OracleRule rule, String expression, Item a) {
    return rule.value(expression, a) instanceof Instant by ? (Long) by.toEpochMilli() : null;
  }
}
