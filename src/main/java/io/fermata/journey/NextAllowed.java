package io.fermata.journey;

import io.fermata.model.Channel;
import io.fermata.model.Purpose;
import io.fermata.model.Touchpoint;
import io.fermata.rules.CompiledRule;
import io.fermata.rules.PlannedRule;
import io.fermata.rules.TriedMessage;
import io.fermata.rules.Zones;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Looks for the earliest time at which one more marketing message breaks nothing. Each rule in the
 * way says when it will be out of the way at the earliest, so only those moments are tried.
 */
final class NextAllowed {

  /** How long hours are tried after the last of the other moments. */
  private static final long HOURS = Duration.ofDays(7).toMillis();

  private final FoldState state;
  private final long now;
  private final Futures futures;
  private final Map<Long, Moment> moments = new HashMap<>();
  private long lookAgainAt = Cell.NEVER;
  private ZoneId zone;

  /**
   * A time that is tried: most rules see no difference between channels, of which there are many.
   */
  private final class Moment {

    private final FoldState then;
    private final long nextHour;
    private final IdentityHashMap<PlannedRule, Long> freeFrom = new IdentityHashMap<>();

    Moment(long at) {
      this.then = futures.at(at, now);
      this.nextHour = nextHour(at);
    }

    long freeFrom(PlannedRule rule, Touchpoint message) {
      Long known = freeFrom.get(rule);
      if (known != null) {
        return known;
      }
      long free = RuleSteps.freeFrom(then, rule, message);
      if (!rule.rule().mayRead("channel")) {
        freeFrom.put(rule, free);
      }
      return free;
    }
  }

  NextAllowed(Fold fold, FoldState state, long now) {
    this.state = state;
    this.now = now;
    this.futures = new Futures(fold, state);
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
    List<PlannedRule> rules = state.rules().marketing().breakableIn(channel);
    long at = now;
    long lastHour = now + HOURS;
    while (true) {
      Moment moment = moments.computeIfAbsent(at, Moment::new);
      long next = moment.then.guidance().pauses.coveredUntil(Purpose.MARKETING, channel, at);
      if (next > at) {
        lastHour = Math.max(lastHour, next + HOURS);
        at = next;
        continue;
      }
      Touchpoint message = message(channel, at);
      Set<String> forGood = null;
      for (int i = 0; i < rules.size(); i++) {
        CompiledRule rule = rules.get(i).rule();
        long free = moment.freeFrom(rules.get(i), message);
        boolean byTheHour = rule.mayRead("occurredAt");
        if (free <= at) {
          if (byTheHour && at == now) {
            lookAgainAt = Math.min(lookAgainAt, moment.nextHour);
          }
          continue;
        }
        if (free != Cell.NEVER) {
          lastHour = Math.max(lastHour, free + HOURS);
        }
        if (byTheHour) {
          free = Math.min(free, moment.nextHour);
        }
        if (free == Cell.NEVER || (byTheHour && free > lastHour)) {
          forGood = forGood == null ? new TreeSet<>() : forGood;
          forGood.add(rule.rule().id());
        }
        next = Math.max(next, free);
      }
      if (forGood != null) {
        reasons.addAll(forGood);
        return GuidanceContent.NO_TIME;
      }
      if (next == at) {
        return at == now ? GuidanceContent.AT_ONCE : at;
      }
      at = next;
    }
  }

  private Touchpoint message(Channel channel, long at) {
    Guidance guidance = state.guidance();
    return TriedMessage.of(channel, at, guidance.timeZone, guidance.tier, guidance.segment);
  }

  /** When the next hour begins where the customer is. */
  private long nextHour(long at) {
    if (zone == null) {
      zone = zoneOf(state.guidance().timeZone);
    }
    return Instant.ofEpochMilli(at)
        .atZone(zone)
        .truncatedTo(ChronoUnit.HOURS)
        .plusHours(1)
        .toInstant()
        .toEpochMilli();
  }

  private static ZoneId zoneOf(String name) {
    Optional<ZoneId> zone = name == null ? Optional.empty() : Zones.find(name);
    return zone.orElse(ZoneOffset.UTC);
  }
}
