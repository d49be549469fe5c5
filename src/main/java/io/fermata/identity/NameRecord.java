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
 */
record NameRecord(
    Belonging belonging, List<Link> tooMany, Link refused, Position circled, int sweeps) {

  static final NameRecord NONE = new NameRecord(Belonging.ITSELF, List.of(), null, null, 0);

  /** Whether the name never had a link. Where it had, something of it may still be elsewhere. */
  boolean isUnknown() {
    return this == NONE;
  }

  NameRecord with(LinkSet links) {
    return new NameRecord(links.belonging(), links.tooMany(), links.refused(), circled, sweeps);
  }

  NameRecord withRefused(Link link) {
    return new NameRecord(belonging, tooMany, link, circled, sweeps);
  }

  NameRecord withCircled(Position position) {
    return new NameRecord(belonging, tooMany, refused, position, sweeps);
  }

  NameRecord withSweeps(int number) {
    return new NameRecord(belonging, tooMany, refused, circled, number);
  }
}
