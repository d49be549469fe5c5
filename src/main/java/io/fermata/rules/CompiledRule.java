package io.fermata.rules;

/**
 * A rule ready to run.
 *
 * @param key names the rule and its version in stored state; unique within a rule set
 */
public record CompiledRule(Rule rule, int key, CompiledKind kind) {

  /** Whether it sees experiences instead of touchpoints. */
  public boolean onExperiences() {
    return rule.onExperiences();
  }
}
