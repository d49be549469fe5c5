package io.fermata.replay;

import io.fermata.journey.FoldSettings;
import io.fermata.model.CustomerKeys;
import io.fermata.rules.RuleSet;
import io.fermata.score.ScoreSettings;

/**
 * What a replay folds with.
 *
 * @param until the clock at the end, epoch milliseconds, or null for the greatest time seen; never
 *     earlier than that, as a touchpoint folded has happened
 * @param threads how many threads decode and fold, at least 1
 */
public record ReplaySettings(
    FoldSettings fold,
    RuleSet rules,
    CustomerKeys keys,
    Long until,
    int threads,
    ScoreSettings score) {

  /** With scores by days of UTC. */
  public ReplaySettings(
      FoldSettings fold, RuleSet rules, CustomerKeys keys, Long until, int threads) {
    this(fold, rules, keys, until, threads, ScoreSettings.DEFAULTS);
  }

  public ReplaySettings {
    if (threads < 1) {
      throw new IllegalArgumentException("threads is " + threads + ", expected 1 or more");
    }
  }

  /** The clock at the end of an input whose greatest time is {@code greatestTime}. */
  public long clockAfter(long greatestTime) {
    return until == null ? greatestTime : Math.max(until, greatestTime);
  }
}
