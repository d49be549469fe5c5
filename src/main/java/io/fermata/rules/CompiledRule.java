package io.fermata.rules;

import java.util.concurrent.atomic.LongAdder;

/**
 * A rule ready to run.
 *
 * @param key names the rule and its version in stored state; unique within a rule set
 * @param failures how often one of its expressions could not be evaluated
 */
public record CompiledRule(Rule rule, int key, CompiledKind kind, LongAdder failures) {

  public CompiledRule(Rule rule, int key, CompiledKind kind) {
    this(rule, key, kind, new LongAdder());
  }

  /** Whether it sees experiences instead of touchpoints. */
  public boolean onExperiences() {
    return rule.onExperiences();
  }
}
