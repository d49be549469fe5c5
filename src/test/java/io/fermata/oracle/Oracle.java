package io.fermata.oracle;

import io.fermata.model.Alert;
import io.fermata.model.ContactGuidance;
import io.fermata.model.Journey;
import io.fermata.model.Position;
import io.fermata.model.Touchpoint;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The views of one customer, straight from the definitions: all sets of matches are looked at from
 * scratch, at any cost in time. What the engine does step by step is compared with this.
 */
final class Oracle {

  /** Nothing comes any more. */
  private static final long FAR = Long.MAX_VALUE / 4;

  private Oracle() {}

  /**
   * @param touchpoints in order of arrival; of equal (id, occurredAt) the first counts
   * @param clock event time that has been reached, no earlier than any touchpoint
   * @param journeyGap silence in milliseconds after which a journey lapses
   * @param journeySettle silence in milliseconds that confirms a resolution
   */
  static OracleViews views(
      List<OracleRule> rules,
      String customer,
      Collection<Touchpoint> touchpoints,
      long clock,
      long journeyGap,
      long journeySettle) {
    OracleViews views =
        withoutGuidance(rules, customer, touchpoints, clock, journeyGap, journeySettle);
    List<Item> items = markedPaused(rules, customer, sorted(touchpoints));
    ContactGuidance guidance =
        new GuidanceReading(rules, customer, items, known -> allRaises(rules, customer, known, FAR))
            .guidance(clock);
    return new OracleViews(
        views.alerts(), views.journeys(), guidance == null ? Map.of() : Map.of(customer, guidance));
  }

  /** As {@link #views}; guidance, which costs by far the most, is left empty. */
  static OracleViews withoutGuidance(
      List<OracleRule> rules,
      String customer,
      Collection<Touchpoint> touchpoints,
      long clock,
      long journeyGap,
      long journeySettle) {
    List<Item> items = markedPaused(rules, customer, sorted(touchpoints));
    if (items.stream().anyMatch(item -> item.time() > clock)) {
      throw new IllegalArgumentException("a touchpoint is later than the clock " + clock);
    }
    Map<String, Alert> alerts = new LinkedHashMap<>();
    for (Raise raise : allRaises(rules, customer, items, clock)) {
      Alert alert = AlertReading.alert(raise, customer);
      if (alerts.put(alert.id(), alert) != null) {
        throw new IllegalStateException("two alerts have one id: " + alert);
      }
    }
    Map<String, Journey> journeys = new LinkedHashMap<>();
    JourneyReading journeyReading = new JourneyReading(journeyGap, journeySettle, clock);
    for (Journey journey :
        journeyReading.journeys(customer, items, raises(rules, false, items, clock))) {
      journeys.put(journey.id(), journey);
    }
    return new OracleViews(alerts, journeys, Map.of());
  }

  /** The experiences that rules on touchpoints make, in order. */
  static List<Item> experiences(
      List<OracleRule> rules, String customer, Collection<Touchpoint> touchpoints, long clock) {
    List<Item> items = markedPaused(rules, customer, sorted(touchpoints));
    return raises(rules, false, items, clock).stream()
        .map(raise -> AlertReading.experience(raise, customer))
        .sorted(Comparator.comparing(Item::place))
        .toList();
  }

  /** The raises of rules on touchpoints, then of those on the experiences they make. */
  private static List<Raise> allRaises(
      List<OracleRule> rules, String customer, List<Item> items, long clock) {
    List<Raise> onTouchpoints = raises(rules, false, items, clock);
    List<Item> experiences =
        onTouchpoints.stream()
            .map(raise -> AlertReading.experience(raise, customer))
            .sorted(Comparator.comparing(Item::place))
            .toList();
    List<Raise> all = new ArrayList<>(onTouchpoints);
    all.addAll(raises(rules, true, experiences, clock));
    return all;
  }

  /** With the attribute that tells conditions that a pause covers the touchpoint. */
  private static List<Item> markedPaused(
      List<OracleRule> rules, String customer, List<Item> items) {
    if (rules.stream().noneMatch(rule -> rule.rule().kind().toString().contains("paused"))) {
      return items;
    }
    List<Item> marked = new ArrayList<>();
    for (Item item : items) {
      List<Raise> before =
          allRaises(rules, customer, marked, FAR).stream()
              .filter(raise -> raise.place().compareTo(item.place()) < 0)
              .toList();
      boolean paused = GuidanceReading.isPaused(item, marked, before);
      marked.add(paused ? new Item(item.place(), Meaning.inPause(item.touchpoint())) : item);
    }
    return marked;
  }

  private static List<Item> sorted(Collection<Touchpoint> touchpoints) {
    Map<Position, Touchpoint> firstArrivals = new LinkedHashMap<>();
    for (Touchpoint touchpoint : touchpoints) {
      firstArrivals.putIfAbsent(touchpoint.position(), touchpoint);
    }
    return firstArrivals.values().stream()
        .map(Item::of)
        .sorted(Comparator.comparing(Item::place))
        .toList();
  }

  private static List<Raise> raises(
      List<OracleRule> rules, boolean onExperiences, List<Item> items, long clock) {
    List<Raise> raises = new ArrayList<>();
    for (OracleRule rule : rules) {
      if (rule.rule().onExperiences() == onExperiences) {
        raises.addAll(Quiet.without(rule, Reading.raises(rule, items, clock)));
      }
    }
    return raises;
  }
}
