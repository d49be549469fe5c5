package io.fermata.journey;

import io.fermata.model.Alert;
import io.fermata.model.Change;
import io.fermata.model.Channel;
import io.fermata.model.Outcome;
import io.fermata.model.Polarity;
import io.fermata.model.Severity;
import io.fermata.model.Touchpoint;
import io.fermata.rules.CompiledRule;
import io.fermata.rules.TriedMessage;
import java.util.List;
import java.util.TreeSet;

/** Keeps a customer's contact guidance. */
final class GuidanceSteps {

  private final Fold fold;

  GuidanceSteps(Fold fold) {
    this.fold = fold;
  }

  /** Takes a touchpoint in, before the rules see it. */
  void enter(FoldState state, Touchpoint touchpoint) {
    Guidance guidance = state.guidance();
    guidance.learn(touchpoint);
    if (Contacts.isOne(touchpoint)) {
      guidance.contacts.expire(touchpoint.occurredAt());
      guidance.contacts.add(touchpoint);
      guidance.countAgain = true;
      if (TriedMessage.isLike(touchpoint)) {
        guidance.ignoredInARow++;
      }
    }
    if (Responses.isOne(touchpoint)) {
      guidance.responses.expire(touchpoint.occurredAt());
      guidance.responses.add(touchpoint);
      guidance.ignoredInARow = 0;
      guidance.countAgain = true;
    }
    switch (touchpoint.type()) {
      case "consent.withdrawn", "message.complained" ->
          optOut(guidance, guidance.optedOut | 1 << touchpoint.channel().ordinal());
      case "consent.given" ->
          optOut(guidance, guidance.optedOut & ~(1 << touchpoint.channel().ordinal()));
      case "complaint.resolved", "apology.given" ->
          guidance.searchAgain |= guidance.pauses.makeGood();
      case "contact.ended" -> {
        if (touchpoint.outcome() == Outcome.RESOLVED) {
          guidance.searchAgain |= guidance.pauses.makeGood(touchpoint.topic());
        }
      }
      default -> {}
    }
  }

  private static void optOut(Guidance guidance, int optedOut) {
    guidance.searchAgain |= optedOut != guidance.optedOut;
    guidance.optedOut = optedOut;
  }

  /** A rule has raised: that may order a pause. */
  void raised(FoldState state, CompiledRule rule, Alert alert, Cause cause) {
    Guidance guidance = state.guidance();
    guidance.raised = true;
    if (rule.rule().pause() != null) {
      guidance.pauses.order(rule, alert.channel(), alert.at());
      guidance.searchAgain = true;
    }
    if (!rule.onExperiences()
        && alert.polarity() == Polarity.BAD
        && alert.severity().compareTo(Severity.HIGH) >= 0) {
      guidance.pauses.wrong(cause.topic(), alert.at());
      guidance.searchAgain = true;
    }
  }

  /** Publishes what the guidance is after a touchpoint, if that is something else. */
  void leave(FoldState state, long now, ViewSink sink) {
    if (!sink.wantsGuidance()) {
      return;
    }
    Guidance guidance = state.guidance();
    guidance.raised = false;
    boolean search = guidance.searchAgain || now >= guidance.freshUntil;
    if (!search && !guidance.countAgain && now < guidance.countsChangeAt()) {
      return;
    }
    guidance.searchAgain = false;
    guidance.countAgain = false;
    guidance.contacts.expire(now);
    guidance.responses.expire(now);
    GuidanceContent old = guidance.content;
    GuidanceContent content = search ? search(state, now) : guidance.recount();
    if (old != null && old.says(content)) {
      return;
    }
    if (old != null && sink.wantsBefore()) {
      sink.before(state.guidanceView());
    }
    sink.pause(old == null ? null : old.pauseUntil(), content.pauseUntil());
    guidance.content = content;
    guidance.at = now;
    sink.guidance(
        old == null ? Change.RAISED : Change.CHANGED, content.view(state.customer(), now));
  }

  /** Publishes what the guidance is after a deadline, if a rule has raised at it. */
  void leaveDeadline(FoldState state, long now, ViewSink sink) {
    if (state.guidance().raised && !state.guidance().tried) {
      leave(state, now, sink);
    }
  }

  private GuidanceContent search(FoldState state, long now) {
    Guidance guidance = state.guidance();
    guidance.pauses.expire(now);
    TreeSet<String> reasons = new TreeSet<>();
    guidance.pauses.addReasons(reasons);
    guidance.freshUntil = guidance.pauses.nextEnd();
    NextAllowed search = new NextAllowed(fold, state, now);
    long[] allowed = new long[GuidanceContent.CHANNELS.size()];
    for (int i = 0; i < allowed.length; i++) {
      Channel channel = GuidanceContent.CHANNELS.get(i);
      if (GuidanceContent.hasOptedOut(guidance.optedOut, channel)) {
        allowed[i] = GuidanceContent.NO_TIME;
        continue;
      }
      allowed[i] = search.in(channel, reasons);
      if (allowed[i] != GuidanceContent.AT_ONCE) {
        guidance.freshUntil = Math.min(guidance.freshUntil, allowed[i]);
      }
    }
    guidance.freshUntil = Math.min(guidance.freshUntil, search.lookAgainAt());
    return new GuidanceContent(
        guidance.contacts.counts(),
        allowed,
        guidance.pauses.until(),
        reasons.isEmpty() ? List.of() : List.copyOf(reasons),
        guidance.ignoredInARow,
        guidance.responses.preferred(),
        guidance.optedOut);
  }
}
