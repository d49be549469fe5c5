package io.fermata.identity;

import io.fermata.model.Position;
import java.util.List;

/**
 * What is remembered of a name, besides its links one by one.
 *
 * @param tooMany as {@link LinkSet#tooMany}
 * @param refused the first link that it would have made and may not, or null
 * @param circled the first touchpoint that came back to it in a circle, or null
 */
record NameRecord(Belonging belonging, List<Link> tooMany, Link refused, Position circled) {

  static final NameRecord NONE = new NameRecord(Belonging.ITSELF, List.of(), null, null);

  boolean isNone() {
    return tooMany.isEmpty() && refused == null && circled == null && belonging.isAlways(null);
  }

  NameRecord with(LinkSet links) {
    return new NameRecord(links.belonging(), links.tooMany(), links.refused(), circled);
  }

  NameRecord withRefused(Link link) {
    return new NameRecord(belonging, tooMany, link, circled);
  }

  NameRecord withCircled(Position position) {
    return new NameRecord(belonging, tooMany, refused, position);
  }
}
