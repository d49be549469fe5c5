package io.fermata.generate;

import static io.fermata.generate.Units.DAY;
import static io.fermata.generate.Units.HOUR;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** One brand at work: its numbers, opening hours, load, agents and the attributes it records. */
final class Brand {

  private static final String[] DEVICES = {"android-15", "ios-18", "firefox-139", "chrome-137"};
  private static final int APP_DEVICES = 2;

  final Industry industry;
  final IndustryProfile profile;
  final double[] needWeights;
  final ZoneClock clock;

  private final long seed;
  private final String[] agents;
  private final Map<String, String> contact;
  private final Map<String, String>[] self;

  Brand(Industry industry, long seed, int customers, ZoneClock clock) {
    this.industry = industry;
    this.profile = IndustryProfile.of(industry);
    this.seed = Dice.hash(seed, industry.label().hashCode());
    this.clock = clock;
    needWeights = profile.needs().stream().mapToDouble(Need::weight).toArray();
    agents = new String[Math.max(5, (int) (customers / Rates.CUSTOMERS_PER_AGENT))];
    for (int i = 0; i < agents.length; i++) {
      agents[i] = "agent-" + industry.label().charAt(0) + (i + 1);
    }
    contact =
        attributes(
            "brand",
            industry.label(),
            "language",
            "pl",
            "source",
            "contact-platform",
            "system",
            "crm-europe-1",
            "site",
            "warsaw-2");
    @SuppressWarnings({"unchecked", "rawtypes"})
    Map<String, String>[] maps = new Map[DEVICES.length];
    for (int i = 0; i < DEVICES.length; i++) {
      maps[i] =
          attributes(
              "brand",
              industry.label(),
              "device",
              DEVICES[i],
              "source",
              "digital-analytics",
              "release",
              "2026.3.1",
              "language",
              "pl");
    }
    self = maps;
  }

  /** What is recorded of a contact or a message. */
  Map<String, String> contactAttributes() {
    return contact;
  }

  /** What is recorded of a customer's own doings. */
  Map<String, String> selfAttributes(Customer c) {
    return self[c.persona.usesApp() ? c.index % APP_DEVICES : APP_DEVICES + c.index % APP_DEVICES];
  }

  /** What is recorded of a search. */
  Map<String, String> searchAttributes(Customer c, int results) {
    Map<String, String> map = new LinkedHashMap<>(selfAttributes(c));
    map.put("results", Integer.toString(results));
    return Collections.unmodifiableMap(map);
  }

  String agent(Dice dice) {
    return dice.pick(agents);
  }

  boolean isOpen(long at) {
    int hour = clock.hour(at);
    return hour >= Rates.OPENS && hour < Rates.CLOSES;
  }

  /** A moment from {@code at} on at which people work there: now, or soon after they begin. */
  long open(long at, Dice dice) {
    return isOpen(at) ? at : clock.next(at, Rates.OPENS * HOUR) + dice.between(0L, 2 * HOUR);
  }

  /**
   * A moment from {@code at} on at which mailings leave: now, or some time of the next open day.
   */
  long mailing(long at, Dice dice) {
    long day = (Rates.CLOSES - Rates.OPENS) * HOUR;
    return isOpen(at) ? at : clock.next(at, Rates.OPENS * HOUR) + dice.between(0L, day);
  }

  /** Seconds on hold of a call that comes in at a time. */
  int waitSeconds(long at, Dice dice) {
    double load = Rates.LOAD[clock.hour(at)] * Rates.DAY_LOAD[clock.weekday(at)];
    long day = Math.floorDiv(at, DAY);
    if (Dice.unit(Dice.hash(seed, day)) < Rates.OUTAGE_DAY) {
      load *= Rates.OUTAGE_LOAD;
    }
    return (int) dice.exponential(Rates.MEAN_WAIT_SECONDS * load);
  }

  /** Marketing messages per week to an average customer, in the week of a time. */
  double messagesPerWeek(long at) {
    boolean busy = Dice.unit(Dice.hash(seed ^ 0x3EEC, week(at))) < Rates.BUSY_WEEK;
    return profile.messagesPerWeek() * (busy ? Rates.BUSY_WEEK_MESSAGES : 1);
  }

  /** The campaign of an offer in the week of a time: {@code fibre-2931}. */
  String campaign(String name, long at) {
    return name + "-" + week(at);
  }

  private static long week(long at) {
    return Math.floorDiv(at, 7 * DAY);
  }

  /** In a fixed order of keys, which {@link Map#of} does not promise. */
  private static Map<String, String> attributes(String... keysAndValues) {
    Map<String, String> map = new LinkedHashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      map.put(keysAndValues[i], keysAndValues[i + 1]);
    }
    return Collections.unmodifiableMap(map);
  }
}
