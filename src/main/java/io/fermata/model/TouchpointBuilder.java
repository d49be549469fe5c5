package io.fermata.model;

import java.util.List;
import java.util.Map;

/** Builds a {@link Touchpoint} field by field; what is not set is null. */
public final class TouchpointBuilder {

  private String id;
  private long occurredAt;
  private List<Identifier> identifiers;
  private Channel channel;
  private Direction direction;
  private String type;
  private Purpose purpose;
  private Area area;
  private String topic;
  private String caseId;
  private String campaign;
  private HandledBy handledBy;
  private String agent;
  private Outcome outcome;
  private Integer waitSeconds;
  private Integer handleSeconds;
  private Integer transfers;
  private Double sentiment;
  private Long dueAt;
  private Score score;
  private Double cost;
  private CustomerTier customerTier;
  private String segment;
  private String timeZone;
  private Map<String, String> attributes;

  TouchpointBuilder() {}

  TouchpointBuilder(Touchpoint from) {
    id = from.id();
    occurredAt = from.occurredAt();
    identifiers = from.identifiers();
    channel = from.channel();
    direction = from.direction();
    type = from.type();
    purpose = from.purpose();
    area = from.area();
    topic = from.topic();
    caseId = from.caseId();
    campaign = from.campaign();
    handledBy = from.handledBy();
    agent = from.agent();
    outcome = from.outcome();
    waitSeconds = from.waitSeconds();
    handleSeconds = from.handleSeconds();
    transfers = from.transfers();
    sentiment = from.sentiment();
    dueAt = from.dueAt();
    score = from.score();
    cost = from.cost();
    customerTier = from.customerTier();
    segment = from.segment();
    timeZone = from.timeZone();
    attributes = from.attributes();
  }

  public TouchpointBuilder id(String value) {
    id = value;
    return this;
  }

  public TouchpointBuilder occurredAt(long value) {
    occurredAt = value;
    return this;
  }

  public TouchpointBuilder identifiers(List<Identifier> value) {
    identifiers = value;
    return this;
  }

  public TouchpointBuilder channel(Channel value) {
    channel = value;
    return this;
  }

  public TouchpointBuilder direction(Direction value) {
    direction = value;
    return this;
  }

  public TouchpointBuilder type(String value) {
    type = value;
    return this;
  }

  public TouchpointBuilder purpose(Purpose value) {
    purpose = value;
    return this;
  }

  public TouchpointBuilder area(Area value) {
    area = value;
    return this;
  }

  public TouchpointBuilder topic(String value) {
    topic = value;
    return this;
  }

  public TouchpointBuilder caseId(String value) {
    caseId = value;
    return this;
  }

  public TouchpointBuilder campaign(String value) {
    campaign = value;
    return this;
  }

  public TouchpointBuilder handledBy(HandledBy value) {
    handledBy = value;
    return this;
  }

  public TouchpointBuilder agent(String value) {
    agent = value;
    return this;
  }

  public TouchpointBuilder outcome(Outcome value) {
    outcome = value;
    return this;
  }

  public TouchpointBuilder waitSeconds(Integer value) {
    waitSeconds = value;
    return this;
  }

  public TouchpointBuilder handleSeconds(Integer value) {
    handleSeconds = value;
    return this;
  }

  public TouchpointBuilder transfers(Integer value) {
    transfers = value;
    return this;
  }

  public TouchpointBuilder sentiment(Double value) {
    sentiment = value;
    return this;
  }

  public TouchpointBuilder dueAt(Long value) {
    dueAt = value;
    return this;
  }

  public TouchpointBuilder score(Score value) {
    score = value;
    return this;
  }

  public TouchpointBuilder cost(Double value) {
    cost = value;
    return this;
  }

  public TouchpointBuilder customerTier(CustomerTier value) {
    customerTier = value;
    return this;
  }

  public TouchpointBuilder segment(String value) {
    segment = value;
    return this;
  }

  public TouchpointBuilder timeZone(String value) {
    timeZone = value;
    return this;
  }

  public TouchpointBuilder attributes(Map<String, String> value) {
    attributes = value;
    return this;
  }

  /** One identifier, {@code kind} and {@code value}. */
  public TouchpointBuilder identifier(String kind, String value) {
    return identifiers(List.of(new Identifier(kind, value)));
  }

  public Touchpoint build() {
    return new Touchpoint(
        id,
        occurredAt,
        identifiers,
        channel,
        direction,
        type,
        purpose,
        area,
        topic,
        caseId,
        campaign,
        handledBy,
        agent,
        outcome,
        waitSeconds,
        handleSeconds,
        transfers,
        sentiment,
        dueAt,
        score,
        cost,
        customerTier,
        segment,
        timeZone,
        attributes);
  }
}
