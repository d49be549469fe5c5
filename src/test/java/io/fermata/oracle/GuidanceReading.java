package io.fermata.oracle;

import io.fermata.model.Channel;
import io.fermata.model.ContactGuidance;
import io.fermata.model.CustomerTier;
import io.fermata.model.Direction;
import io.fermata.model.Outcome;
import io.fermata.model.Polarity;
import io.fermata.model.Purpose;
import io.fermata.model.Severity;
import io.fermata.model.Touchpoint;
import io.fermata.rules.Rule;
import io.fermata.rules.RuleKind;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Contact guidance read off its definition: at each moment every candidate is tried by reading all
 * rules over the history with one more message in it.
 */
final class GuidanceReading {

  private static final long AT_ONCE = Long.MIN_VALUE;
  private static final long DAY = Duration.ofDays(1).toMillis();
  private static final long FAR = Long.MAX_VALUE / 4;

  /** After every id there can be. */
  private static final String LAST = "\uFFFF\uFFFF";

  private static final List<Channel> CHANNELS =
      Arrays.stream(Channel.values()).filter(channel -> channel != Channel.UNKNOWN).toList();

  private final List<OracleRule> rules;
  private final String customer;
  private final List<Item> items;
  private final Function<List<Item>, List<Raise>> allRaises;
  private final Set<Channel> spokenOf = EnumSet.noneOf(Channel.class);

  /**
   * @param items in order
   * @param allRaises the raises of all rules over items, if nothing more comes
   */
  GuidanceReading(
      List<OracleRule> rules,
      String customer,
      List<Item> items,
      Function<List<Item>, List<Raise>> allRaises) {
    this.rules = rules;
    this.customer = customer;
    this.items = items;
    this.allRaises = allRaises;
    for (Channel channel : CHANNELS) {
      if (items.stream().anyMatch(item -> item.touchpoint().channel() == channel)
          || rules.stream().anyMatch(rule -> rule.rule().toString().contains(channel.name()))) {
        spokenOf.add(channel);
      }
    }
  }

  /** A moment: after a touchpoint, or after what a deadline raised. */
  private record Moment(long time, boolean deadline, Place place) {}

  /** What guidance says at a moment, at once being one time whenever that is. */
  private record Content(
      Map<String, Map<String, Integer>> pressure,
      Map<Channel, Long> allowed,
      Long pauseUntil,
      List<String> reasons,
      int ignored,
      Channel preferred,
      List<String> optedOut) {

    ContactGuidance at(String customer, long at) {
      Map<String, Long> next = new TreeMap<>();
      allowed.forEach((channel, time) -> next.put(channel.name(), time == AT_ONCE ? at : time));
      next.values().stream()
          .min(Comparator.naturalOrder())
          .ifPresent(earliest -> next.put(ContactGuidance.ANY, earliest));
      return new ContactGuidance(
          customer, at, pressure, next, pauseUntil, reasons, ignored, preferred, optedOut);
    }
  }

  /** A pause: after {@code from} in the order, before {@code until}. */
  private record Pause(String reason, Place from, long until, Predicate<Touchpoint> covers) {}

  /** The guidance at a clock, or null when nothing has happened by then. */
  ContactGuidance guidance(long clock) {
    List<Moment> moments = moments(clock);
    if (moments.isEmpty()) {
      return null;
    }
    Content last = content(moments.get(moments.size() - 1));
    int since = moments.size() - 1;
    while (since > 0 && content(moments.get(since - 1)).equals(last)) {
      since--;
    }
    return last.at(customer, moments.get(since).time());
  }

  private List<Moment> moments(long clock) {
    List<Moment> moments = new ArrayList<>();
    items.forEach(item -> moments.add(new Moment(item.time(), false, item.place())));
    Set<Long> deadlines = new TreeSet<>();
    allRaises.apply(items).stream()
        .filter(raise -> raise.place().due() && raise.at() < clock)
        .forEach(raise -> deadlines.add(raise.at()));
    deadlines.forEach(
        time -> moments.add(new Moment(time, true, new Place(time, true, LAST, "", ""))));
    moments.sort(Comparator.comparing(Moment::place));
    return moments;
  }

