package io.fermata.rules;

/**
 * A rule that a touchpoint of some type can concern, and in which roles. Roles that the type rules
 * out need not be evaluated.
 *
 * @param roles sum of the role constants
 */
public record PlannedRule(CompiledRule rule, int roles) {

  /** where, first or after: what begins or counts. */
  public static final int START = 1;

  /** then or expect: what completes. */
  public static final int FINISH = 2;

  /** brokenBy or unless: what breaks off. */
  public static final int BREAK = 4;

  public boolean canStart() {
    return (roles & START) != 0;
  }

  public boolean canFinish() {
    return (roles & FINISH) != 0;
  }

  public boolean canBreak() {
    return (roles & BREAK) != 0;
  }
}
