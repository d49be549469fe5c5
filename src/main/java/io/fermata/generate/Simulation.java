package io.fermata.generate;

import static io.fermata.generate.Units.MINUTE;
import static io.fermata.generate.Units.SECOND;

import io.fermata.model.Channel;
import io.fermata.model.Direction;
import io.fermata.model.Touchpoint;
import io.fermata.model.TouchpointBuilder;
import java.util.PriorityQueue;
import java.util.function.Consumer;

/**
 * The simulated world: customers with a queue of steps each, merged by time. Memory grows with the
 * number of customers, not with time. Customers don't influence each other.
 */
final class Simulation {

  /** 2^40 ids before one comes back. */
  private static final long ID_MASK = (1L << 40) - 1;

  private static final long ID_STRIDE = 0x9E3779B97FL;

  private final long end;
  private final double surveys;
  private final PillarMeter meter;
  private final Identities identities;
  private final long idOffset;
  private final PriorityQueue<Customer> agenda;

  private final Surveys surveyLane;
  private final Needs needs;
  private final Orders orders;
  private final Browsing browsing;

  private long now;
  private long published;
  private Touchpoint occurred;
  private String lastId;

  /**
   * @param meter says how customers stand with each pillar when they answer, or null for what they
   *     remember
   */
  Simulation(GeneratorSettings settings, Consumer<Incident> truth, PillarMeter meter) {
    this.meter = meter;
    long seed = settings.seed();
    long start = settings.start().toEpochMilli();
    end = settings.end() == null ? Long.MAX_VALUE : settings.end().toEpochMilli();
    surveys = settings.surveys();
    identities = new Identities(seed);
    idOffset = Dice.hash(seed, 0x1D);
    now = start;

    ZoneClock[] zones = new ZoneClock[Rates.ZONES.length];
    for (int i = 0; i < zones.length; i++) {
      zones[i] = new ZoneClock(Rates.ZONES[i]);
    }
    ZoneClock brandClock = new ZoneClock(Rates.BRAND_ZONE);
    Brand[] brands = new Brand[settings.industries().size()];
    for (int i = 0; i < brands.length; i++) {
      brands[i] = new Brand(settings.industries().get(i), seed, settings.customers(), brandClock);
    }

    surveyLane = new Surveys(this);
    needs = new Needs(this, new Incidents(this, truth), settings.incidents());
    orders = new Orders(this);
    browsing = new Browsing(this);
    Marketing marketing = new Marketing(this);
    Calendar calendar = new Calendar(this);

    agenda =
        new PriorityQueue<>(
            settings.customers(),
            (a, b) -> {
              int byTime = Long.compare(a.nextAt(), b.nextAt());
              return byTime != 0 ? byTime : Integer.compare(a.index, b.index);
            });
    for (int i = 0; i < settings.customers(); i++) {
      Dice dice = new Dice(seed, i);
      // From a stream of its own: asking for visitors must not change what happens.
      boolean visitor = Dice.unit(Dice.hash(~seed, i)) < settings.anonymous();
      Persona persona = Persona.draw(dice, zones, visitor);
      Customer customer = new Customer(i, brands[i % brands.length], persona, dice, start);
      needs.begin(customer);
      marketing.begin(customer);
      browsing.begin(customer);
      calendar.begin(customer);
      agenda.add(customer);
    }
  }

  /** The next touchpoint in order of time, or null when the end has come. */
  Touchpoint next() {
    occurred = null;
    while (occurred == null) {
      Customer customer = agenda.peek();
      long at = customer.nextAt();
      if (at >= end) {
        return null;
      }
      agenda.remove();
      Runnable action = customer.takeNext();
      if (at <= customer.lastAt) {
        // No two touchpoints of a customer at the same time, so that their order needs no ids.
        customer.schedule(customer.lastAt + 1, action);
      } else {
        now = at;
        action.run();
      }
      agenda.add(customer);
    }
    return occurred;
  }

  long now() {
    return now;
  }

  /** Whether a moment lies before the end of the simulation. */
  boolean reaches(long at) {
    return at < end;
  }

  void at(Customer c, long at, Runnable action) {
    c.schedule(Math.max(at, now), action);
  }

  void in(Customer c, long delay, Runnable action) {
    c.schedule(now + delay, action);
  }

  /** The first moment from {@code earliest} on at which the customer is up and doing something. */
  long awake(Customer c, long earliest) {
    ZoneClock zone = c.persona.zone();
    long at = earliest;
    while (!c.dice.chance(c.persona.activity(zone.hour(at), zone.weekday(at)))) {
      at += c.dice.between(15 * MINUTE, 90 * MINUTE);
    }
    return at;
  }

  /** A touchpoint that occurs now; to be finished and given to {@link #publish}. */
  TouchpointBuilder touch(Customer c, String type, Channel channel, Direction direction) {
    return touch(c, type, channel, direction, false);
  }

  /** As {@link #touch}, for one that always tells who the customer is. */
  TouchpointBuilder touchIdentified(Customer c, String type, Channel channel, Direction direction) {
    return touch(c, type, channel, direction, true);
  }

  private TouchpointBuilder touch(
      Customer c, String type, Channel channel, Direction direction, boolean identified) {
    c.lastAt = now;
    lastId = nextId();
    return Touchpoint.builder()
        .id(lastId)
        .occurredAt(now)
        .identifiers(identities.of(c, type, channel, direction, identified))
        .type(type)
        .channel(channel)
        .direction(direction)
        .customerTier(c.persona.tier())
        .segment(c.persona.segment())
        .timeZone(c.persona.zone().zone())
        .attributes(
            direction == Direction.SELF ? c.brand.selfAttributes(c) : c.brand.contactAttributes());
  }

  /** Makes the touchpoint happen and returns its id. A step publishes at most one. */
  String publish(TouchpointBuilder touchpoint) {
    if (occurred != null) {
      throw new IllegalStateException("a second touchpoint in the step that made " + occurred);
    }
    occurred = touchpoint.build();
    if (meter != null) {
      meter.occurred(occurred);
    }
    return lastId;
  }

  /** Surveys that follow contacts and deliveries, as far as they are asked for. */
  Surveys surveys() {
    return surveyLane;
  }

  /** Null where answers follow what customers remember. */
  PillarMeter meter() {
    return meter;
  }

  double surveyShare() {
    return surveys;
  }

  Needs needs() {
    return needs;
  }

  Orders orders() {
    return orders;
  }

  Browsing browsing() {
    return browsing;
  }

  /** Where the customer does things alone. */
  static Channel alone(Customer c) {
    return c.persona.usesApp() ? Channel.IN_APP : Channel.WEB;
  }

  /** A few seconds, as between two clicks. */
  static long moment(Dice dice) {
    return dice.between(8 * SECOND, 150 * SECOND);
  }

  private String nextId() {
    long scattered = (published++ * ID_STRIDE + idOffset) & ID_MASK;
    return "t-" + Long.toString(scattered, Character.MAX_RADIX);
  }
}
