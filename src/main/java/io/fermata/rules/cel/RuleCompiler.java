package io.fermata.rules.cel;

import io.fermata.model.Ids;
import io.fermata.rules.CompiledKind;
import io.fermata.rules.CompiledRule;
import io.fermata.rules.Condition;
import io.fermata.rules.Expression;
import io.fermata.rules.Grouping;
import io.fermata.rules.PlannedRule;
import io.fermata.rules.Rule;
import io.fermata.rules.RuleKind;
import io.fermata.rules.RuleSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;

/** Makes rules ready to run. */
public final class RuleCompiler {

  private RuleCompiler() {}

  /**
   * The rules compiled and indexed by type. Failures to evaluate a condition, {@code measure} or
   * {@code by} count in {@link CompiledRule#failures()}; a value of {@code per}, {@code same} or
   * {@code distinct} that cannot be evaluated is null by definition and does not count.
   *
   * @throws CelProblemsException when an expression does not compile; {@code RuleLoader} finds and
   *     locates these first
   * @throws IllegalArgumentException when two rules share an id
   */
  public static RuleSet compile(List<Rule> rules) {
    return new RuleSet(rules.stream().map(rule -> new One(rule).compile()).toList());
  }

  /** First 4 bytes of SHA-256 over {@code id \n version}. */
  static int keyOf(Rule rule) {
    return Integer.parseUnsignedInt(Ids.sha256(rule.id() + "\n" + rule.version(), 8), 16);
  }

  /** One rule on its way. */
  private static final class One {

    private final Rule rule;
    private final LongAdder failures = new LongAdder();
    private final LongAdder uncounted = new LongAdder();
    private final Map<Integer, Set<String>> types = new HashMap<>();
    private boolean paused;
    private final Set<String> reads = new HashSet<>();

    One(Rule rule) {
      this.rule = rule;
    }

    RuleSet.Indexed compile() {
      CompiledKind kind = kind(false);
      CompiledKind inPause = reads.contains(Library.PAUSED) ? kind(true) : kind;
      return new RuleSet.Indexed(
          new CompiledRule(rule, keyOf(rule), kind, inPause, Set.copyOf(reads), failures), types);
    }

    private CompiledKind kind(boolean inPause) {
      paused = inPause;
      if (rule.kind() instanceof RuleKind.Single single) {
        return new CompiledKind.Single(
            condition(PlannedRule.START, single.where()),
            optional(single.measure(), Expected.NUMBER, failures));
      }
      if (rule.kind() instanceof RuleKind.Count count) {
        return new CompiledKind.Count(
            condition(PlannedRule.START, count.where()),
            count.atLeast(),
            count.within(),
            grouping(count.per()),
            optional(count.distinct(), Expected.VALUE, uncounted));
      }
      if (rule.kind() instanceof RuleKind.Streak streak) {
        return new CompiledKind.Streak(
            condition(PlannedRule.START, streak.where()),
            condition(PlannedRule.BREAK, streak.brokenBy()),
            streak.atLeast(),
            grouping(streak.per()),
            streak.raiseOnBreak());
      }
      if (rule.kind() instanceof RuleKind.Sequence sequence) {
        return new CompiledKind.Sequence(
            condition(PlannedRule.START, sequence.first()),
            conditions(PlannedRule.FINISH, sequence.then()),
            sequence.withinMillis() == null ? 0 : sequence.withinMillis(),
            optional(sequence.by(), Expected.TIME, failures),
            grouping(sequence.same()),
            sequence.unless() == null ? null : condition(PlannedRule.BREAK, sequence.unless()));
      }
      RuleKind.Absence absence = (RuleKind.Absence) rule.kind();
      return new CompiledKind.Absence(
          condition(PlannedRule.START, absence.after()),
          condition(PlannedRule.FINISH, absence.expect()),
          absence.withinMillis() == null ? 0 : absence.withinMillis(),
          optional(absence.by(), Expected.TIME, failures),
          grouping(absence.same()));
    }

    private Condition condition(int role, String source) {
      CelCompiled compiled = compiled(source, Expected.CONDITION);
      types.put(role, TypeIndex.typesOf(compiled.tree().getExpr()));
      return Expressions.condition(compiled, failures);
    }

    /** Conditions that share a role. */
    private List<Condition> conditions(int role, List<String> sources) {
      List<CelCompiled> compiled =
          sources.stream().map(source -> compiled(source, Expected.CONDITION)).toList();
      types.put(
          role, TypeIndex.typesOfAny(compiled.stream().map(c -> c.tree().getExpr()).toList()));
      return compiled.stream().map(c -> Expressions.condition(c, failures)).toList();
    }

    private Expression optional(String source, Expected expected, LongAdder counter) {
      return source == null ? null : Expressions.expression(compiled(source, expected), counter);
    }

    private CelCompiled compiled(String source, Expected expected) {
      CelCompiled compiled = Expressions.compile(source, expected, paused);
      reads.addAll(compiled.reads());
      return compiled;
    }

    private Grouping grouping(List<String> sources) {
      return new Grouping(
          sources.stream().map(source -> optional(source, Expected.VALUE, uncounted)).toList());
    }
  }
}
