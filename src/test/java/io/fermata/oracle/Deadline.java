package io.fermata.oracle;

import io.fermata.rules.RuleKind;
import java.time.Instant;

/** How long an absence waits. */
final class Deadline {

  private Deadline() {}

  /** The last moment of the wait that {@code a} begins, or null when it begins none. */
  static Long of(OracleRule rule, RuleKind.Absence kind, Item a) {
    if (kind.by() == null) {
      return a.time() + kind.withinMillis();
    }
    return rule.value(kind.by(), a) instanceof Instant by
        ? (Long) Math.max(a.time(), by.toEpochMilli())
        : null;
  }
}
