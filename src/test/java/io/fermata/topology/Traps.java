package io.fermata.topology;

import io.fermata.model.Touchpoint;
import io.fermata.rules.CompiledKind;
import io.fermata.rules.CompiledRule;
import io.fermata.rules.PlannedRule;
import io.fermata.rules.Rule;
import io.fermata.rules.RuleSet;
import io.fermata.rules.load.RuleLoader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A rule that throws where a condition written in CEL cannot: it stands for a defect of ours. */
final class Traps {

  private static final String TYPE = "trap.entered";
  private static final Rule RULE =
      RuleLoader.parse(
              "trap.yaml",
              """
              rules:
                - id: trap
                  title: {en: Trap, pl: Pułapka}
                  pillar: EMPATHY
                  severity: LOW
                  single: {where: "type == 'trap.entered'"}
              """)
          .get(0);

  private Traps() {}

  /** The same rules, and the trap after them all. */
  static RuleSet setIn(RuleSet rules) {
    Map<Integer, Set<String>> anyType = new HashMap<>();
    anyType.put(PlannedRule.START, null);
    anyType.put(PlannedRule.FINISH, null);
    List<RuleSet.Indexed> all = new ArrayList<>();
    rules.rules().forEach(rule -> all.add(new RuleSet.Indexed(rule, anyType)));
    CompiledKind kind =
        new CompiledKind.Single(
            touchpoint -> {
              throw new IllegalStateException("trapped by " + touchpoint.id());
            },
            null);
    all.add(
        new RuleSet.Indexed(
            new CompiledRule(RULE, 13, kind), Map.of(PlannedRule.START, Set.of(TYPE))));
    return new RuleSet(all);
  }

  /** A touchpoint on which the rule throws. */
  static Touchpoint trap(String id, long after) {
    return PipelineTest.touchpoint(id, TYPE, after).build();
  }
}
