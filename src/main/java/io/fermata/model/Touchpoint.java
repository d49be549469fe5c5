package io.fermata.model;

import java.util.List;
import java.util.Map;

/**
 * One contact between a brand and a customer. Times are epoch milliseconds (UTC); every field but
 * {@code id}, {@code occurredAt}, {@code identifiers}, {@code channel}, {@code direction}, {@code
 * type} and {@code attributes} may be null. The record holds what was received, valid or not;
 * {@link TouchpointValidator} tells which.
 *
 * @param occurredAt when it ended for the customer
 * @param identifiers the customer's names, in the order given
 * @param type what happened, dotted, lower case
 * @param dueAt a promise's or obligation's deadline
 * @param sentiment -1 .. 1, of what was said to or by the customer
 * @param cost what this contact cost the brand, in the brand's currency
 * @param timeZone IANA name; where the customer is
 * @param attributes anything else; empty, never null
 */
public record Touchpoint(
    String id,
    long occurredAt,
    List<Identifier> identifiers,
    Channel channel,
    Direction direction,
    String type,
    Purpose purpose,
    Area area,
    String topic,
    String caseId,
    String campaign,
    HandledBy handledBy,
    String agent,
    Outcome outcome,
    Integer waitSeconds,
    Integer handleSeconds,
    Integer transfers,
    Double sentiment,
    Long dueAt,
    Score score,
    Double cost,
    CustomerTier customerTier,
    String segment,
    String timeZone,
    Map<String, String> attributes) {

  public Touchpoint {
    attributes = attributes == null ? Map.of() : attributes;
    identifiers = identifiers == null ? List.of() : identifiers;
  }

  public Position position() {
    return new Position(occurredAt, id);
  }

  /** What a journey is about: the case, else the topic, else {@code general}. */
  public String journeySubject() {
    return caseId != null ? caseId : topic != null ? topic : "general";
  }

  public static TouchpointBuilder builder() {
    return new TouchpointBuilder();
  }

  public TouchpointBuilder toBuilder() {
    return new TouchpointBuilder(this);
  }
}
