package io.fermata.journey;

import io.fermata.model.Alert;
import io.fermata.model.Change;
import io.fermata.model.Channel;
import io.fermata.model.ContactDecision;
import io.fermata.model.ContactDecision.Reason;
import io.fermata.model.ContactDecision.Verdict;
import io.fermata.model.ContactGuidance;
import io.fermata.model.Journey;
import io.fermata.model.Polarity;
import io.fermata.model.Purpose;
import io.fermata.model.SurveyResponse;
import io.fermata.model.SurveySent;
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

  /**
   * @param state is changed; not older than anything folded or settled
   */
  ContactTrial(Fold fold, FoldState state, Channel channel, long at) {
    this.fold = fold;
    this.state = state;
    this.channel = channel;
    this.at = at;
  }

  ContactDecision decide() {
    Guidance guidance = state.guidance();
    guidance.tried = true;
    fold.settleBefore(state, at, new ViewCollector());
    guidance.contacts.expire(at);
    guidance.pauses.expire(at);
    if (GuidanceContent.hasOptedOut(guidance.optedOut, channel)) {
      return decision(
          Verdict.DENY, null, List.of(new Reason(ContactDecision.OPTED_OUT, null, List.of())));
    }
    TreeSet<String> forGood = new TreeSet<>();
    long allowed = new NextAllowed(fold, state, at).in(channel, forGood);
    if (allowed == GuidanceContent.AT_ONCE) {
      return decision(Verdict.ALLOW, null, List.of());
    }
    List<Reason> reasons = reasons(forGood);
    return allowed == GuidanceContent.NO_TIME
        ? decision(Verdict.DENY, null, reasons)
        : decision(Verdict.DEFER, allowed, reasons);
  }

  private ContactDecision decision(Verdict verdict, Long until, List<Reason> reasons) {
    return new ContactDecision(state.customer(), channel, at, verdict, until, reasons);
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
    Guidance guidance = state.guidance();
    return TriedMessage.of(channel, at, guidance.timeZone, guidance.tier, guidance.segment);
  }

  /** By rule, what alerts that the message would raise or prolong have in their evidence. */
  private Map<String, List<String>> counted() {
    Touchpoint message = message();
    Map<String, List<String>> counted = new HashMap<>();
    fold.step(
        state.copy(),
        message,
        new ViewSink() {
          @Override
          public void alert(Change change, Alert alert) {
            if (alert.polarity() == Polarity.BAD && alert.evidence().contains(message.id())) {
              List<String> others = new ArrayList<>(alert.evidence());
              others.remove(message.id());
              counted.put(alert.rule(), others);
            }
          }

          @Override
          public void journey(Change change, Journey journey) {}

          @Override
          public void guidance(Change change, ContactGuidance guidance) {}

          @Override
          public void response(Change change, SurveyResponse response) {}

          @Override
          public void surveySent(Change change, SurveySent sent) {}
        });
    return counted;
  }
}
