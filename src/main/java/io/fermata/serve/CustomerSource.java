package io.fermata.serve;

import io.fermata.journey.Views;
import io.fermata.model.Channel;
import io.fermata.model.ContactDecision;

/** Where the views of a customer are had from, as they stand now. */
public interface CustomerSource {

  /** What there is to say of a customer. */
  sealed interface Answer permits Found, Decided, Unknown, Elsewhere, NotReady {}

  /**
   * Their views.
   *
   * @param customer the name they go by now
   */
  record Found(String customer, Views views) implements Answer {}

  /** Whether they may be contacted. */
  record Decided(ContactDecision decision) implements Answer {}

  /** No touchpoint of theirs was folded. */
  record Unknown() implements Answer {}

  /**
   * Another instance has them.
   *
   * @param authority its {@code host:port}
   * @param customer the name to ask there for
   */
  record Elsewhere(String authority, String customer) implements Answer {}

  /**
   * It cannot be told now, and may be soon.
   *
   * @param reason for people
   */
  record NotReady(String reason) implements Answer {}

  /**
   * The views of a customer.
   *
   * @param customer {@code kind:value}: any name, which is followed to the one it belongs to
   * @param now the time at which it belongs, epoch milliseconds
   */
  Answer find(String customer, long now);

  /**
   * Decides about one more marketing message; never {@link Unknown}.
   *
   * @param customer as of {@link #find}, at the time {@code at}
   * @param at when it would be sent, epoch milliseconds
   * @param now the wall clock, epoch milliseconds
   */
  Answer decide(String customer, Channel channel, long at, long now);
}
