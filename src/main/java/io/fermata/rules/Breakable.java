package io.fermata.rules;

import io.fermata.model.Touchpoint;

/**
 * A rule that a marketing message tried in one channel could break, with what can be said of it
 * whoever the customer is and whatever the time.
 *
 * @param template the message as the rule always sees it in that channel, or null for a rule that
 *     asks about the time or the customer; a single or count that has one is surely met by it
 * @param group the group that the template belongs to; null without one
 * @param byTheHour whether the rule may ask what time it is
 * @param ofChannel whether it may tell the channels apart in which it can be broken
 */
public record Breakable(
    PlannedRule planned, Touchpoint template, String group, boolean byTheHour, boolean ofChannel) {

  public CompiledRule rule() {
    return planned.rule();
  }

  /** Whether it depends on what the rule remembers alone, and not on the time or the customer. */
  public boolean isSteady() {
    return template != null && !byTheHour;
  }

  /** The group that a message belongs to. */
  public String groupOf(Touchpoint message) {
    return group != null ? group : rule().kind().grouping().keyOf(message);
  }
}
