package io.fermata.identity;

import io.fermata.identity.Belonging.Piece;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What all links of one name come to.
 *
 * @param belonging whom the name belongs to
 * @param tooMany the links that were the first to each name, up to the one that was one name too
 *     many; empty while there are not too many
 * @param refused the first link of a name that may not belong to another, or null
 */
record LinkSet(Belonging belonging, List<Link> tooMany, Link refused) {

  private static final LinkSet NONE = new LinkSet(Belonging.ITSELF, List.of(), null);

  /** The links of a name that count, in their order. */
  static List<Link> united(Collection<Link> made, Collection<Said> said) {
    TreeSet<Link> all = new TreeSet<>(made);
    for (Said each : said) {
      all.remove(each.link());
      if (!each.revoked()) {
        all.add(each.link());
      }
    }
    return new ArrayList<>(all);
  }

  /**
   * @param sorted links of one name in their order
   */
  static LinkSet of(String name, List<Link> sorted, IdentitySettings settings) {
    if (sorted.isEmpty()) {
      return NONE;
    }
    if (!settings.mayBelongToAnother(name)) {
      return new LinkSet(Belonging.ITSELF, List.of(), sorted.get(0));
    }
    Set<String> names = new HashSet<>();
    List<Link> firsts = new ArrayList<>();
    boolean ends = false;
    for (Link link : sorted) {
      ends |= link.until() != null;
      if (names.add(link.to())) {
        firsts.add(link);
        if (firsts.size() > settings.maxLinks()) {
          return new LinkSet(Belonging.ITSELF, firsts, null);
        }
      }
    }
    return new LinkSet(ends ? withEnds(sorted) : withoutEnds(sorted), List.of(), null);
  }

  private static Belonging withoutEnds(List<Link> sorted) {
    List<Piece> pieces = new ArrayList<>();
    // Before the first link the name belongs to the target of the first.
    pieces.add(new Piece(Long.MIN_VALUE, sorted.get(0).to()));
    for (Link link : sorted) {
      pieces.add(new Piece(link.at(), link.to()));
    }
    return Belonging.of(pieces);
  }

  private static Belonging withEnds(List<Link> sorted) {
    TreeMap<Long, List<Link>> changes = new TreeMap<>();
    for (Link link : sorted) {
      changes.computeIfAbsent(link.at(), time -> new ArrayList<>(1)).add(link);
      if (link.until() != null) {
        changes.computeIfAbsent(link.until(), time -> new ArrayList<>(1)).add(link);
      }
    }
    List<Piece> pieces = new ArrayList<>();
    pieces.add(new Piece(Long.MIN_VALUE, sorted.get(0).to()));
    TreeSet<Link> holding = new TreeSet<>();
    changes.forEach(
        (time, links) -> {
          for (Link link : links) {
            if (link.holdsAt(time)) {
              holding.add(link);
            } else {
              holding.remove(link);
            }
          }
          pieces.add(new Piece(time, holding.isEmpty() ? null : holding.last().to()));
        });
    return Belonging.of(pieces);
  }
}
