package io.fermata.identity;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;

/**
 * Whom a name belongs to, by time: stretches of time, each with a name or none. Immutable.
 *
 * @param pieces in order, no two neighbours with the same name; never empty, and the first begins
 *     at {@link Long#MIN_VALUE}
 */
public record Belonging(List<Piece> pieces) {

  /** Belongs to nobody else, ever. */
  public static final Belonging ITSELF = new Belonging(List.of(new Piece(Long.MIN_VALUE, null)));

  /**
   * From a time on.
   *
   * @param to null where the name stands for itself
   */
  public record Piece(long from, String to) {}

  /** A stretch of time, {@code from <= t < until}. */
  public record Stretch(long from, long until) {}

  public Belonging {
    pieces = List.copyOf(pieces);
    if (pieces.isEmpty() || pieces.get(0).from() != Long.MIN_VALUE) {
      throw new IllegalArgumentException("whom a name belongs to must be said for all time");
    }
  }

  /** Puts pieces together; where several begin at one time the last counts. */
  static Belonging of(List<Piece> pieces) {
    List<Piece> joined = new ArrayList<>();
    for (Piece piece : pieces) {
      int last = joined.size() - 1;
      if (last >= 0 && joined.get(last).from() == piece.from()) {
        joined.remove(last--);
      }
      if (last < 0 || !Objects.equals(joined.get(last).to(), piece.to())) {
        joined.add(piece);
      }
    }
    return new Belonging(joined);
  }

  /** The name it belongs to at a time, or null: itself. */
  public String at(long time) {
    String to = null;
    for (int i = 0; i < pieces.size() && pieces.get(i).from() <= time; i++) {
      to = pieces.get(i).to();
    }
    return to;
  }

  /** Whether it is the same name for all time. */
  boolean isAlways(String to) {
    return pieces.size() == 1 && Objects.equals(pieces.get(0).to(), to);
  }

  /** Where another says something else, in order. */
  List<Stretch> differences(Belonging other) {
    TreeSet<Long> times = new TreeSet<>();
    pieces.forEach(piece -> times.add(piece.from()));
    other.pieces.forEach(piece -> times.add(piece.from()));
    List<Stretch> differences = new ArrayList<>();
    for (long from : times) {
      if (Objects.equals(at(from), other.at(from))) {
        continue;
      }
      Long next = times.higher(from);
      long until = next == null ? Long.MAX_VALUE : next;
      int last = differences.size() - 1;
      if (last >= 0 && differences.get(last).until() == from) {
        differences.set(last, new Stretch(differences.get(last).from(), until));
      } else {
        differences.add(new Stretch(from, until));
      }
    }
    return differences;
  }
}
