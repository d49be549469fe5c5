package io.fermata.generate;

import java.util.List;

/**
 * The truth about one injected bad experience.
 *
 * @param rule id of the rule that should raise an alert
 * @param customer the customer as {@code customer:C-17}
 * @param from time of its first touchpoint, epoch milliseconds
 * @param until time by which the rule's condition holds; of an absence its deadline
 * @param touchpoints ids of all its touchpoints, in order
 * @param why one sentence on what was done to the customer
 */
public record Incident(
    String rule, String customer, long from, long until, List<String> touchpoints, String why) {

  public Incident {
    touchpoints = List.copyOf(touchpoints);
  }
}
