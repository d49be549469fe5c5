package io.fermata.model;

import java.util.Objects;

/**
 * What somebody else, a CRM for instance, says of two names: that one belongs to the other from a
 * time on, or that it is not so.
 *
 * @param id tells links of the same names and time apart; null: {@link #linkId} makes one
 * @param from {@code kind:value}, as is {@code to}, the name it belongs to
 * @param at event time, epoch milliseconds
 * @param until from when on it no longer holds, or null
 * @param revoked whether it is as if the link with this {@code from}, {@code to}, {@code at} and id
 *     had never been
 */
public record IdentityLink(
    String id, String from, String to, long at, Long until, boolean revoked) {

  private static final String DERIVED = "identity-link-";

  public IdentityLink {
    Objects.requireNonNull(from, "from");
    Objects.requireNonNull(to, "to");
  }

  /** Its id; without one of its own it follows from {@code at}, and says nothing of the names. */
  public String linkId() {
    return id == null ? DERIVED + at : id;
  }
}
