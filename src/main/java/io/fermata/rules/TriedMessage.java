package io.fermata.rules;

import io.fermata.model.Channel;
import io.fermata.model.CustomerTier;
import io.fermata.model.Direction;
import io.fermata.model.Purpose;
import io.fermata.model.Touchpoint;
import java.util.Set;

/**
 * The marketing message that contact guidance tries: one more message, about nothing in particular
 * and of no campaign, to a customer of whom time zone, tier and segment may be known.
 */
public final class TriedMessage {

  /** The type of a message that the brand sends. */
  public static final String TYPE = "message.sent";

  /** Fields that differ between two messages tried in one channel. */
  public static final Set<String> VARYING =
      Set.of("occurredAt", "timeZone", "customerTier", "segment");

  private TriedMessage() {}

  /** The message in a channel at a time; what is not known of the customer is null. */
  public static Touchpoint of(
      Channel channel, long at, String timeZone, CustomerTier tier, String segment) {
    return Touchpoint.builder()
        .id(TYPE)
        .occurredAt(at)
        .type(TYPE)
        .direction(Direction.OUTBOUND)
        .purpose(Purpose.MARKETING)
        .channel(channel)
        .timeZone(timeZone)
        .customerTier(tier)
        .segment(segment)
        .build();
  }

  /** Whether an expression that reads these names, null for any, may tell tried messages apart. */
  static boolean mayVary(Set<String> reads) {
    return reads == null || VARYING.stream().anyMatch(reads::contains);
  }

  /** Whether a touchpoint is such a message really sent, about whatever. */
  public static boolean isLike(Touchpoint touchpoint) {
    return touchpoint.purpose() == Purpose.MARKETING
        && touchpoint.direction() == Direction.OUTBOUND
        && touchpoint.type().equals(TYPE);
  }
}
