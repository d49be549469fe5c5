package io.fermata.journey;

import io.fermata.model.Channel;
import io.fermata.model.Purpose;
import io.fermata.model.Touchpoint;
import io.fermata.rules.Breakable;
import io.fermata.rules.ChannelRules;
import io.fermata.rules.CompiledRule;
import io.fermata.rules.MarketingRules;
import io.fermata.rules.TriedMessage;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Looks for the earliest time at which one more marketing message breaks nothing. Each rule in the
 * way says when it will be out of the way at the earliest, so only those moments are tried; and
 * channels that nothing tells apart share one search.
 */
final class NextAllowed {

  /** How long hours are tried after the last of the other moments. */
  private static final long HOURS = Duration.ofDays(7).toMillis();

  private final FoldState state;
  private final MarketingRules rules;
  private final long now;
  private final Futures futures;
  private final Hours hours;

  /** Whether a deadline may order a pause that tells channels apart. */
  private final boolean channelsMayPart;

  /** By group of channels: what holds for those that nothing tells apart. Null where unknown. */
  private final Long[] answers;

  private long lookAgainAt = Cell.NEVER;

  /** The rule that was asked about last, and its groups. */
  private CompiledRule asked;

  private List<String> groups;

  NextAllowed(Fold fold, FoldState state, long now) {
    this.state = state;
    this.rules = state.rules().marketing();
    this.now = now;
    this.futures = new Futures(fold, state);
    this.hours = new Hours(state.guidance().timeZone);
    this.channelsMayPart = rules.pausesChannelsAtDeadlines() && futures.mayPause();
    this.answers = new Long[rules.groups()];
  }

  /** From when on what is allowed at once may no longer be, with nothing having happened. */
  long lookAgainAt() {
    return lookAgainAt;
  }

  /**
   * The earliest time in a channel: {@link GuidanceContent#AT_ONCE}, a time after now, or {@link
   * GuidanceContent#NO_TIME}.
   *
   * @param reasons gets the rules in the way of every time
   */
  long in(Channel channel, Set<String> reasons) {
    ChannelRules of = rules.in(channel);
    if (isTreatedApart(of)) {
      return search(of, true, reasons);
    }
    if (answers[of.group()] == null) {
      answers[of.group()] = search(of, false, reasons);
    }
    return answers[of.group()];
  }

  private boolean isTreatedApart(ChannelRules of) {
    if (channelsMayPart || state.guidance().pauses.tellApart(of.channel())) {
      return true;
    }
    for (int i = 0; i < of.own().size(); i++) {
      Breakable own = of.own().get(i);
      if (!own.isSteady() || (mayRemember(own) && isInTheWay(own))) {
        return true;
      }
    }
    return false;
  }

  /** Whether a steady rule may be in the way at all: it may have a cell, or need none. */
  private boolean mayRemember(Breakable own) {
    return !RuleSteps.isFreeWithoutCell(own.rule())
        || (state.mayHold(own.rule()) && groupsOf(own.rule()).contains(own.group()));
  }

  /** What is not in the way now will not be later if nothing comes. */
  private boolean isInTheWay(Breakable steady) {
    return RuleSteps.freeFrom(state, steady, steady.template(), now) > now;
  }

  private List<String> groupsOf(CompiledRule rule) {
    if (rule != asked) {
      asked = rule;
      groups = state.groupsOf(rule);
    }
    return groups;
  }

  private long search(ChannelRules of, boolean own, Set<String> reasons) {
    long at = now;
    long lastHour = now + HOURS;
    boolean first = true;
    while (true) {
      FoldState then = futures.at(at, now);
      long paused = then.guidance().pauses.coveredUntil(Purpose.MARKETING, of.channel(), at);
      if (paused > at) {
        lastHour = Math.max(lastHour, paused + HOURS);
        at = paused;
        continue;
      }
      Trial trial = new Trial(of.channel(), then, at, lastHour, first);
      first = false;
      trial.meet(of.shared());
      if (own) {
        trial.meet(of.own());
      }
      if (trial.forGood != null) {
        reasons.addAll(trial.forGood);
        return GuidanceContent.NO_TIME;
      }
      if (trial.next == at) {
        return at == now ? GuidanceContent.AT_ONCE : at;
      }
      at = trial.next;
      lastHour = trial.lastHour;
    }
  }

  /**
   * A message tried at one time in one channel. A steady rule says at the first for how long it is
   * in the way, and is not asked again.
   */
  private final class Trial {

    private final Channel channel;
    private final FoldState then;
    private final long at;
    private final boolean first;
    private Touchpoint message;
    private long lastHour;

    /** The earliest time at which none of the rules met so far may be in the way. */
    private long next;

    /** Ids of the rules in the way of every time; null where there are none. */
    private Set<String> forGood;

    Trial(Channel channel, FoldState then, long at, long lastHour, boolean first) {
      this.first = first;
      this.channel = channel;
      this.then = then;
      this.at = at;
      this.next = at;
      this.lastHour = lastHour;
    }

    void meet(List<Breakable> rules) {
      for (int i = 0; i < rules.size(); i++) {
        if (first || !rules.get(i).isSteady()) {
          meet(rules.get(i));
        }
      }
    }

    private void meet(Breakable rule) {
      Touchpoint tried = rule.template() != null ? rule.template() : message();
      long free = RuleSteps.freeFrom(then, rule, tried, at);
      if (free <= at) {
        if (rule.byTheHour() && at == now) {
          lookAgainAt = Math.min(lookAgainAt, hours.after(at));
        }
        return;
      }
      if (free != Cell.NEVER) {
        lastHour = Math.max(lastHour, free + HOURS);
      }
      if (rule.byTheHour()) {
        free = Math.min(free, hours.after(at));
      }
      if (free == Cell.NEVER || (rule.byTheHour() && free > lastHour)) {
        forGood = forGood == null ? new TreeSet<>() : forGood;
        forGood.add(rule.rule().rule().id());
      }
      next = Math.max(next, free);
    }

    private Touchpoint message() {
      if (message == null) {
        Guidance guidance = state.guidance();
        message = TriedMessage.of(channel, at, guidance.timeZone, guidance.tier, guidance.segment);
      }
      return message;
    }
  }
}
