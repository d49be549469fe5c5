package io.fermata.oracle;

import io.fermata.journey.FoldSettings;
import io.fermata.journey.KeeperSettings;
import io.fermata.model.Position;
import io.fermata.model.Touchpoint;
import io.fermata.topology.ClockSettings;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Many customers under the rules of one {@link RandomCase}, and all that happens to a pipeline:
 * touchpoints in some order of arrival with duplicates, records that are none, the wall clock going
 * on, ticks.
 *
 * @param end what the clock has come to at last; no touchpoint is later
 */
record PipelineCase(
    RandomCase of,
    KeeperSettings keeper,
    ClockSettings clock,
    long wallClock,
    long end,
    List<Event> events) {

  /** Something that happens. */
  sealed interface Event {

    /** A touchpoint of a customer arrives. */
    record Arrival(String customer, Touchpoint touchpoint) implements Event {
      @Override
      public String toString() {
        return customer
            + ": "
            + touchpoint.id()
            + " "
            + touchpoint.type()
            + after(touchpoint.occurredAt());
      }
    }

    /** Bytes arrive that are no touchpoint, here as hexadecimal text; null is one case. */
    record Garbage(String hex) implements Event {
      byte[] bytes() {
        return hex == null ? null : HexFormat.of().parseHex(hex);
      }

      @Override
      public String toString() {
        return "garbage " + hex;
      }
    }

    /** The wall clock goes on. */
    record Pause(long millis) implements Event {
      @Override
      public String toString() {
        return "the wall clock goes on by " + millis;
      }
    }

    /** A tick comes. */
    record Tick(long at) implements Event {
      @Override
      public String toString() {
        return "tick" + after(at);
      }
    }

    private static String after(long time) {
      return " +" + (time - CaseMaker.START);
    }
  }

  private static final String[] KINDS = {"customer", "cookie", "call", "tattoo"};
  private static final int GREATEST_DELAY = 5000;
  private static final long SETTLE = 700;

  static PipelineCase of(long seed) {
    Random random = new Random(seed);
    RandomCase of = RandomCase.of(seed);
    List<Event.Arrival> arrivals = arrivals(of, random);
    long last = arrivals.stream().mapToLong(a -> a.touchpoint().occurredAt()).max().orElseThrow();
    long end = random.nextBoolean() ? Math.max(last, of.clock()) : last + random.nextInt(20_000);
    long lateness = random.nextInt(3) == 0 ? GREATEST_DELAY : KeeperSettings.ANY_LATENESS;
    Collections.shuffle(arrivals, random);
    if (lateness != KeeperSettings.ANY_LATENESS || random.nextBoolean()) {
      delay(arrivals, random);
    }
    boolean live = random.nextBoolean();
    long wallClock = CaseMaker.START - random.nextInt(5000);
    return new PipelineCase(
        of,
        new KeeperSettings(
            new FoldSettings(of.journeyGap(), of.journeySettle()),
            lateness,
            1 + random.nextInt(6),
            1 + random.nextInt(4)),
        live ? new ClockSettings(true, SETTLE, Long.MAX_VALUE / 4) : ClockSettings.REPLAY,
        wallClock,
        end,
        events(arrivals, wallClock, end, random));
  }

  private static List<Event.Arrival> arrivals(RandomCase of, Random random) {
    List<Event.Arrival> arrivals = new ArrayList<>();
    int customers = 2 + random.nextInt(11);
    for (int i = 0; i < customers; i++) {
      String kind = KINDS[random.nextInt(KINDS.length)];
      String value = "C-" + i;
      for (Touchpoint touchpoint : touchpoints(of, i, random)) {
        Touchpoint theirs = touchpoint.toBuilder().identifier(kind, value).build();
        arrivals.add(new Event.Arrival(kind + ":" + value, theirs));
        if (random.nextInt(6) == 0) {
          arrivals.add(new Event.Arrival(kind + ":" + value, theirs));
        }
        if (random.nextInt(20) == 0) {
          Touchpoint other = theirs.toBuilder().type("task.abandoned").topic("other").build();
          arrivals.add(new Event.Arrival(kind + ":" + value, other));
        }
      }
    }
    return arrivals;
  }

  /** Those of the case itself, some of them, or those of another case. */
  private static List<Touchpoint> touchpoints(RandomCase of, int customer, Random random) {
    if (customer == 0) {
      return of.touchpoints();
    }
    if (random.nextInt(3) == 0) {
      return RandomCase.of(of.seed() + 1_000_003L * customer).touchpoints();
    }
    return of.touchpoints().stream().filter(touchpoint -> random.nextInt(4) > 0).toList();
  }

  /** Most on time, the others late, but not too late. */
  private static void delay(List<Event.Arrival> arrivals, Random random) {
    Map<Event.Arrival, Long> times = new HashMap<>();
    for (Event.Arrival arrival : arrivals) {
      int delay = random.nextInt(5) == 0 ? random.nextInt(GREATEST_DELAY + 1) : 0;
      times.put(arrival, arrival.touchpoint().occurredAt() + delay);
    }
    arrivals.sort(Comparator.comparing(times::get));
  }

  private static List<Event> events(
      List<Event.Arrival> arrivals, long wallClock, long end, Random random) {
    List<Event> events = new ArrayList<>();
    long wall = wallClock;
    for (Event.Arrival arrival : arrivals) {
      events.add(arrival);
      if (random.nextInt(4) == 0) {
        // Not beyond the end: views are compared as they are then.
        long pause = Math.min(random.nextInt(3000), end + SETTLE - wall);
        wall += pause;
        events.add(new Event.Pause(pause));
      }
      if (random.nextInt(15) == 0) {
        long at = arrival.touchpoint().occurredAt() + random.nextInt(2001);
        events.add(new Event.Tick(Math.min(end, at)));
      }
      if (random.nextInt(15) == 0) {
        events.add(new Event.Garbage(garbage(random)));
      }
    }
    return events;
  }

  private static String garbage(Random random) {
    if (random.nextInt(4) == 0) {
      return null;
    }
    byte[] bytes = new byte[random.nextInt(20)];
    random.nextBytes(bytes);
    if (bytes.length > 0) {
      bytes[0] = 1; // no magic byte
    }
    return HexFormat.of().formatHex(bytes);
  }

  /** The touchpoints of each customer, in order of arrival. */
  Map<String, List<Touchpoint>> arrivals() {
    Map<String, List<Touchpoint>> arrivals = new TreeMap<>();
    for (Event event : events) {
      if (event instanceof Event.Arrival arrival) {
        arrivals
            .computeIfAbsent(arrival.customer(), customer -> new ArrayList<>())
            .add(arrival.touchpoint());
      }
    }
    return arrivals;
  }

  long garbage() {
    return events.stream().filter(Event.Garbage.class::isInstance).count();
  }

  /** How many touchpoints there are, duplicates not counted. */
  long distinct() {
    long distinct = 0;
    for (List<Touchpoint> theirs : arrivals().values()) {
      distinct += theirs.stream().map(Touchpoint::position).distinct().count();
    }
    return distinct;
  }

  /** The oracle's views of all customers. */
  OracleViews oracleViews() {
    List<OracleRule> rules = new ArrayList<>();
    of.rules().forEach(rule -> rules.add(new OracleRule(rule, Vocabulary::valueOf)));
    OracleViews all = new OracleViews(new HashMap<>(), new HashMap<>(), new HashMap<>());
    arrivals()
        .forEach(
            (customer, theirs) -> {
              OracleViews views =
                  Oracle.views(rules, customer, theirs, end, of.journeyGap(), of.journeySettle());
              all.alerts().putAll(views.alerts());
              all.journeys().putAll(views.journeys());
              all.guidance().putAll(views.guidance());
            });
    return all;
  }

  List<PipelineCase> smaller() {
    List<PipelineCase> smaller = new ArrayList<>();
    Shrinker.parts(events)
        .forEach(part -> smaller.add(new PipelineCase(of, keeper, clock, wallClock, end, part)));
    of.fewerRules()
        .forEach(
            part -> smaller.add(new PipelineCase(part, keeper, clock, wallClock, end, events)));
    return smaller;
  }

  @Override
  public String toString() {
    Set<Position> arriving =
        arrivals().values().stream()
            .flatMap(List::stream)
            .map(Touchpoint::position)
            .collect(Collectors.toCollection(HashSet::new));
    List<Touchpoint> touchpoints =
        of.touchpoints().stream().filter(t -> arriving.contains(t.position())).toList();
    return of.with(touchpoints)
        + "\n%s\n%s, wall clock from +%d, end +%d\n"
            .formatted(keeper, clock, wallClock - CaseMaker.START, end - CaseMaker.START)
        + events.stream().map(Objects::toString).collect(Collectors.joining("\n"));
  }
}
