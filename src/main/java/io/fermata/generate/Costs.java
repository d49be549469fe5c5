package io.fermata.generate;

import io.fermata.model.Channel;
import io.fermata.model.HandledBy;

/** What contacts cost the brand. */
final class Costs {

  private static final double MACHINE = 0.12;
  private static final double PERSON_PER_MINUTE = 1.1;
  private static final double PLACE = 11; // a branch and its counter, for one visit

  private Costs() {}

  /** Cost of a contact of so many seconds, in the brand's currency, to the hundredth. */
  static double of(Channel channel, HandledBy by, int handleSeconds) {
    double cost =
        by == HandledBy.HUMAN
            ? PERSON_PER_MINUTE * handleSeconds / 60 + (channel == Channel.BRANCH ? PLACE : 0)
            : MACHINE;
    return Math.round(cost * 100) / 100.0;
  }
}
