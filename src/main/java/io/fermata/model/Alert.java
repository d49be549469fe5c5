package io.fermata.model;

import java.util.List;
import java.util.Map;

/**
 * What a rule says of a customer: an experience that is going wrong, or went well.
 *
 * @param id 32 hex digits, derived; see {@link Ids#alert}
 * @param ruleVersion 12 hex digits of the rule's content
 * @param subject values of the rule's {@code per} or {@code same} joined with {@code |}
 * @param at event time at which the condition began to hold, epoch milliseconds
 * @param until event time at which it ceased to hold, or null
 * @param threshold the bound that {@code measure} reached
 * @param evidence ids of the touchpoints that made it hold, in order, at most the last 50
 * @param title by language, {@code en} and {@code pl}
 * @param advice by language; empty where the rule gives none
 */
public record Alert(
    String id,
    String rule,
    String ruleVersion,
    AlertStatus status,
    Polarity polarity,
    Severity severity,
    String customer,
    String subject,
    long at,
    Long until,
    double measure,
    double threshold,
    Pillar pillar,
    Area area,
    Channel channel,
    List<String> evidence,
    Map<String, String> title,
    Map<String, String> advice,
    Map<String, String> attributes) {

  /** Most ids kept as evidence. */
  public static final int MAX_EVIDENCE = 50;

  /**
   * What is published of an alert whose customer has been erased: that it does not hold, and
   * nothing of what it said.
   */
  public static Alert erased(String id, String rule, String customer, long at) {
    return new Alert(
        id,
        rule,
        "",
        AlertStatus.RETRACTED,
        Polarity.UNKNOWN,
        Severity.UNKNOWN,
        customer,
        "",
        at,
        null,
        0,
        0,
        Pillar.UNKNOWN,
        null,
        null,
        List.of(),
        Map.of(),
        Map.of(),
        Map.of());
  }

  public Alert withStatus(AlertStatus newStatus) {
    return with(newStatus, severity);
  }

  public Alert withSeverity(Severity newSeverity) {
    return with(status, newSeverity);
  }

  private Alert with(AlertStatus newStatus, Severity newSeverity) {
    return new Alert(
        id,
        rule,
        ruleVersion,
        newStatus,
        polarity,
        newSeverity,
        customer,
        subject,
        at,
        until,
        measure,
        threshold,
        pillar,
        area,
        channel,
        evidence,
        title,
        advice,
        attributes);
  }
}
