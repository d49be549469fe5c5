package io.fermata.identity;

import io.fermata.identity.Belonging.Piece;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What all links of one name come to.
 *
 * @param belonging whom the name belongs to
 * @param tooMany the links that were the first to each name, up to the one that was one name too
 *     many; empty while there are not too many
 */
record LinkSet(Belonging belonging, List<Link> tooMany) {

  /**
   * @param sorted links of one name in their order
   */
  static LinkSet of(List<Link> sorted, int maxLinks) {
    if (sorted.isEmpty()) {
      return new LinkSet(Belonging.ITSELF, List.of());
    }
    Set<String> names = new HashSet<>();
    List<Link> firsts = new ArrayList<>();
    boolean ends = false;
    for (Link link : sorted) {
      ends |= link.until() != null;
      if (names.add(link.to())) {
        firsts.add(link);
        if (firsts.size() > maxLinks) {
          return new LinkSet(Belonging.ITSELF, firsts);
        }
      }
    }
    return new LinkSet(ends ? withEnds(sorted) : withoutEnds(sorted), List.of());
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
    TreeSet<Long> times = new TreeSet<>();
    for (Link link : sorted) {
      times.add(link.at());
      if (link.until() != null && link.until() > link.at()) {
        times.add(link.until());
      }
    }
    List<Piece> pieces = new ArrayList<>();
    pieces.add(new Piece(Long.MIN_VALUE, sorted.get(0).to()));
    for (long time : times) {
      String to = null;
      for (Link link : sorted) {
        if (link.holdsAt(time)) {
          to = link.to();
        }
      }
      pieces.add(new Piece(time, to));
    }
    return Belonging.of(pieces);
  }
}
