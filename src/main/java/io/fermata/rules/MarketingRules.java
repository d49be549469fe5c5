package io.fermata.rules;

import io.fermata.model.Channel;
import io.fermata.model.Polarity;
import io.fermata.model.Severity;
import io.fermata.model.Touchpoint;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * The rules that contact guidance depends on, worked out once: those that one more marketing
 * message could break, by channel, and those whose deadlines order a pause.
 */
public final class MarketingRules {

  private static final String CHANNEL = "channel";

  private final Map<Channel, ChannelRules> byChannel = new EnumMap<>(Channel.class);
  private final RuleSelection pausing = new RuleSelection();
  private final RuleSelection bearing = new RuleSelection();
  private final int groups;
  private final boolean pausesChannelsAtDeadlines;

  MarketingRules(RuleSet rules) {
    List<PlannedRule> planned = rules.forTouchpoint(TriedMessage.TYPE);
    List<List<CompiledRule>> sharedLists = new ArrayList<>();
    for (Channel channel : Channel.values()) {
      List<Breakable> shared = new ArrayList<>();
      List<Breakable> own = new ArrayList<>();
      for (PlannedRule rule : planned) {
        if (rule.rule().rule().polarity() == Polarity.BAD && canBreak(rule, channel)) {
          Breakable breakable = breakable(rule, channel);
          (breakable.ofChannel() ? own : shared).add(breakable);
          bearing.add(rule.rule());
        }
      }
      List<CompiledRule> sharedRules = shared.stream().map(Breakable::rule).toList();
      if (!sharedLists.contains(sharedRules)) {
        sharedLists.add(sharedRules);
      }
      byChannel.put(
          channel,
          new ChannelRules(
              channel, sharedLists.indexOf(sharedRules), List.copyOf(shared), List.copyOf(own)));
    }
    groups = sharedLists.size();
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
    pausesChannelsAtDeadlines =
        rules.rules().stream()
            .filter(r -> r.onExperiences() || r.kind() instanceof CompiledKind.Absence)
            .map(r -> r.rule().pause())
            .filter(Objects::nonNull)
            .anyMatch(pause -> !pause.ofAllChannels());
  }

  private static boolean needsSilence(CompiledRule absence) {
    return absence.rule().polarity() == Polarity.BAD
        && absence.rule().severityOf(0).compareTo(Severity.HIGH) >= 0;
  }

  private static boolean canBreak(PlannedRule planned, Channel channel) {
    CompiledKind kind = planned.rule().kind();
    Touchpoint message = TriedMessage.of(channel, 0, null, null, null);
    if (kind instanceof CompiledKind.Single single) {
      return single.where().couldMatch(message);
    } else if (kind instanceof CompiledKind.Count count) {
      return count.where().couldMatch(message);
    } else if (kind instanceof CompiledKind.Streak streak) {
      return (streak.raiseOnBreak() ? streak.brokenBy() : streak.where()).couldMatch(message);
    } else if (kind instanceof CompiledKind.Sequence sequence) {
      return sequence.then().stream().anyMatch(then -> then.couldMatch(message));
    }
    return false; // an absence only begins to wait
  }

  private static Breakable breakable(PlannedRule planned, Channel channel) {
    Set<String> reads = leftOpen(planned.rule());
    Touchpoint template =
        TriedMessage.mayVary(reads) ? null : TriedMessage.of(channel, 0, null, null, null);
    return new Breakable(
        planned,
        template,
        template == null ? null : planned.rule().kind().grouping().keyOf(template),
        planned.rule().mayRead("occurredAt"),
        reads == null || reads.contains(CHANNEL));
  }

  /** What a rule reads of a tried message that could meet its condition; null where unknown. */
  private static Set<String> leftOpen(CompiledRule rule) {
    if (rule.kind() instanceof CompiledKind.Single single) {
      return single.where().leftOpen();
    }
    if (rule.kind() instanceof CompiledKind.Count count) {
      return all(
          count.where().leftOpen(),
          count.per().reads(),
          count.distinct() == null ? Set.of() : count.distinct().reads());
    }
    return rule.reads();
  }

  private static Set<String> all(Set<String> where, Set<String> per, Set<String> distinct) {
    if (where == null || per == null || distinct == null) {
      return null;
    }
    Set<String> all = new HashSet<>(where);
    all.addAll(per);
    all.addAll(distinct);
    return all;
  }

  /** The rules that a message in a channel could break. */
  public ChannelRules in(Channel channel) {
    return byChannel.get(channel);
  }

  /** How many groups of channels there are; see {@link ChannelRules#group}. */
  public int groups() {
    return groups;
  }

  /** Whether deadlines can order a pause that is not about all channels. */
  public boolean pausesChannelsAtDeadlines() {
    return pausesChannelsAtDeadlines;
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
