package io.fermata.identity;

import io.fermata.model.CustomerKeys;
import io.fermata.model.Identifier;
import io.fermata.model.IdentityLink;
import io.fermata.model.Touchpoint;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiPredicate;

/**
 * "Whom a touchpoint belongs to" of the contract, sentence by sentence, from all touchpoints at
 * once and at any cost.
 */
public final class LiteralReading {

  private record Linking(String from, String to, long at, String id, long until) {
    Linking turned() {
      return new Linking(to, from, at, id, until);
    }
  }

  private static final Comparator<Linking> IN_ORDER =
      Comparator.comparingLong(Linking::at).thenComparing(Linking::id).thenComparing(Linking::to);

  private final List<Linking> links = new ArrayList<>();
  private final IdentitySettings settings;

  private LiteralReading(IdentitySettings settings) {
    this.settings = settings;
  }

  /** The touchpoints of each customer, in the order of the history. */
  public static Map<String, List<Touchpoint>> customers(
      IdentitySettings settings, List<Touchpoint> touchpoints) {
    return customers(settings, touchpoints, List.of());
  }

  /** The same with what others said. */
  public static Map<String, List<Touchpoint>> customers(
      IdentitySettings settings, List<Touchpoint> touchpoints, List<IdentityLink> said) {
    return of(settings, touchpoints, said, (touchpoint, weaker) -> true).customersOf(touchpoints);
  }

