package io.fermata.rules;

import io.fermata.model.AlertStatus;
import io.fermata.model.Area;
import io.fermata.model.Channel;
import io.fermata.model.Polarity;
import io.fermata.model.Severity;
import io.fermata.model.Touchpoint;
import java.util.List;
import java.util.Map;

/**
 * One customer's touchpoints and the alerts that a rule must make of them.
 *
 * @param place file and line, for reports
 * @param rule id of the rule whose alerts are checked
 * @param edge whether it lies exactly on a bound of the rule: its last moment, its least count
 * @param given in the order {@code (occurredAt, id)}
 * @param base the instant that relative times count from, epoch milliseconds
 * @param clock event time at which the views are looked at, epoch milliseconds
 * @param expect in the order of their times; empty when the rule must stay silent
 */
public record Scenario(
    String place,
    String name,
    String rule,
    boolean edge,
    List<Touchpoint> given,
    long base,
    long clock,
    List<ExpectedAlert> expect) {

  /**
   * What is asked of one alert; null asks nothing.
   *
   * @param evidence ids of touchpoints
   * @param attributes those that must be there, with their texts
   */
  public record ExpectedAlert(
      Long at,
      Long until,
      AlertStatus status,
      Polarity polarity,
      Severity severity,
      String subject,
      Double measure,
      Double threshold,
      Area area,
      Channel channel,
      List<String> evidence,
      Map<String, String> attributes) {}
}
