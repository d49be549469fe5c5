package io.fermata.serve;

import io.fermata.rules.CompiledRule;
import io.fermata.rules.PlannedRule;
import io.fermata.rules.RuleSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/**
 * How many touchpoints each rule had to look at. Touchpoints are counted by the plan of their type,
 * once each, and the rules of a plan share its count: there are many rules and few plans.
 */
final class RuleEvaluations {

  private final RuleSet rules;
  private volatile IdentityHashMap<List<PlannedRule>, LongAdder> counts = new IdentityHashMap<>();

  RuleEvaluations(RuleSet rules) {
    this.rules = rules;
  }

  void count(String touchpointType) {
    List<PlannedRule> plan = rules.forTouchpoint(touchpointType);
    LongAdder count = counts.get(plan);
    if (count == null) {
      count = added(plan);
    }
    count.increment();
  }

  private synchronized LongAdder added(List<PlannedRule> plan) {
    LongAdder there = counts.get(plan);
    if (there != null) {
      return there;
    }
    // Copied, so that those who count need no lock.
    IdentityHashMap<List<PlannedRule>, LongAdder> more = new IdentityHashMap<>(counts);
    LongAdder count = new LongAdder();
    more.put(plan, count);
    counts = more;
    return count;
  }

  long of(CompiledRule rule) {
    long sum = 0;
    for (Map.Entry<List<PlannedRule>, LongAdder> plan : counts.entrySet()) {
      if (plan.getKey().stream().anyMatch(planned -> planned.rule().key() == rule.key())) {
        sum += plan.getValue().sum();
      }
    }
    return sum;
  }
}
