package io.fermata.journey;

import io.fermata.model.Touchpoint;
import io.fermata.rules.Breakable;
import io.fermata.rules.CompiledKind;
import io.fermata.rules.CompiledRule;
import java.util.List;

/** single: every match raises one alert. */
final class SingleStep {

  private static final String GROUP = "";

  private final Raising raising;

  SingleStep(Raising raising) {
    this.raising = raising;
  }

  void apply(
      FoldState state,
      CompiledRule rule,
      CompiledKind.Single kind,
      Touchpoint touchpoint,
      Cause cause,
      ViewSink sink) {
    if (!kind.where().matches(touchpoint) || isQuiet(state, rule, touchpoint.occurredAt())) {
      return;
    }
    raising.raise(
        state,
        rule,
        GROUP,
        Raising.open(state, rule, GROUP, touchpoint, touchpoint.occurredAt()),
        measure(kind, touchpoint),
        List.of(touchpoint.id()),
        cause,
        sink);
  }

  /** See {@link RuleSteps#freeFrom}. */
  static long freeFrom(Breakable rule, CompiledKind.Single kind, Touchpoint message, long at) {
    boolean matches = rule.template() != null || kind.where().wouldMatch(message);
    return matches ? Cell.NEVER : at;
  }

  private static double measure(CompiledKind.Single kind, Touchpoint touchpoint) {
    return kind.measure() != null && kind.measure().evaluate(touchpoint) instanceof Number number
        ? number.doubleValue() + 0.0 // -0.0, as -sentiment may give, becomes 0.0
        : 1;
  }

  /** Whether the rule is quiet at {@code at}; if not, its quiet time begins there. */
  private static boolean isQuiet(FoldState state, CompiledRule rule, long at) {
    if (rule.rule().quietForMillis() == null) {
      return false;
    }
    QuietCell cell = (QuietCell) state.find(rule, GROUP);
    if (cell == null) {
      cell = new QuietCell();
      state.add(rule, GROUP, cell);
    } else if (at < cell.quietUntil) {
      return true;
    }
    cell.quietUntil = Quiet.after(rule.rule(), at);
    return false;
  }
}