  private Content content(Moment moment) {
    long now = moment.time();
    List<Item> known =
        items.stream().filter(i -> i.place().compareTo(moment.place()) <= 0).toList();
    List<Raise> raises = allRaises.apply(known);
    List<Pause> pauses = pauses(known, raises);
    Place here = here(moment);
    Set<String> reasons = new TreeSet<>();
    Long pauseUntil = null;
    for (Pause pause : pauses) {
      boolean inForce = pause.from().compareTo(here) < 0 && now < pause.until();
      if (inForce && CHANNELS.stream().anyMatch(c -> pause.covers().test(tried(c, now, known)))) {
        reasons.add(pause.reason());
        pauseUntil =
            pauseUntil == null ? (Long) pause.until() : (Long) Math.max(pauseUntil, pause.until());
      }
    }
    Set<Channel> optedOut = optedOut(known);
    Map<Channel, Long> allowed = new TreeMap<>();
    Map<Boolean, Long> elsewhere = new HashMap<>();
    for (Channel channel : CHANNELS) {
      if (!optedOut.contains(channel)) {
        // Channels that nothing speaks of are all alike.
        boolean alike = !spokenOf.contains(channel);
        Long time =
            alike && elsewhere.containsKey(true)
                ? elsewhere.get(true)
                : nextAllowed(moment, known, pauses, channel, reasons);
        if (alike) {
          elsewhere.put(true, time);
        }
        if (time != null) {
          allowed.put(channel, time == now ? (Long) AT_ONCE : time);
        }
      }
    }
    return new Content(
        pressure(known, now),
        allowed,
        pauseUntil,
        List.copyOf(reasons),
        ignored(known),
        preferred(known, now),
        optedOut.stream().map(Enum::name).sorted().toList());
  }

  /** The place of a message that comes next at the moment itself. */
  private static Place here(Moment moment) {
    return moment.deadline()
        ? new Place(moment.time(), true, LAST + LAST, "", "")
        : new Place(moment.time(), false, LAST, "", "");
  }

  // the next time

  private Long nextAllowed(
      Moment moment, List<Item> known, List<Pause> pauses, Channel channel, Set<String> reasons) {
    Set<String> always = null;
    Set<String> inTheWay = Set.of();
    for (long time : candidates(moment.time(), known, pauses)) {
      Place place = time == moment.time() ? here(moment) : new Place(time, false, LAST, "", "");
      Item message = new Item(place, tried(channel, time, known));
      if (pauses.stream().anyMatch(pause -> covers(pause, message))) {
        continue;
      }
      inTheWay = broken(known, message);
      if (inTheWay.isEmpty()) {
        return time;
      }
      always = always == null ? new HashSet<>(inTheWay) : always;
      always.retainAll(inTheWay);
    }
    reasons.addAll(always == null || always.isEmpty() ? inTheWay : always);
    return null;
  }

  private TreeSet<Long> candidates(long now, List<Item> known, List<Pause> pauses) {
    TreeSet<Long> times = new TreeSet<>(Set.of(now));
    pauses.forEach(pause -> times.add(pause.until()));
    for (OracleRule rule : rules) {
      for (Item item : known) {
        if (rule.rule().kind() instanceof RuleKind.Count count) {
          times.addAll(Window.of(count.within()).edges(item));
        } else if (rule.rule().kind() instanceof RuleKind.Sequence sequence) {
          Long deadline = Deadline.of(rule, sequence, item);
          if (deadline != null) {
            times.add(deadline + 1);
          }
        }
      }
    }
    if (rules.stream().anyMatch(rule -> rule.rule().kind().toString().contains("occurredAt"))) {
      long end = times.last() + 7 * DAY;
      ZoneId zone = ZoneId.of(Objects.requireNonNullElse(last(known, Touchpoint::timeZone), "Z"));
      Instant hour =
          Instant.ofEpochMilli(now).atZone(zone).truncatedTo(ChronoUnit.HOURS).toInstant();
      while (hour.toEpochMilli() < end) {
        hour = hour.plus(1, ChronoUnit.HOURS);
        times.add(hour.toEpochMilli());
      }
    }
    return new TreeSet<>(times.tailSet(now));
  }

  /** The rules of which the message raises or prolongs an alert, quiet or not. */
  private Set<String> broken(List<Item> known, Item message) {
    List<Item> with = new ArrayList<>(known);
    with.add(message);
    Set<String> broken = new HashSet<>();
    for (OracleRule rule : rules) {
      if (rule.rule().onExperiences()
          || rule.rule().polarity() == Polarity.GOOD
          || !rule.isMatchedBy(message)) {
        continue;
      }
      for (Raise raise : Reading.raises(rule, with, FAR)) {
        if (raise.evidence().contains(message)) {
          broken.add(rule.id());
        }
      }
    }
    return broken;
  }

  private static Touchpoint tried(Channel channel, long time, List<Item> known) {
    return Touchpoint.builder()
        .id("message.sent")
        .occurredAt(time)
        .type("message.sent")
        .direction(Direction.OUTBOUND)
        .purpose(Purpose.MARKETING)
        .channel(channel)
        .timeZone(last(known, Touchpoint::timeZone))
        .customerTier(GuidanceReading.<CustomerTier>last(known, Touchpoint::customerTier))
        .segment(last(known, Touchpoint::segment))
        .build();
  }

  private static <T> T last(List<Item> known, Function<Touchpoint, T> field) {
    T last = null;
    for (Item item : known) {
      T value = field.apply(item.touchpoint());
      last = value == null ? last : value;
    }
    return last;
  }

