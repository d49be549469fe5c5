package io.fermata.oracle;

import io.fermata.model.Channel;
import io.fermata.model.Direction;
import io.fermata.model.Ids;
import io.fermata.model.Journey;
import io.fermata.model.JourneyStatus;
import io.fermata.model.Outcome;
import io.fermata.model.Polarity;
import io.fermata.model.Touchpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Cuts each subject's touchpoints into journeys and adds them up. */
final class JourneyReading {

  private final long gap;
  private final long settle;
  private final long clock;

  JourneyReading(long gap, long settle, long clock) {
    this.gap = gap;
    this.settle = settle;
    this.clock = clock;
  }

  List<Journey> journeys(String customer, List<Item> items, List<Raise> raises) {
    Map<String, List<Touchpoint>> bySubject = new TreeMap<>();
    for (Item item : items) {
      Touchpoint touchpoint = item.touchpoint();
      bySubject
          .computeIfAbsent(touchpoint.journeySubject(), ignored -> new ArrayList<>())
          .add(touchpoint);
    }
    List<Journey> journeys = new ArrayList<>();
    bySubject.forEach(
        (subject, touchpoints) -> {
          for (List<Touchpoint> journey : cut(touchpoints)) {
            journeys.add(read(customer, subject, journey, raises));
          }
        });
    return journeys;
  }

  private List<List<Touchpoint>> cut(List<Touchpoint> touchpoints) {
    List<List<Touchpoint>> journeys = new ArrayList<>();
    Touchpoint previous = null;
    for (Touchpoint touchpoint : touchpoints) {
      if (previous == null || statusAt(previous, touchpoint.occurredAt()) != JourneyStatus.OPEN) {
        journeys.add(new ArrayList<>());
      }
      journeys.get(journeys.size() - 1).add(touchpoint);
      previous = touchpoint;
    }
    return journeys;
  }

  /** How a journey stands at a time when {@code last} is its last touchpoint until then. */
  private JourneyStatus statusAt(Touchpoint last, long time) {
    long silence = time - last.occurredAt();
    if (last.type().equals("task.completed")) {
      return JourneyStatus.COMPLETED;
    }
    if (last.type().equals("task.abandoned")) {
      return JourneyStatus.ABANDONED;
    }
    if (last.outcome() == Outcome.RESOLVED && settle <= gap && silence > settle) {
      return JourneyStatus.COMPLETED;
    }
    return silence > gap ? JourneyStatus.LAPSED : JourneyStatus.OPEN;
  }

  private Journey read(
      String customer, String subject, List<Touchpoint> journey, List<Raise> raises) {
    Touchpoint first = journey.get(0);
    Touchpoint last = journey.get(journey.size() - 1);
    // A later touchpoint of the subject outside the journey shows that it had ended by then, and
    // the clock is later still.
    JourneyStatus status = statusAt(last, clock);
    Long closedAt =
        switch (status) {
          case COMPLETED, ABANDONED -> (Long) last.occurredAt();
          case LAPSED -> (Long) (last.occurredAt() + gap);
          default -> null;
        };
    int switches = 0;
    List<Channel> channels = new ArrayList<>();
    Outcome lastOutcome = null;
    for (int i = 0; i < journey.size(); i++) {
      Touchpoint touchpoint = journey.get(i);
      if (i > 0 && journey.get(i - 1).channel() != touchpoint.channel()) {
        switches++;
      }
      if (!channels.contains(touchpoint.channel())) {
        channels.add(touchpoint.channel());
      }
      if (touchpoint.outcome() != null) {
        lastOutcome = touchpoint.outcome();
      }
    }
    int inbound = directed(journey, Direction.INBOUND);
    int transfers = journey.stream().mapToInt(t -> orZero(t.transfers())).sum();
    long wait = journey.stream().mapToLong(t -> orZero(t.waitSeconds())).sum();
    double cost = 0;
    for (Touchpoint touchpoint : journey) {
      cost += touchpoint.cost() == null ? 0 : touchpoint.cost();
    }
    return new Journey(
        Ids.journey(customer, subject, first.id()),
        customer,
        subject,
        status,
        first.occurredAt(),
        last.occurredAt(),
        closedAt,
        channels,
        journey.size(),
        inbound,
        directed(journey, Direction.OUTBOUND),
        wait,
        journey.stream().mapToLong(t -> orZero(t.handleSeconds())).sum(),
        switches,
        transfers,
        raised(journey, raises, Polarity.BAD),
        raised(journey, raises, Polarity.GOOD),
        Math.min(7, 1 + Math.max(0, inbound - 1) + switches + transfers + wait / 300.0),
        cost,
        lastOutcome);
  }

  /** How many experiences of a polarity were raised for the journey. */
  private int raised(List<Touchpoint> journey, List<Raise> raises, Polarity polarity) {
    return (int)
        raises.stream()
            .filter(raise -> raise.rule().rule().polarity() == polarity)
            .filter(
                raise ->
                    raise.place().due()
                        ? isOpenFor(journey, raise)
                        : journey.contains(raise.anchor().touchpoint()))
            .count();
  }

  /** Whether a journey is the one that is open for the subject of the cause when a raise is due. */
  private boolean isOpenFor(List<Touchpoint> journey, Raise raise) {
    Touchpoint last = null;
    for (Touchpoint touchpoint : journey) {
      if (touchpoint.occurredAt() <= raise.at()) {
        last = touchpoint;
      }
    }
    return last != null
        && last.journeySubject().equals(raise.anchor().touchpoint().journeySubject())
        && statusAt(last, raise.at()) == JourneyStatus.OPEN;
  }

  private static int directed(List<Touchpoint> journey, Direction direction) {
    return (int) journey.stream().filter(t -> t.direction() == direction).count();
  }

  private static int orZero(Integer number) {
    return number == null ? 0 : number;
  }
}
