package io.fermata.model;

/**
 * The place of a touchpoint in its customer's history: the order {@code (occurredAt, id)}, ids
 * compared as UTF-16 code units.
 *
 * @param at event time, epoch milliseconds
 */
public record Position(long at, String id) implements Comparable<Position> {

  @Override
  public int compareTo(Position other) {
    int byTime = Long.compare(at, other.at);
    return byTime != 0 ? byTime : id.compareTo(other.id);
  }
}
