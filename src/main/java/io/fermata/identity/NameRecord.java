package io.fermata.identity;

import io.fermata.model.Position;
import java.util.List;

/**
 * What is remembered of a name, besides its links one by one.
 *
 * @param tooMany as {@link LinkSet#tooMany}
 * @param refused the first link that it would have made and may not, or null
 * @param circled the first touchpoint that came back to it in a circle, or null
 * @param sweeps how many sweeps of it are still to come
 * @param linked whether it ever had a link: something of it may be elsewhere
 * @param receives whether touchpoints ever came to it from other names
 */
record NameRecord(
    Belonging belonging,
    List<Link> tooMany,
    Link refused,
    Position circled,
    int sweeps,
    boolean linked,
    boolean receives) {

  static final NameRecord NONE =
      new NameRecord(Belonging.ITSELF, List.of(), null, null, 0, false, false);

  /** Whether it says no more than that once there may have been something. */
  boolean isOver() {
    return belonging.equals(Belonging.ITSELF)
        && tooMany.isEmpty()
        && refused == null
        && circled == null
        && sweeps == 0;
  }

  NameRecord with(LinkSet links) {
    return new NameRecord(
        links.belonging(), links.tooMany(), links.refused(), circled, sweeps, true, receives);
  }

  NameRecord withRefused(Link link) {
    return new NameRecord(belonging, tooMany, link, circled, sweeps, linked, receives);
  }

  NameRecord withCircled(Position position) {
    return new NameRecord(belonging, tooMany, refused, position, sweeps, linked, receives);
  }

  NameRecord withSweeps(int number) {
    return new NameRecord(belonging, tooMany, refused, circled, number, linked, receives);
  }

  NameRecord receiving() {
    return new NameRecord(belonging, tooMany, refused, circled, sweeps, linked, true);
  }

  /** Whose a touchpoint is that came to a name: the next one's, or its own. */
  String ownerOf(String name, Handover handover) {
    if (handover.hasPassed(name)) {
      return name; // it went in a circle
    }
    String to = belonging.at(handover.position().at());
    return to == null ? name : to;
  }
}