  /**
   * Reads links.
   *
   * @param counts whether the link that a touchpoint makes of a weaker name counts
   */
  static LiteralReading of(
      IdentitySettings settings,
      List<Touchpoint> linking,
      List<IdentityLink> said,
      BiPredicate<Touchpoint, String> counts) {
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
              new Linking(
                  name(weaker),
                  name(strongest),
                  touchpoint.occurredAt(),
                  touchpoint.id(),
                  Long.MAX_VALUE));
        }
      }
    }
    reading.hear(said);
    return reading;
  }

  Map<String, List<Touchpoint>> customersOf(List<Touchpoint> touchpoints) {
    Map<String, List<Touchpoint>> customers = new TreeMap<>();
    for (Touchpoint touchpoint : touchpoints) {
      List<String> way = way(touchpoint);
      String customer = way.get(way.size() - 1);
      customers.computeIfAbsent(customer, any -> new ArrayList<>()).add(touchpoint);
    }
    customers.replaceAll((customer, theirs) -> inOrder(customer, theirs));
    return customers;
  }

  /**
   * What links nothing and why: "customer reason at evidence", as the alerts say it. A touchpoint's
   * links and those that were said, guard by guard.
   */
  public static Set<String> refusals(
      IdentitySettings settings, List<Touchpoint> touchpoints, List<IdentityLink> said) {
    LiteralReading reading = new LiteralReading(settings);
    List<Linking> placeholders = new ArrayList<>();
    for (Touchpoint touchpoint : touchpoints) {
      Identifier strongest = strongest(touchpoint);
      for (Identifier weaker : touchpoint.identifiers()) {
        if (weaker.equals(strongest)) {
          continue;
        }
        Linking link =
            new Linking(
                name(weaker),
                name(strongest),
                touchpoint.occurredAt(),
                touchpoint.id(),
                Long.MAX_VALUE);
        if (ignored(weaker)) {
          placeholders.add(link);
        } else if (ignored(strongest)) {
          placeholders.add(link.turned());
        } else {
          reading.links.add(link);
        }
      }
    }
    for (IdentityLink link : said) {
      Linking linking =
          new Linking(link.from(), link.to(), link.at(), link.linkId(), Long.MAX_VALUE);
      if (!link.revoked() && ignored(link.from())) {
        placeholders.add(linking);
      } else if (!link.revoked() && ignored(link.to())) {
        placeholders.add(linking.turned());
      }
    }
    reading.hear(said);
    Set<String> refusals = new TreeSet<>();
    first(placeholders, "placeholder", refusals);
    first(
        reading.links.stream().filter(link -> isStrongestKind(link.from)).toList(),
        "conflict",
        refusals);
    reading.tooMany(refusals);
    reading.circles(touchpoints, refusals);
    return refusals;
  }

  private static void first(List<Linking> links, String reason, Set<String> refusals) {
    for (Linking link : links) {
      if (links.stream()
          .noneMatch(other -> other.from.equals(link.from) && IN_ORDER.compare(other, link) < 0)) {
        refusals.add("%s %s %d %s".formatted(link.from, reason, link.at, List.of(link.id)));
      }
    }
  }

  private void tooMany(Set<String> refusals) {
    for (String name : links.stream().map(Linking::from).distinct().toList()) {
      List<String> targets = new ArrayList<>();
      List<String> evidence = new ArrayList<>();
      List<Linking> mine =
          links.stream().filter(link -> link.from.equals(name)).sorted(IN_ORDER).toList();
      for (Linking link : mine) {
        if (!isStrongestKind(name)
            && targets.size() <= settings.maxLinks()
            && !targets.contains(link.to)) {
          targets.add(link.to);
          evidence.add(link.id);
          if (targets.size() > settings.maxLinks()) {
            refusals.add("%s too-many %d %s".formatted(name, link.at, evidence));
          }
        }
      }
    }
  }

  private void circles(List<Touchpoint> touchpoints, Set<String> refusals) {
    circled(touchpoints)
        .forEach(
            (name, first) ->
                refusals.add(
                    "%s circle %d %s".formatted(name, first.occurredAt(), List.of(first.id()))));
  }

  /** The first touchpoint that came back to a name in a circle. */
  Map<String, Touchpoint> circled(List<Touchpoint> touchpoints) {
    Map<String, Touchpoint> firsts = new TreeMap<>();
    for (Touchpoint touchpoint : touchpoints) {
      List<String> way = way(touchpoint);
      String name = way.get(way.size() - 1);
      if (way.indexOf(name) < way.size() - 1) {
        firsts.merge(name, touchpoint, (a, b) -> a.position().compareTo(b.position()) <= 0 ? a : b);
      }
    }
    return firsts;
  }

  private static boolean isStrongestKind(String name) {
    return name.startsWith(CustomerKeys.DEFAULT_ORDER.get(0) + ":");
  }

  /** "Of touchpoints of one id and time the one under the customer's own name counts, else ..." */
  private static List<Touchpoint> inOrder(String customer, List<Touchpoint> touchpoints) {
    List<Touchpoint> inOrder = new ArrayList<>();
    for (Touchpoint one : touchpoints) {
      boolean counts = true;
      for (Touchpoint other : touchpoints) {
        if (other.id().equals(one.id()) && other.occurredAt() == one.occurredAt()) {
          String name = name(strongest(one));
          String rival = name(strongest(other));
          if (!name.equals(customer) && (rival.equals(customer) || rival.compareTo(name) < 0)) {
            counts = false;
          }
        }
      }
      if (counts) {
        inOrder.add(one);
      }
    }
    inOrder.sort(Comparator.comparingLong(Touchpoint::occurredAt).thenComparing(Touchpoint::id));
    return inOrder;
  }

  /** "The same link is one with the same from, to, at and id, whoever made it". */
  private void hear(List<IdentityLink> said) {
    for (IdentityLink link : said) {
      if (!ignored(link.from()) && !ignored(link.to())) {
        links.removeIf(made -> isSame(made, link));
      }
    }
    for (IdentityLink link : said) {
      // "a link that was taken back does not count, whenever it was said"
      boolean revoked = said.stream().anyMatch(other -> other.revoked() && isSame(other, link));
      // "of several ends the earliest"
      long until =
          said.stream()
              .filter(other -> isSame(other, link) && other.until() != null)
              .mapToLong(IdentityLink::until)
              .min()
              .orElse(Long.MAX_VALUE);
      boolean isKnown = links.stream().anyMatch(made -> isSame(made, link));
      if (!revoked && !isKnown && !ignored(link.from()) && !ignored(link.to())) {
        links.add(new Linking(link.from(), link.to(), link.at(), link.linkId(), until));
      }
    }
  }

  private static boolean isSame(Linking made, IdentityLink said) {
    return made.from.equals(said.from())
        && made.to.equals(said.to())
        && made.at == said.at()
        && made.id.equals(said.linkId());
  }

  private static boolean isSame(IdentityLink one, IdentityLink other) {
    return isSame(new Linking(one.from(), one.to(), one.at(), one.linkId(), 0), other);
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
          .add(
              new Link(
                  each.from,
                  each.to,
                  each.at,
                  each.id,
                  each.until == Long.MAX_VALUE ? null : each.until));
    }
    byName.values().forEach(Collections::sort);
    return byName;
  }

  private String belongsTo(String name, long time) {
    List<Linking> mine =
        links.stream().filter(link -> link.from.equals(name)).sorted(IN_ORDER).toList();
    // "a link from a name of the strongest kind does not count"
    if (isStrongestKind(name)) {
      return null;
    }
    // "linked to more than identity.maxLinks different customers, links nothing"
    long targets = mine.stream().map(Linking::to).distinct().count();
    if (mine.isEmpty() || targets > settings.maxLinks()) {
      return null;
    }
    // "the target of the latest link of X at or before t", "before the first link to the target of
    // the first"
    if (time < mine.get(0).at) {
      return mine.get(0).to;
    }
    // "of the links that have begun and not ended the latest; where there is none, itself"
    String to = null;
    for (Linking link : mine) {
      if (link.at <= time && time < link.until) {
        to = link.to;
      }
    }
    return to;
  }

  private static boolean ignored(String name) {
    return name.endsWith(":nobody");
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
