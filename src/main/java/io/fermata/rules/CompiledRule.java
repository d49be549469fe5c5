package io.fermata.rules;

import java.util.Set;
import java.util.concurrent.atomic.LongAdder;

/**
 * A rule ready to run.
 *
 * @param key names the rule and its version in stored state; unique within a rule set
 * @param kind as it runs where no pause covers a touchpoint: {@code paused} is false
 * @param kindInPause as it runs where one does; the same object for a rule that does not ask
 * @param reads names of the fields and variables its expressions read, or null where unknown
 * @param failures how often one of its expressions could not be evaluated
 */
public record CompiledRule(
    Rule rule,
    int key,
    CompiledKind kind,
    CompiledKind kindInPause,
    Set<String> reads,
    LongAdder failures) {

  public CompiledRule(Rule rule, int key, CompiledKind kind) {
    this(rule, key, kind, kind, null, new LongAdder());
  }

  /** Whether it sees experiences instead of touchpoints. */
  public boolean onExperiences() {
    return rule.onExperiences();
  }

  /** Whether its expressions may read a field or variable of this name. */
  public boolean mayRead(String name) {
    return reads == null || reads.contains(name);
  }
}
