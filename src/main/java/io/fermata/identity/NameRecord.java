package io.fermata.identity;

import java.util.List;

/**
 * What is remembered of a name, besides its links one by one.
 *
 * @param tooMany as {@link LinkSet#tooMany}
 * @param refused the first link that it would have made as a placeholder, or null
 */
record NameRecord(Belonging belonging, List<Link> tooMany, Link refused) {

  static final NameRecord NONE = new NameRecord(Belonging.ITSELF, List.of(), null);

  NameRecord withRefused(Link other) {
    return new NameRecord(belonging, tooMany, other);
  }

  boolean isNone() {
    return tooMany.isEmpty() && refused == null && belonging.isAlways(null);
  }
}
