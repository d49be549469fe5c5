package io.fermata.identity;

/**
 * What was said of a link by others than touchpoints, all of it together.
 *
 * @param link with the earliest of the ends that were said
 * @param revoked whether it was taken back, before or after it was said
 */
record Said(Link link, boolean revoked) {

  /** This and something else that was said of the same link, in either order. */
  Said and(Said other) {
    return new Said(other.ends() < ends() ? other.link : link, revoked || other.revoked);
  }

  private long ends() {
    return link.until() == null ? Long.MAX_VALUE : link.until();
  }
}
