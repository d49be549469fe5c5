package io.fermata.topology;

import io.fermata.codec.Framing;
import io.fermata.codec.InboxRecord;
import io.fermata.codec.TouchpointCodec;
import io.fermata.codec.ValueCodec;
import io.fermata.codec.ValueCodecs;
import io.fermata.model.Alert;
import io.fermata.model.ContactGuidance;
import io.fermata.model.DriverReport;
import io.fermata.model.Erased;
import io.fermata.model.Erasure;
import io.fermata.model.IdentityLink;
import io.fermata.model.Journey;
import io.fermata.model.PillarBucket;
import io.fermata.model.PillarReport;
import io.fermata.model.ReservationAnswer;
import io.fermata.model.ScoreAlert;
import io.fermata.model.ScoreBucket;
import io.fermata.model.ScoreComparison;
import io.fermata.model.ScoreReport;
import io.fermata.model.SurveyResponse;
import io.fermata.model.SurveySent;
import io.fermata.model.Touchpoint;

/** Records in the configured wire format; history in Avro of the current schema. */
public final class CodecWire implements Wire {

  private final TopicNames topics;
  private final ValueCodec<Touchpoint> touchpoints;
  private final ValueCodec<Touchpoint> envelopes;
  private final ValueCodec<IdentityLink> identityLinks;
  private final ValueCodec<InboxRecord> inbox;
  private final ValueCodec<Alert> alerts;
  private final ValueCodec<Journey> journeys;
  private final ValueCodec<ContactGuidance> guidance;
  private final ValueCodec<SurveyResponse> responses;
  private final ValueCodec<SurveySent> surveysSent;
  private final ValueCodec<ScoreBucket> buckets;
  private final ValueCodec<ScoreReport> scores;
  private final ValueCodec<DriverReport> drivers;
  private final ValueCodec<Erasure> erasures;
  private final ValueCodec<Erased> erased;
  private final ValueCodec<ReservationAnswer> answers;
  private final ValueCodec<ScoreComparison> comparisons;
  private final ValueCodec<ScoreAlert> scoreAlerts;
  private final ValueCodec<PillarBucket> pillarBuckets;
  private final ValueCodec<PillarReport> pillars;

  public CodecWire(TopicNames topics, ValueCodecs codecs) {
    this.topics = topics;
    this.touchpoints = codecs.touchpoints();
    this.envelopes = codecs.envelopes();
    this.identityLinks = codecs.forType(IdentityLink.class);
    this.inbox = codecs.inbox();
    this.alerts = codecs.alerts();
    this.journeys = codecs.journeys();
    this.guidance = codecs.guidance();
    this.responses = codecs.responses();
    this.surveysSent = codecs.surveysSent();
    this.buckets = codecs.forType(ScoreBucket.class);
    this.scores = codecs.forType(ScoreReport.class);
    this.drivers = codecs.forType(DriverReport.class);
    this.erasures = codecs.forType(Erasure.class);
    this.erased = codecs.forType(Erased.class);
    this.answers = codecs.forType(ReservationAnswer.class);
    this.comparisons = codecs.forType(ScoreComparison.class);
    this.scoreAlerts = codecs.forType(ScoreAlert.class);
    this.pillarBuckets = codecs.forType(PillarBucket.class);
    this.pillars = codecs.forType(PillarReport.class);
  }

  @Override
  public Touchpoint touchpoint(byte[] bytes, int offset, int length) {
    return touchpoints.deserialize(topics.touchpoints(), bytes, offset, length);
  }

  @Override
  public Touchpoint envelope(byte[] bytes) {
    return envelopes.deserialize(topics.touchpoints(), bytes);
  }

  @Override
  public int historyOffset(byte[] bytes, int offset, int length) {
    return touchpoints.isCurrent(bytes, offset, length) ? Framing.HEADER : -1;
  }

  @Override
  public byte[] history(Touchpoint touchpoint) {
    return TouchpointCodec.INSTANCE.encode(touchpoint);
  }

  @Override
  public Touchpoint fromHistory(byte[] bytes, int offset, int length) {
    return TouchpointCodec.INSTANCE.decode(bytes, offset, length);
  }

  @Override
  public byte[] touchpoint(Touchpoint touchpoint) {
    return touchpoints.serialize(topics.touchpoints(), touchpoint);
  }

  @Override
  public IdentityLink identityLink(byte[] bytes) {
    return identityLinks.deserialize(topics.identityLinks(), bytes);
  }

  @Override
  public InboxRecord inbox(byte[] bytes) {
    return inbox.deserialize(topics.inbox(), bytes);
  }

  @Override
  public byte[] inbox(InboxRecord record) {
    return inbox.serialize(topics.inbox(), record);
  }

  @Override
  public byte[] alert(String topic, Alert alert) {
    return alerts.serialize(topic, alert);
  }

  @Override
  public byte[] journey(String topic, Journey journey) {
    return journeys.serialize(topic, journey);
  }

  @Override
  public byte[] guidance(String topic, ContactGuidance view) {
    return guidance.serialize(topic, view);
  }

  @Override
  public byte[] response(SurveyResponse response) {
    return responses.serialize(topics.surveyResponses(), response);
  }

  @Override
  public SurveyResponse response(byte[] bytes) {
    return responses.deserialize(topics.surveyResponses(), bytes);
  }

  @Override
  public byte[] surveySent(SurveySent sent) {
    return surveysSent.serialize(topics.surveysSent(), sent);
  }

  @Override
  public SurveySent surveySent(byte[] bytes) {
    return surveysSent.deserialize(topics.surveysSent(), bytes);
  }

  @Override
  public byte[] bucket(ScoreBucket bucket) {
    return buckets.serialize(topics.scoreDeltas(), bucket);
  }

  @Override
  public ScoreBucket bucket(byte[] bytes) {
    return buckets.deserialize(topics.scoreDeltas(), bytes);
  }

  @Override
  public byte[] score(ScoreReport report) {
    return scores.serialize(topics.scores(), report);
  }

  @Override
  public byte[] driver(DriverReport report) {
    return drivers.serialize(topics.drivers(), report);
  }

  @Override
  public Erasure erasure(byte[] bytes) {
    return erasures.deserialize(topics.erasures(), bytes);
  }

  @Override
  public byte[] erased(Erased done) {
    return erased.serialize(topics.erased(), done);
  }

  @Override
  public byte[] answer(ReservationAnswer answer) {
    return answers.serialize(topics.contactDecisions(), answer);
  }

  @Override
  public Alert alert(String topic, byte[] bytes) {
    return alerts.deserialize(topic, bytes);
  }

  @Override
  public byte[] comparison(ScoreComparison comparison) {
    return comparisons.serialize(topics.scoreComparisons(), comparison);
  }

  @Override
  public ScoreComparison comparison(byte[] bytes) {
    return comparisons.deserialize(topics.scoreComparisons(), bytes);
  }

  @Override
  public byte[] scoreAlert(ScoreAlert alert) {
    return scoreAlerts.serialize(topics.scoreAlerts(), alert);
  }

  @Override
  public byte[] pillarBucket(PillarBucket bucket) {
    return pillarBuckets.serialize(topics.pillarDeltas(), bucket);
  }

  @Override
  public PillarBucket pillarBucket(byte[] bytes) {
    return pillarBuckets.deserialize(topics.pillarDeltas(), bytes);
  }

  @Override
  public byte[] pillars(PillarReport report) {
    return pillars.serialize(topics.pillars(), report);
  }
}
