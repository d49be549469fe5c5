package io.fermata.oracle;

import io.fermata.model.Alert;
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
    List<Item> items = sorted(touchpoints);
    if (items.stream().anyMatch(item -> item.time() > clock)) {
      throw new IllegalArgumentException("a touchpoint is later than the clock " + clock);
    }
    List<Raise> onTouchpoints = raises(rules, false, items, clock);
    List<Item> experiences =
        onTouchpoints.stream()
            .map(raise -> AlertReading.experience(raise, customer))
            .sorted(Comparator.comparing(Item::place))
            .toList();

    Map<String, Alert> alerts = new LinkedHashMap<>();
    List<Raise> all = new ArrayList<>(onTouchpoints);
    all.addAll(raises(rules, true, experiences, clock));
    for (Raise raise : all) {
      Alert alert = AlertReading.alert(raise, customer);
      if (alerts.put(alert.id(), alert) != null) {
        throw new IllegalStateException("two alerts have one id: " + alert);
      }
    }
    Map<String, Journey> journeys = new LinkedHashMap<>();
    JourneyReading journeyReading = new JourneyReading(journeyGap, journeySettle, clock);
    for (Journey journey : journeyReading.journeys(customer, items, onTouchpoints)) {
      journeys.put(journey.id(), journey);
    }
    return new OracleViews(alerts, journeys);
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
