package io.fermata.rules;

import io.fermata.model.Channel;
import io.fermata.model.Polarity;
import io.fermata.model.Severity;
import io.fermata.model.Touchpoint;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The rules that contact guidance depends on, worked out once: those that one more marketing
 * message could break, by channel, and those whose deadlines order a pause.
 */
public final class MarketingRules {

  private final Map<Channel, List<PlannedRule>> byChannel = new EnumMap<>(Channel.class);
  private final Set<CompiledRule> pausing = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Set<CompiledRule> bearing = Collections.newSetFromMap(new IdentityHashMap<>());

  MarketingRules(RuleSet rules) {
    List<PlannedRule> planned = rules.forTouchpoint(TriedMessage.TYPE);
    for (Channel channel : Channel.values()) {
      List<PlannedRule> breakable = new ArrayList<>();
      for (PlannedRule rule : planned) {
        if (rule.rule().rule().polarity() == Polarity.BAD && canBreak(rule, channel)) {
          breakable.add(rule);
          bearing.add(rule.rule());
        }
      }
      byChannel.put(channel, List.copyOf(breakable));
    }
    boolean experiencesPause =
        rules.rules().stream().anyMatch(r -> r.onExperiences() && r.rule().pause() != null);
    for (CompiledRule rule : rules.rules()) {
      boolean absence = rule.kind() instanceof CompiledKind.Absence;
      if (absence && (experiencesPause || rule.rule().pause() != null || needsSilence(rule))) {
        pausing.add(rule);
        bearing.add(rule);
      }
      if (experiencesPause && rule.onExperiences()) {
        bearing.add(rule);
      }
    }
  }

  private static boolean needsSilence(CompiledRule absence) {
    return absence.rule().polarity() == Polarity.BAD
        && absence.rule().severityOf(0).compareTo(Severity.HIGH) >= 0;
  }

  private static boolean canBreak(PlannedRule planned, Channel channel) {
    CompiledRule rule = planned.rule();
    CompiledKind kind = rule.kind();
    if (kind instanceof CompiledKind.Absence) {
      return false;
    }
    if (!TriedMessage.isAlwaysTheSameTo(rule)) {
      return true;
    }
    Touchpoint message = TriedMessage.of(channel, 0, null, null, null);
    if (kind instanceof CompiledKind.Single single) {
      return single.where().wouldMatch(message);
    } else if (kind instanceof CompiledKind.Count count) {
      return count.where().wouldMatch(message);
    } else if (kind instanceof CompiledKind.Sequence sequence) {
      return sequence.then().stream().anyMatch(then -> then.wouldMatch(message));
    }
    CompiledKind.Streak streak = (CompiledKind.Streak) kind;
    return streak.raiseOnBreak()
        ? streak.brokenBy().wouldMatch(message)
        : streak.where().wouldMatch(message);
  }

  /** The rules that a message in a channel could break, in the order of their ids. */
  public List<PlannedRule> breakableIn(Channel channel) {
    return byChannel.get(channel);
  }

  /** Whether deadlines of the rule can order a pause or begin a recovery silence. */
  public boolean pausesAtDeadlines(CompiledRule rule) {
    return pausing.contains(rule);
  }

  /** Whether guidance can depend on what the rule remembers. */
  public boolean bearsOnGuidance(CompiledRule rule) {
    return bearing.contains(rule);
  }
}
