package io.fermata.serve;

import io.fermata.journey.Views;

/** Where the views of a customer are had from, as they stand now. */
@FunctionalInterface
public interface CustomerSource {

  /** What there is to say of a customer. */
  sealed interface Answer permits Found, Unknown, Elsewhere, NotReady {}

  /** Their views. */
  record Found(Views views) implements Answer {}

  /** No touchpoint of theirs was folded. */
  record Unknown() implements Answer {}

  /**
   * Another instance has them.
   *
   * @param authority its {@code host:port}
   */
  record Elsewhere(String authority) implements Answer {}

  /**
   * It cannot be told now, and may be soon.
   *
   * @param reason for people
   */
  record NotReady(String reason) implements Answer {}

  /**
   * @param customer {@code kind:value}
   */
  Answer find(String customer);
}
