package io.fermata.journey;

import io.fermata.model.Position;

/** How a fold looks for a touchpoint of the customer that it has folded earlier. */
@FunctionalInterface
interface Lookback {

  /** Where there is nothing to be found. */
  Lookback NONE = (id, after, before) -> null;

  /**
   * The latest touchpoint with an id between two places, both exclusive; null where there is none.
   */
  About find(String id, Position after, Position before);
}
