package io.fermata.journey;

import java.time.Duration;

/**
 * What the fold needs to know besides the rules.
 *
 * @param journeyGapMillis silence after which a journey lapses
 * @param journeySettleMillis how long a resolved journey waits for another touchpoint
 */
public record FoldSettings(long journeyGapMillis, long journeySettleMillis) {

  public FoldSettings {
    if (journeySettleMillis >= journeyGapMillis) {
      throw new IllegalArgumentException(
          "journey.settle: expected less than journey.gap (%d ms), found %d ms"
              .formatted(journeyGapMillis, journeySettleMillis));
    }
  }

  /** P14D and P3D. */
  public static final FoldSettings DEFAULTS =
      new FoldSettings(Duration.ofDays(14).toMillis(), Duration.ofDays(3).toMillis());
}
