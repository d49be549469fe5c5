package io.fermata.oracle;

import io.fermata.model.Ids;
import io.fermata.model.Touchpoint;
import io.fermata.rules.CompiledKind;
import io.fermata.rules.CompiledRule;
import io.fermata.rules.Condition;
import io.fermata.rules.Expression;
import io.fermata.rules.Grouping;
import io.fermata.rules.PlannedRule;
import io.fermata.rules.Rule;
import io.fermata.rules.RuleKind;
import io.fermata.rules.RuleSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;

/**
 * Rules and touchpoints of one customer that crowd the edges.
 *
 * @param seed what it was made from
 * @param touchpoints in order, without duplicates
 * @param clock no earlier than the last touchpoint
 */
record RandomCase(
    long seed,
    long journeyGap,
    long journeySettle,
    List<Rule> rules,
    List<Touchpoint> touchpoints,
    long clock) {

  static final String CUSTOMER = "customer:C-1";

  static RandomCase of(long seed) {
    return new CaseMaker(seed).make();
  }

  OracleViews oracleViews() {
    return oracleViews(touchpoints);
  }

  /** With these touchpoints, given in order of arrival. */
  OracleViews oracleViews(List<Touchpoint> arrivals) {
    List<OracleRule> oracleRules = new ArrayList<>();
    rules.forEach(rule -> oracleRules.add(new OracleRule(rule, Vocabulary::valueOf)));
    return Oracle.views(oracleRules, CUSTOMER, arrivals, clock, journeyGap, journeySettle);
  }

  RandomCase with(List<Touchpoint> others) {
    return new RandomCase(seed, journeyGap, journeySettle, rules, others, clock);
  }

  RandomCase withRules(List<Rule> others) {
    return new RandomCase(seed, journeyGap, journeySettle, others, touchpoints, clock);
  }

  List<RandomCase> fewerRules() {
    return Shrinker.parts(rules).stream().map(this::withRules).toList();
  }

  List<RandomCase> smaller() {
    List<RandomCase> smaller = new ArrayList<>(fewerRules());
    Shrinker.parts(touchpoints).forEach(part -> smaller.add(with(part)));
    return smaller;
  }

  /** The rules ready to run, each under an index of types that is random but never too narrow. */
  RuleSet ruleSet() {
    List<RuleSet.Indexed> indexed = new ArrayList<>();
    for (Rule rule : rules) {
      // The same whichever other rules are there, so that dropping one changes nothing else.
      Random random = new Random(seed ^ rule.id().hashCode());
      int key = Integer.parseUnsignedInt(Ids.sha256(rule.id() + "\n" + rule.version(), 6), 16);
      CompiledRule compiled =
          new CompiledRule(
              rule,
              key,
              compile(rule.kind(), false),
              compile(rule.kind(), true),
              Vocabulary.fieldsOf(rule.kind()),
              new LongAdder());
      Map<Integer, Set<String>> types = new HashMap<>();
      conditions(rule.kind()).forEach((role, those) -> types.put(role, superset(those, random)));
      indexed.add(new RuleSet.Indexed(compiled, types));
    }
    return new RuleSet(indexed);
  }

  private static Set<String> superset(List<String> conditions, Random random) {
    Set<String> types = new HashSet<>();
    for (String condition : conditions) {
      Set<String> exact = Vocabulary.typesOf(condition);
      if (exact == null) {
        return null;
      }
      types.addAll(exact);
    }
    if (random.nextInt(4) == 0) {
      return null;
    }
    if (random.nextInt(3) == 0) {
      types.add(Vocabulary.TYPES.get(random.nextInt(Vocabulary.TYPES.size())));
    }
    return types;
  }

  private static Map<Integer, List<String>> conditions(RuleKind kind) {
    Map<Integer, List<String>> conditions = new HashMap<>();
    if (kind instanceof RuleKind.Single single) {
      conditions.put(PlannedRule.START, List.of(single.where()));
    } else if (kind instanceof RuleKind.Count count) {
      conditions.put(PlannedRule.START, List.of(count.where()));
    } else if (kind instanceof RuleKind.Streak streak) {
      conditions.put(PlannedRule.START, List.of(streak.where()));
      conditions.put(PlannedRule.BREAK, List.of(streak.brokenBy()));
    } else if (kind instanceof RuleKind.Sequence sequence) {
      conditions.put(PlannedRule.START, List.of(sequence.first()));
      conditions.put(PlannedRule.FINISH, sequence.then());
      if (sequence.unless() != null) {
        conditions.put(PlannedRule.BREAK, List.of(sequence.unless()));
      }
    } else if (kind instanceof RuleKind.Absence absence) {
      conditions.put(PlannedRule.START, List.of(absence.after()));
      conditions.put(PlannedRule.FINISH, List.of(absence.expect()));
    }
    return conditions;
  }

  private static CompiledKind compile(RuleKind kind, boolean paused) {
    if (kind instanceof RuleKind.Single k) {
      return new CompiledKind.Single(condition(k.where(), paused), expression(k.measure()));
    } else if (kind instanceof RuleKind.Count k) {
      return new CompiledKind.Count(
          condition(k.where(), paused),
          k.atLeast(),
          k.within(),
          grouping(k.per()),
          expression(k.distinct()));
    } else if (kind instanceof RuleKind.Streak k) {
      return new CompiledKind.Streak(
          condition(k.where(), paused),
          condition(k.brokenBy(), paused),
          k.atLeast(),
          grouping(k.per()),
          k.raiseOnBreak());
    } else if (kind instanceof RuleKind.Sequence k) {
      return new CompiledKind.Sequence(
          condition(k.first(), paused),
          k.then().stream().map(then -> condition(then, paused)).toList(),
          k.withinMillis() == null ? 0 : k.withinMillis(),
          expression(k.by()),
          grouping(k.same()),
          condition(k.unless(), paused));
    } else if (kind instanceof RuleKind.Absence k) {
      return new CompiledKind.Absence(
          condition(k.after(), paused),
          condition(k.expect(), paused),
          k.withinMillis() == null ? 0 : k.withinMillis(),
          expression(k.by()),
          grouping(k.same()));
    }
    throw new IllegalArgumentException("no compiled form of " + kind);
  }

  private static Condition condition(String cel, boolean paused) {
    return cel == null
        ? null
        : t -> Boolean.TRUE.equals(Vocabulary.valueOf(cel, paused ? Meaning.inPause(t) : t));
  }

  private static Expression expression(String cel) {
    return cel == null ? null : t -> Vocabulary.valueOf(cel, t);
  }

  private static Grouping grouping(List<String> cel) {
    return new Grouping(cel.stream().map(RandomCase::expression).toList());
  }

  @Override
  public String toString() {
    return CaseText.of(this);
  }
}
