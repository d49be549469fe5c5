package io.fermata.identity;

import io.fermata.model.Alert;
import io.fermata.model.IdentityLink;
import io.fermata.model.Position;
import io.fermata.model.Touchpoint;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * All links at once: collects them, then says whose a touchpoint is. What the stream comes to by
 * moving touchpoints, in a few maps on the heap. Not safe for threads.
 */
public final class IdentityGraph {

  private final IdentitySettings settings;
  private final Map<String, List<Link>> made = new HashMap<>();
  private final Map<String, Map<Link, Said>> said = new HashMap<>();
  private final Map<String, Link> placeholders = new HashMap<>();
  private final Map<String, Position> circled = new HashMap<>();
  private final Map<String, LinkSet> resolved = new HashMap<>();

  public IdentityGraph(IdentitySettings settings) {
    this.settings = settings;
  }

  /** Takes the links that a touchpoint makes. */
  public void add(Touchpoint touchpoint) {
    if (touchpoint.identifiers().size() > 1) {
      TouchpointLinks.find(touchpoint, settings, this::add, this::refuse);
    }
  }

  /** Takes a link that was said, or taken back. */
  public void add(IdentityLink link) {
    SaidLinks.find(
        link,
        settings,
        counting -> add(new Said(counting, link.revoked())),
        refused -> {
          if (!link.revoked()) {
            refuse(refused);
          }
        });
  }

  private void add(Link link) {
    made.computeIfAbsent(link.from(), name -> new ArrayList<>(2)).add(link);
    resolved.remove(link.from());
  }

  private void add(Said one) {
    Link link = one.link();
    said.computeIfAbsent(link.from(), name -> new TreeMap<>()).merge(link, one, Said::and);
    resolved.remove(link.from());
  }

  private void refuse(Link link) {
    placeholders.merge(link.from(), link, (a, b) -> a.compareTo(b) <= 0 ? a : b);
  }

  /** Whether a name has links at all. */
  public boolean hasLinks(String name) {
    return made.containsKey(name) || said.containsKey(name);
  }

  /**
   * The customer of a touchpoint. To be asked for every touchpoint whose name has links before
   * {@link #alerts}, and when all links are known.
   *
   * @param strongest its strongest identifier, {@code kind:value}
   */
  public String customerOf(String strongest, Position position) {
    String name = strongest;
    Set<String> passed = null;
    while (true) {
      String to = of(name).belonging().at(position.at());
      if (to == null) {
        return name;
      }
      if (passed == null) {
        passed = new HashSet<>();
      }
      if (!passed.add(name)) {
        // Names that belong to one another in a circle: it stays where it entered the circle.
        circled.merge(name, position, (a, b) -> a.compareTo(b) <= 0 ? a : b);
        return name;
      }
      name = to;
    }
  }

  /** The alerts about identifiers that link nothing. */
  public List<Alert> alerts() {
    List<Alert> alerts = new ArrayList<>();
    placeholders.values().forEach(link -> alerts.add(SharedIdentifier.refused(link, settings)));
    Set<String> names = new HashSet<>(made.keySet());
    names.addAll(said.keySet());
    for (String name : names) {
      LinkSet links = of(name);
      if (links.refused() != null) {
        alerts.add(SharedIdentifier.refused(links.refused(), settings));
      }
      if (!links.tooMany().isEmpty()) {
        alerts.add(SharedIdentifier.tooMany(name, links.tooMany(), settings.maxLinks()));
      }
    }
    circled.forEach((name, position) -> alerts.add(SharedIdentifier.circle(name, position)));
    return alerts;
  }

  private LinkSet of(String name) {
    if (!hasLinks(name)) {
      return LinkSet.of(name, List.of(), settings);
    }
    return resolved.computeIfAbsent(
        name,
        any ->
            LinkSet.of(
                name,
                LinkSet.united(
                    made.getOrDefault(name, List.of()), said.getOrDefault(name, Map.of()).values()),
                settings));
  }
}
