package io.fermata.identity;

import io.fermata.model.Alert;
import io.fermata.model.Touchpoint;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * All links at once: collects them, then says whose a touchpoint is. What the stream comes to by
 * moving touchpoints, in a few maps on the heap. Not safe for threads.
 */
public final class IdentityGraph {

  private final IdentitySettings settings;
  private final Map<String, List<Link>> links = new HashMap<>();
  private final Map<String, Link> refused = new HashMap<>();
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

  private void add(Link link) {
    if (settings.mayBelongToAnother(link.from())) {
      List<Link> ofName = links.computeIfAbsent(link.from(), name -> new ArrayList<>(2));
      ofName.add(link);
      resolved.remove(link.from());
    } else {
      refuse(link);
    }
  }

  private void refuse(Link link) {
    refused.merge(link.from(), link, (a, b) -> a.compareTo(b) <= 0 ? a : b);
  }

  /** Whether no name belongs to another. */
  public boolean isEmpty() {
    return links.isEmpty();
  }

  /** Whether a name has links at all. */
  public boolean hasLinks(String name) {
    return links.containsKey(name);
  }

  /**
   * The customer of a touchpoint.
   *
   * @param strongest its strongest identifier, {@code kind:value}
   * @param time when it occurred
   */
  public String customerAt(String strongest, long time) {
    String name = strongest;
    Set<String> passed = null;
    while (true) {
      String to = of(name).belonging().at(time);
      if (to == null) {
        return name;
      }
      if (passed == null) {
        passed = new HashSet<>();
      }
      if (!passed.add(name)) {
        // Names that belong to one another in a circle: it stays where it entered the circle.
        return name;
      }
      name = to;
    }
  }

  /** The alerts about identifiers that link nothing. */
  public List<Alert> alerts() {
    List<Alert> alerts = new ArrayList<>();
    refused.values().forEach(link -> alerts.add(SharedIdentifier.refused(link, settings)));
    for (String name : links.keySet()) {
      List<Link> tooMany = of(name).tooMany();
      if (!tooMany.isEmpty()) {
        alerts.add(SharedIdentifier.tooMany(name, tooMany, settings.maxLinks()));
      }
    }
    return alerts;
  }

  private LinkSet of(String name) {
    List<Link> ofName = links.get(name);
    if (ofName == null) {
      return LinkSet.of(List.of(), settings.maxLinks());
    }
    return resolved.computeIfAbsent(
        name, any -> LinkSet.of(ofName.stream().sorted().toList(), settings.maxLinks()));
  }
}
