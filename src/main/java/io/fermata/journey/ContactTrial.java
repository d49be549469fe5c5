package io.fermata.journey;

import io.fermata.model.Alert;
import io.fermata.model.Change;
import io.fermata.model.Channel;
import io.fermata.model.ContactDecision;
import io.fermata.model.ContactDecision.Reason;
import io.fermata.model.ContactDecision.Verdict;
import io.fermata.model.Polarity;
import io.fermata.model.Purpose;
import io.fermata.model.Touchpoint;
import io.fermata.rules.Breakable;
import io.fermata.rules.ChannelRules;
import io.fermata.rules.CompiledRule;
import io.fermata.rules.TriedMessage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Decides about one more marketing message at one time: the verdict is that of contact guidance;
 * the reasons are what is in its way then, with what each rule has counted.
 */
final class ContactTrial {

  private final Fold fold;
  private final FoldState state;
  private final Channel channel;
  private final long at;
  private final long earliest;
  private final Reservations reservations;

  /**
   * @param state is changed
   * @param at when the message would be sent; taken for {@code earliest} if that is later
   * @param earliest not before anything folded or settled
   * @param reservations those not used yet count as if their messages had been sent
   */
  ContactTrial(
      Fold fold,
      FoldState state,
      Channel channel,
      long at,
      long earliest,
      Reservations reservations) {
    this.fold = fold;
    this.state = state;
    this.channel = channel;
    this.at = Math.max(at, earliest);
    this.earliest = earliest;
    this.reservations = reservations;
  }

  ContactDecision decide() {
    Guidance guidance = state.guidance();
    guidance.tried = true;
    sendWhatIsReservedUntilThen();
    bringTo(state, at);
    if (GuidanceContent.hasOptedOut(guidance.optedOut, channel)) {
      return decision(
          Verdict.DENY, null, List.of(new Reason(ContactDecision.OPTED_OUT, null, List.of())));
    }
    TreeSet<String> forGood = new TreeSet<>();
    long allowed = new NextAllowed(fold, state, at).in(channel, forGood);
    if (allowed == GuidanceContent.AT_ONCE) {
      Reservation spoilt = spoilt();
      return spoilt == null ? decision(Verdict.ALLOW, null, List.of()) : after(spoilt);
    }
    List<Reason> reasons = reasons(forGood);
    return allowed == GuidanceContent.NO_TIME
        ? decision(Verdict.DENY, null, reasons)
        : decision(Verdict.DEFER, allowed, reasons);
  }

  private void sendWhatIsReservedUntilThen() {
    for (Reservation each : reservations.open()) {
      if (each.at() <= at) {
        send(state, message(each.channel(), Math.max(each.at(), earliest)), each);
      }
    }
  }

  private void send(FoldState to, Touchpoint message, Reservation reservation) {
    String id = Reservation.countedAs(reservation.requestId());
    fold.step(to, message.toBuilder().id(id).build(), Unseen.ALL);
  }

  /** The first permission for later that the message would take away, or null. */
  private Reservation spoilt() {
    List<Reservation> later = reservations.open().stream().filter(each -> each.at() > at).toList();
    if (later.isEmpty()) {
      return null;
    }
    FoldState with = state.copy();
    fold.step(with, message(), Unseen.ALL);
    FoldState without = state.copy();
    for (Reservation each : later) {
      if (isFree(without, each) && !isFree(with, each)) {
        return each;
      }
      send(without, message(each.channel(), each.at()), each);
      send(with, message(each.channel(), each.at()), each);
    }
    return null;
  }

  private boolean isFree(FoldState then, Reservation reservation) {
    bringTo(then, reservation.at());
    return new NextAllowed(fold, then, reservation.at()).in(reservation.channel(), new TreeSet<>())
        == GuidanceContent.AT_ONCE;
  }

  private void bringTo(FoldState then, long time) {
    Guidance guidance = then.guidance();
    guidance.tried = true;
    fold.settleBefore(then, time, Unseen.ALL);
    guidance.contacts.expire(time);
    guidance.pauses.expire(time);
  }

  private ContactDecision decision(Verdict verdict, Long until, List<Reason> reasons) {
    return new ContactDecision(state.customer(), channel, at, verdict, until, reasons);
  }

  private ContactDecision after(Reservation spoilt) {
    String counted = Reservation.countedAs(spoilt.requestId());
    return decision(
        Verdict.DEFER,
        spoilt.at() + 1,
        List.of(new Reason(ContactDecision.RESERVED, null, List.of(counted))));
  }

  private List<Reason> reasons(Set<String> forGood) {
    TreeMap<String, Reason> reasons = new TreeMap<>();
    for (String id : forGood) {
      reasons.put(id, new Reason(id, versions().get(id), List.of()));
    }
    if (state.guidance().pauses.coveredUntil(Purpose.MARKETING, channel, at) > at) {
      List<String> pauses = new ArrayList<>();
      state.guidance().pauses.addReasons(pauses);
      pauses.forEach(id -> reasons.put(id, new Reason(id, versions().get(id), List.of())));
    }
    Map<String, List<String>> counted = counted();
    ChannelRules rules = state.rules().marketing().in(channel);
    for (List<Breakable> some : List.of(rules.shared(), rules.own())) {
      for (Breakable rule : some) {
        if (RuleSteps.freeFrom(state, rule, message(), at) > at) {
          String id = rule.rule().rule().id();
          reasons.put(
              id,
              new Reason(id, rule.rule().rule().version(), counted.getOrDefault(id, List.of())));
        }
      }
    }
    return List.copyOf(reasons.values());
  }

  private Map<String, String> versions() {
    Map<String, String> versions = new HashMap<>();
    for (CompiledRule rule : state.rules().rules()) {
      versions.put(rule.rule().id(), rule.rule().version());
    }
    return versions;
  }

  private Touchpoint message() {
    return message(channel, at);
  }

  private Touchpoint message(Channel in, long when) {
    Guidance guidance = state.guidance();
    return TriedMessage.of(in, when, guidance.timeZone, guidance.tier, guidance.segment);
  }

  /** By rule, what alerts that the message would raise or prolong have in their evidence. */
  private Map<String, List<String>> counted() {
    Touchpoint message = message();
    Map<String, List<String>> counted = new HashMap<>();
    fold.step(
        state.copy(),
        message,
        new Unseen() {
          @Override
          public void alert(Change change, Alert alert) {
            if (alert.polarity() == Polarity.BAD && alert.evidence().contains(message.id())) {
              List<String> others = new ArrayList<>(alert.evidence());
              others.remove(message.id());
              counted.put(alert.rule(), others);
            }
          }
        });
    return counted;
  }
}