  // pauses

  /** Whether a pause covers an item. */
  private static boolean covers(Pause pause, Item item) {
    return pause.from().compareTo(item.place()) < 0
        && item.time() < pause.until()
        && pause.covers().test(item.touchpoint());
  }

  /** Whether any pause, ordered before it, covers an item; those after it do not matter. */
  static boolean isPaused(Item item, List<Item> before, List<Raise> raises) {
    return pauses(before, raises).stream().anyMatch(pause -> covers(pause, item));
  }

  private static List<Pause> pauses(List<Item> known, List<Raise> raises) {
    List<Pause> pauses = new ArrayList<>();
    for (Raise raise : raises) {
      Rule rule = raise.rule().rule();
      Channel own = rule.channel() != null ? rule.channel() : raise.anchor().touchpoint().channel();
      if (rule.pause() != null) {
        pauses.add(
            new Pause(
                rule.id(),
                raise.place(),
                raise.at() + rule.pause().forMillis(),
                t -> covers(rule.pause(), own, t)));
      }
      boolean grave =
          !rule.onExperiences()
              && rule.polarity() == Polarity.BAD
              && AlertReading.severity(rule, raise.firstMeasure()).compareTo(Severity.HIGH) >= 0;
      if (grave && known.stream().noneMatch(item -> makesGood(item, raise))) {
        pauses.add(
            new Pause(
                "recovery-silence",
                raise.place(),
                raise.at() + 7 * DAY,
                t -> t.purpose() == Purpose.MARKETING));
      }
    }
    return pauses;
  }

  private static boolean covers(Rule.Pause pause, Channel own, Touchpoint t) {
    boolean purpose =
        pause.purposes().isEmpty()
            || (t.purpose() != null && pause.purposes().contains(t.purpose().name()));
    boolean channel =
        pause.sameChannel()
            ? own == t.channel()
            : pause.channels().isEmpty() || pause.channels().contains(t.channel().name());
    return purpose && channel;
  }

  private static boolean makesGood(Item item, Raise wrong) {
    Touchpoint t = item.touchpoint();
    return item.place().compareTo(wrong.place()) > 0
        && (t.type().equals("complaint.resolved")
            || t.type().equals("apology.given")
            || (t.type().equals("contact.ended")
                && t.outcome() == Outcome.RESOLVED
                && Objects.equals(t.topic(), wrong.anchor().touchpoint().topic())));
  }

  // the rest

  private static Map<String, Map<String, Integer>> pressure(List<Item> known, long now) {
    Map<String, Map<String, Integer>> pressure = new TreeMap<>();
    for (Purpose purpose : Purpose.values()) {
      Map<String, Integer> windows = new HashMap<>();
      Map.of("P1D", 1, "P7D", 7, "P30D", 30)
          .forEach(
              (name, days) ->
                  windows.put(
                      name,
                      (int)
                          known.stream()
                              .filter(i -> now - days * DAY < i.time())
                              .filter(i -> i.touchpoint().direction() == Direction.OUTBOUND)
                              .filter(i -> i.touchpoint().purpose() == purpose)
                              .count()));
      if (windows.get("P30D") > 0) {
        pressure.put(purpose.name(), windows);
      }
    }
    return pressure;
  }

  private static boolean isResponse(Touchpoint t) {
    return t.direction() == Direction.INBOUND
        || t.type().equals("message.opened")
        || t.type().equals("message.clicked");
  }

  private static int ignored(List<Item> known) {
    int ignored = 0;
    for (Item item : known) {
      Touchpoint t = item.touchpoint();
      if (isResponse(t)) {
        ignored = 0;
      } else if (t.type().equals("message.sent")
          && t.direction() == Direction.OUTBOUND
          && t.purpose() == Purpose.MARKETING) {
        ignored++;
      }
    }
    return ignored;
  }

  private static Channel preferred(List<Item> known, long now) {
    List<Channel> responses =
        known.stream()
            .filter(i -> now - 90 * DAY < i.time() && isResponse(i.touchpoint()))
            .map(i -> i.touchpoint().channel())
            .toList();
    return responses.stream()
        .max(
            Comparator.<Channel>comparingLong(
                    c -> responses.stream().filter(other -> other == c).count())
                .thenComparing(responses::lastIndexOf))
        .orElse(null);
  }

  private static Set<Channel> optedOut(List<Item> known) {
    Set<Channel> optedOut = EnumSet.noneOf(Channel.class);
    for (Item item : known) {
      Touchpoint t = item.touchpoint();
      if (t.type().equals("consent.withdrawn") || t.type().equals("message.complained")) {
        optedOut.add(t.channel());
      } else if (t.type().equals("consent.given")) {
        optedOut.remove(t.channel());
      }
    }
    return optedOut;
  }
}
