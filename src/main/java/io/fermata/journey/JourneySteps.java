package io.fermata.journey;

import io.fermata.model.Change;
import io.fermata.model.Direction;
import io.fermata.model.Ids;
import io.fermata.model.JourneyStatus;
import io.fermata.model.Outcome;
import io.fermata.model.Polarity;
import io.fermata.model.Touchpoint;

/** Opens, continues and closes journeys. */
final class JourneySteps {

  /** Puts the touchpoint into its journey, before the rules see it. */
  Cause enter(FoldState state, Touchpoint touchpoint, ViewSink sink) {
    String subject = touchpoint.journeySubject();
    JourneyCell journey = state.journey(subject);
    if (journey == null) {
      String id = Ids.journey(state.customer(), subject, touchpoint.id());
      journey = new JourneyCell(id, touchpoint.occurredAt(), state.settings());
      state.add(null, subject, journey);
    } else if (sink.wantsBefore()) {
      sink.before(journey.view(state.customer(), subject, JourneyStatus.OPEN, null));
    }
    add(journey, touchpoint);
    return new Cause(subject, touchpoint.topic(), journey);
  }

  private static void add(JourneyCell journey, Touchpoint touchpoint) {
    journey.touchpoints++;
    journey.lastAt = touchpoint.occurredAt();
    if (touchpoint.direction() == Direction.INBOUND) {
      journey.inbound++;
    } else if (touchpoint.direction() == Direction.OUTBOUND) {
      journey.outbound++;
    }
    if (touchpoint.waitSeconds() != null) {
      journey.waitSeconds += touchpoint.waitSeconds();
    }
    if (touchpoint.handleSeconds() != null) {
      journey.handleSeconds += touchpoint.handleSeconds();
    }
    if (touchpoint.transfers() != null) {
      journey.transfers += touchpoint.transfers();
    }
    if (touchpoint.cost() != null) {
      journey.cost += touchpoint.cost();
    }
    if (touchpoint.channel() != journey.lastChannel) {
      if (journey.lastChannel != null) {
        journey.channelSwitches++;
      }
      journey.lastChannel = touchpoint.channel();
      if (!journey.channels.contains(touchpoint.channel())) {
        journey.channels.add(touchpoint.channel());
      }
    }
    if (touchpoint.outcome() != null) {
      journey.lastOutcome = touchpoint.outcome();
    }
    journey.resolved = touchpoint.outcome() == Outcome.RESOLVED;
    if ("task.completed".equals(touchpoint.type())) {
      journey.closedAs = JourneyStatus.COMPLETED;
    } else if ("task.abandoned".equals(touchpoint.type())) {
      journey.closedAs = JourneyStatus.ABANDONED;
    }
  }

  /** Publishes the journey after the rules have seen the touchpoint, and closes it if that does. */
  void leave(FoldState state, Cause cause, ViewSink sink) {
    JourneyCell journey = cause.entered();
    if (journey.closedAs != null) {
      state.remove(null, cause.subject());
      if (journey.touchpoints > 1) {
        sink.openJourneys(-1);
      }
      sink.journey(
          journey.touchpoints == 1 ? Change.RAISED : Change.ENDED,
          journey.view(state.customer(), cause.subject(), journey.closedAs, journey.lastAt));
      return;
    }
    if (journey.touchpoints == 1) {
      sink.openJourneys(1);
    }
    sink.journey(
        journey.touchpoints == 1 ? Change.RAISED : Change.CHANGED,
        journey.view(state.customer(), cause.subject(), JourneyStatus.OPEN, null));
  }

  /** Closes a journey that is settled or silent. */
  void close(FoldState state, Slot slot, ViewSink sink) {
    JourneyCell journey = (JourneyCell) slot.cell(state);
    if (sink.wantsBefore()) {
      sink.before(journey.view(state.customer(), slot.group(), JourneyStatus.OPEN, null));
    }
    state.remove(null, slot.group());
    sink.openJourneys(-1);
    sink.journey(
        Change.ENDED,
        journey.resolved
            ? journey.view(state.customer(), slot.group(), JourneyStatus.COMPLETED, journey.lastAt)
            : journey.view(state.customer(), slot.group(), JourneyStatus.LAPSED, journey.due()));
  }

  /** Counts an experience for the open journey of its cause's subject. */
  void countExperience(FoldState state, Polarity polarity, Cause cause, ViewSink sink) {
    JourneyCell journey =
        cause.entered() != null || cause.subject() == null
            ? cause.entered()
            : state.journey(cause.subject());
    if (journey == null) {
      return;
    }
    boolean atDeadline = cause.entered() == null;
    if (atDeadline && sink.wantsBefore()) {
      sink.before(journey.view(state.customer(), cause.subject(), JourneyStatus.OPEN, null));
    }
    if (polarity == Polarity.GOOD) {
      journey.good++;
    } else {
      journey.bad++;
    }
    if (atDeadline) {
      sink.journey(
          Change.CHANGED,
          journey.view(state.customer(), cause.subject(), JourneyStatus.OPEN, null));
    }
  }
}
