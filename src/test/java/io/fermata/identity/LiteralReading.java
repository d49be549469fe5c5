package io.fermata.identity;

import io.fermata.model.CustomerKeys;
import io.fermata.model.Identifier;
import io.fermata.model.Touchpoint;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiPredicate;

/**
 * "Whom a touchpoint belongs to" of the contract, sentence by sentence, from all touchpoints at
 * once and at any cost.
 */
public final class LiteralReading {

  private record Linking(String from, String to, long at, String id) {}

  private final List<Linking> links = new ArrayList<>();
  private final IdentitySettings settings;

  private LiteralReading(IdentitySettings settings) {
    this.settings = settings;
  }

  /** The touchpoints of each customer, in the order of the history. */
  public static Map<String, List<Touchpoint>> customers(
      IdentitySettings settings, List<Touchpoint> touchpoints) {
    return of(settings, touchpoints, (touchpoint, weaker) -> true).customersOf(touchpoints);
  }

  /**
   * Reads links.
   *
   * @param counts whether the link that a touchpoint makes of a weaker name counts
   */
  static LiteralReading of(
      IdentitySettings settings, List<Touchpoint> linking, BiPredicate<Touchpoint, String> counts) {
    LiteralReading reading = new LiteralReading(settings);
    for (Touchpoint touchpoint : linking) {
      // "A touchpoint that carries several identifiers links every weaker one to its strongest"
      Identifier strongest = strongest(touchpoint);
      for (Identifier weaker : touchpoint.identifiers()) {
        if (!weaker.equals(strongest)
            && !ignored(strongest)
            && !ignored(weaker)
            && counts.test(touchpoint, name(weaker))) {
          reading.links.add(
              new Linking(name(weaker), name(strongest), touchpoint.occurredAt(), touchpoint.id()));
        }
      }
    }
    return reading;
  }

  Map<String, List<Touchpoint>> customersOf(List<Touchpoint> touchpoints) {
    Map<String, List<Touchpoint>> customers = new TreeMap<>();
    for (Touchpoint touchpoint : touchpoints) {
      List<String> way = way(touchpoint);
      String customer = way.get(way.size() - 1);
      customers.computeIfAbsent(customer, any -> new ArrayList<>()).add(touchpoint);
    }
    customers
        .values()
        .forEach(
            theirs ->
                theirs.sort(
                    Comparator.comparingLong(Touchpoint::occurredAt)
                        .thenComparing(Touchpoint::id)));
    return customers;
  }

  /** "the target is followed in the same way, at the same t"; a circle is left where entered. */
  List<String> way(Touchpoint touchpoint) {
    List<String> way = new ArrayList<>();
    String at = name(strongest(touchpoint));
    while (at != null) {
      boolean circle = way.contains(at);
      way.add(at);
      at = circle ? null : belongsTo(at, touchpoint.occurredAt());
    }
    return way;
  }

  /** The links of each name, in their order. */
  Map<String, List<Link>> links() {
    Map<String, List<Link>> byName = new TreeMap<>();
    for (Linking each : links) {
      byName
          .computeIfAbsent(each.from, any -> new ArrayList<>())
          .add(new Link(each.from, each.to, each.at, each.id));
    }
    byName.values().forEach(Collections::sort);
    return byName;
  }

  private String belongsTo(String name, long time) {
    List<Linking> mine =
        links.stream()
            .filter(link -> link.from.equals(name))
            .sorted(Comparator.comparingLong(Linking::at).thenComparing(Linking::id))
            .toList();
    // "linked to more than identity.maxLinks different customers, links nothing"
    long targets = mine.stream().map(Linking::to).distinct().count();
    if (mine.isEmpty() || targets > settings.maxLinks()) {
      return null;
    }
    // "the target of the latest link of X at or before t", "before the first link to the target of
    // the first"
    String to = mine.get(0).to;
    for (Linking link : mine) {
      if (link.at <= time) {
        to = link.to;
      }
    }
    return to;
  }

  static boolean ignored(Identifier identifier) {
    return identifier.value().equals("nobody");
  }

  private static String name(Identifier identifier) {
    return identifier.kind() + ":" + identifier.value();
  }

  static Identifier strongest(Touchpoint touchpoint) {
    Identifier strongest = null;
    for (Identifier identifier : touchpoint.identifiers()) {
      if (strongest == null || rank(identifier) < rank(strongest)) {
        strongest = identifier;
      }
    }
    return strongest;
  }

  private static int rank(Identifier identifier) {
    int rank = CustomerKeys.DEFAULT_ORDER.indexOf(identifier.kind());
    return rank < 0 ? Integer.MAX_VALUE : rank;
  }
}
