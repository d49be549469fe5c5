package io.fermata.rules;

import io.fermata.model.Ids;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** Compiled rules, indexed by the touchpoint type that their conditions can match. */
public final class RuleSet {

  /**
   * A compiled rule with the types each role can match.
   *
   * @param typesByRole role constant of {@link PlannedRule} to the types it can match; null for a
   *     role that can match any type, no entry for a role the rule does not have
   */
  public record Indexed(CompiledRule rule, Map<Integer, Set<String>> typesByRole) {}

  private final List<CompiledRule> rules;
  private final List<Indexed> indexed;
  private final int fingerprint;
  private final RuleTable byKey;
  private final MarketingRules marketing;
  private final Set<String> namedTypes = new HashSet<>();
  private final Map<String, List<PlannedRule>> touchpointPlans = new ConcurrentHashMap<>();
  private final Map<String, List<PlannedRule>> experiencePlans = new ConcurrentHashMap<>();

  /**
   * @throws IllegalArgumentException when two rules share an id or a key
   */
  public RuleSet(List<Indexed> rules) {
    this.indexed =
        rules.stream().sorted(Comparator.comparing((Indexed i) -> i.rule().rule().id())).toList();
    this.rules = indexed.stream().map(Indexed::rule).toList();
    this.byKey = new RuleTable(rules.size());
    Set<String> ids = new HashSet<>();
    for (CompiledRule rule : this.rules) {
      if (!ids.add(rule.rule().id())) {
        throw new IllegalArgumentException("two rules have the id " + rule.rule().id());
      }
      if (byKey.put(rule) != null) {
        throw new IllegalArgumentException("two rules have the key of " + rule.rule().id());
      }
    }
    String keys = this.rules.stream().map(CompiledRule::key).sorted().toList().toString();
    fingerprint = Integer.parseUnsignedInt(Ids.sha256(keys, 8), 16);
    for (Indexed rule : indexed) {
      for (Set<String> types : rule.typesByRole().values()) {
        if (types != null) {
          namedTypes.addAll(types);
        }
      }
    }
    marketing = new MarketingRules(this);
  }

  /** What contact guidance depends on. */
  public MarketingRules marketing() {
    return marketing;
  }

  /** All rules in the order of their ids. */
  public List<CompiledRule> rules() {
    return rules;
  }

  /** The ids of all rules. */
  public Set<String> ids() {
    return rules.stream().map(rule -> rule.rule().id()).collect(Collectors.toUnmodifiableSet());
  }

  /** Names these rules in these versions in stored state: another set has another. */
  public int fingerprint() {
    return fingerprint;
  }

  /** The rule with that key, or null where this rule set does not have it. */
  public CompiledRule byKey(int key) {
    return byKey.get(key);
  }

  /** The rules that a touchpoint of this type can concern, in the order of their ids. */
  public List<PlannedRule> forTouchpoint(String type) {
    return plan(touchpointPlans, type, false);
  }

  /** The rules that an experience of this type can concern, in the order of their ids. */
  public List<PlannedRule> forExperience(String type) {
    return plan(experiencePlans, type, true);
  }

  private List<PlannedRule> plan(
      Map<String, List<PlannedRule>> plans, String type, boolean onExperiences) {
    // Types that no rule names share one plan: the vocabulary is open and must not grow the map.
    String known = namedTypes.contains(type) ? type : "";
    List<PlannedRule> plan = plans.get(known);
    return plan != null
        ? plan
        : plans.computeIfAbsent(known, ignored -> makePlan(known, onExperiences));
  }

  private List<PlannedRule> makePlan(String type, boolean onExperiences) {
    List<PlannedRule> plan = new ArrayList<>();
    for (Indexed candidate : indexed) {
      if (candidate.rule().onExperiences() != onExperiences) {
        continue;
      }
      int roles = 0;
      for (Map.Entry<Integer, Set<String>> role : candidate.typesByRole().entrySet()) {
        if (role.getValue() == null || role.getValue().contains(type)) {
          roles |= role.getKey();
        }
      }
      if (roles != 0) {
        plan.add(new PlannedRule(candidate.rule(), roles));
      }
    }
    return List.copyOf(plan);
  }
}
