package io.fermata.oracle;

import io.fermata.journey.FoldSettings;
import io.fermata.journey.KeeperSettings;
import io.fermata.journey.Kept;
import io.fermata.journey.MemoryJourneys;
import io.fermata.journey.TouchpointBytes;
import io.fermata.model.Position;
import io.fermata.model.Touchpoint;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * An order in which the touchpoints of a case arrive, with duplicates, some of which say something
 * else, and with the clock settled in between.
 */
record ArrivalCase(RandomCase of, KeeperSettings settings, List<Event> events) {

  /** A touchpoint arrives, or the clock is settled. */
  record Event(Touchpoint touchpoint, long clock) {

    @Override
    public String toString() {
      return touchpoint == null
          ? "settles +" + (clock - CaseMaker.START)
          : "arrives " + touchpoint.id() + " " + touchpoint.type();
    }
  }

  static ArrivalCase of(RandomCase of) {
    Random random = new Random(of.seed());
    long lateness = random.nextInt(3) == 0 ? 5000 : KeeperSettings.ANY_LATENESS;
    List<Touchpoint> all = withDuplicates(of.touchpoints(), random);
    Collections.shuffle(all, random);
    if (lateness != KeeperSettings.ANY_LATENESS || random.nextBoolean()) {
      delay(all, random, 5000);
    }
    List<Event> events = new ArrayList<>();
    for (Touchpoint touchpoint : all) {
      events.add(new Event(touchpoint, 0));
      if (random.nextInt(4) == 0) {
        events.add(new Event(null, clockBetween(of, random)));
      }
    }
    KeeperSettings settings =
        new KeeperSettings(
            new FoldSettings(of.journeyGap(), of.journeySettle()),
            lateness,
            1 + random.nextInt(6),
            1 + random.nextInt(4));
    return new ArrivalCase(of, settings, events);
  }

  private static List<Touchpoint> withDuplicates(List<Touchpoint> touchpoints, Random random) {
    List<Touchpoint> all = new ArrayList<>(touchpoints);
    for (Touchpoint touchpoint : touchpoints) {
      if (random.nextInt(6) == 0) {
        all.add(touchpoint);
      }
      if (random.nextInt(20) == 0) {
        all.add(touchpoint.toBuilder().type("task.abandoned").topic("other").build());
      }
    }
    return all;
  }

  /** Most on time, the others at most {@code greatest} milliseconds late. */
  private static void delay(List<Touchpoint> all, Random random, int greatest) {
    Map<Touchpoint, Long> arrival = new HashMap<>();
    for (Touchpoint touchpoint : all) {
      int delay = random.nextInt(5) == 0 ? random.nextInt(greatest + 1) : 0;
      arrival.put(touchpoint, touchpoint.occurredAt() + delay);
    }
    all.sort(Comparator.comparing(arrival::get));
  }

  private static long clockBetween(RandomCase of, Random random) {
    List<Touchpoint> touchpoints = of.touchpoints();
    long time = touchpoints.get(random.nextInt(touchpoints.size())).occurredAt();
    long clock =
        random.nextInt(3) == 0 ? of.clock() - random.nextInt(3) : time + random.nextInt(1001);
    return Math.min(of.clock(), clock);
  }

  /** How the engine differs from the oracle at the end, and what it did wrong on the way. */
  List<String> differences() {
    List<Touchpoint> arrivals =
        events.stream().map(Event::touchpoint).filter(Objects::nonNull).toList();
    TouchpointBytes codec =
        (bytes, offset, length) -> arrivals.get(ByteBuffer.wrap(bytes, offset, length).getInt());
    MemoryJourneys journeys = new MemoryJourneys(of.ruleSet(), settings, codec);
    LastRecords records = new LastRecords();
    List<String> differences = new ArrayList<>();
    Set<Position> seen = new HashSet<>();
    int arrived = 0;
    try {
      for (Event event : events) {
        if (event.touchpoint() == null) {
          journeys.settle(event.clock(), records);
          continue;
        }
        Touchpoint touchpoint = event.touchpoint();
        byte[] encoded = ByteBuffer.allocate(Integer.BYTES).putInt(arrived++).array();
        Kept kept = journeys.accept(RandomCase.CUSTOMER, touchpoint, encoded, records);
        Kept.Outcome expected =
            seen.add(touchpoint.position()) ? Kept.Outcome.FOLDED : Kept.Outcome.DUPLICATE;
        if (kept.outcome() != expected) {
          differences.add(event + " is " + kept.outcome() + " instead of " + expected);
        }
      }
      journeys.settle(of.clock(), records);
    } catch (RuntimeException e) {
      differences.add("the engine threw " + e + " at " + e.getStackTrace()[0]);
    }
    differences.addAll(records.differencesTo(of.oracleViews(arrivals)));
    return differences;
  }

  List<ArrivalCase> smaller() {
    List<ArrivalCase> smaller = new ArrayList<>();
    Shrinker.parts(events).forEach(part -> smaller.add(new ArrivalCase(of, settings, part)));
    of.fewerRules().forEach(part -> smaller.add(new ArrivalCase(part, settings, events)));
    return smaller;
  }

  /** Touchpoints that no longer arrive left out. */
  @Override
  public String toString() {
    Set<Position> arriving =
        events.stream()
            .map(Event::touchpoint)
            .filter(Objects::nonNull)
            .map(Touchpoint::position)
            .collect(Collectors.toSet());
    List<Touchpoint> touchpoints =
        of.touchpoints().stream().filter(t -> arriving.contains(t.position())).toList();
    return of.with(touchpoints)
        + "\n"
        + settings
        + "\n"
        + events.stream().map(Event::toString).collect(Collectors.joining("\n"));
  }
}
