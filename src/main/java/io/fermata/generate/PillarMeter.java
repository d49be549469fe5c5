package io.fermata.generate;

import io.fermata.model.Pillar;
import io.fermata.model.Touchpoint;
import java.util.Map;

/**
 * Says how customers stand with each pillar as they are seen from outside: measured by rules, not
 * remembered by the customer.
 */
public interface PillarMeter {

  /** Is told of every touchpoint, those of a customer in order. */
  void occurred(Touchpoint touchpoint);

  /**
   * The customer's pillar scores just before an answer, 0 to 100.
   *
   * @param answer the answer as it will occur, but for its value
   */
  Map<Pillar, Double> before(Touchpoint answer);
}
