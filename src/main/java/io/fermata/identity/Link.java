package io.fermata.identity;

import java.util.Objects;

/**
 * A name belongs to another from a time on.
 *
 * @param from the weaker name, {@code kind:value}, as is {@code to}
 * @param at event time, epoch milliseconds
 * @param id of the touchpoint that carries both, or what stands for it
 * @param until from when on it no longer holds, or null
 */
public record Link(String from, String to, long at, String id, Long until)
    implements Comparable<Link> {

  public Link {
    Objects.requireNonNull(from, "from");
    Objects.requireNonNull(to, "to");
    Objects.requireNonNull(id, "id");
  }

  /** A link without an end. */
  public Link(String from, String to, long at, String id) {
    this(from, to, at, id, null);
  }

  /** Whether it has begun and not ended. */
  boolean holdsAt(long time) {
    return at <= time && (until == null || time < until);
  }

  /** By time, then id. */
  @Override
  public int compareTo(Link other) {
    int byTime = Long.compare(at, other.at);
    if (byTime != 0) {
      return byTime;
    }
    int byId = id.compareTo(other.id);
    return byId != 0 ? byId : to.compareTo(other.to);
  }
}
