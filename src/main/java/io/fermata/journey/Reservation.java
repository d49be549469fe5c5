package io.fermata.journey;

import io.fermata.model.Channel;

/**
 * A permission that was given to one message and is held for it.
 *
 * @param requestId who asked for it calls it so; unlike any other of the customer's
 * @param at when the message is to be sent, epoch milliseconds
 * @param expiresAt until when it is held, exclusive, epoch milliseconds
 * @param used whether the message has arrived as a touchpoint and counts as such from then on
 */
public record Reservation(
    String requestId, Channel channel, long at, long expiresAt, boolean used) {

  /** The attribute by which a touchpoint says that it is the message of a reservation. */
  public static final String ATTRIBUTE = "reservation";

  /** How a reservation is named among the ids of touchpoints that a rule has counted. */
  public static String countedAs(String requestId) {
    return "reservation:" + requestId;
  }

  /** The same once its message has arrived. */
  public Reservation asUsed() {
    return new Reservation(requestId, channel, at, expiresAt, true);
  }
}
