package io.fermata.topology;

import io.fermata.codec.InboxRecord;
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

/**
 * A wire that waits for the schema registry, whichever way the record goes: the first alert of a
 * process asks the registry as well as the first touchpoint of a new schema does.
 */
final class PatientWire implements Wire {

  private final Wire wire;
  private final RegistryPatience patience;

  PatientWire(Wire wire, RegistryPatience patience) {
    this.wire = wire;
    this.patience = patience;
  }

  @Override
  public Touchpoint touchpoint(byte[] bytes, int offset, int length) {
    return patience.call(() -> wire.touchpoint(bytes, offset, length));
  }

  @Override
  public Touchpoint envelope(byte[] bytes) {
    return patience.call(() -> wire.envelope(bytes));
  }

  @Override
  public int historyOffset(byte[] bytes, int offset, int length) {
    return patience.call(() -> wire.historyOffset(bytes, offset, length));
  }

  @Override
  public byte[] history(Touchpoint touchpoint) {
    return wire.history(touchpoint);
  }

  @Override
  public Touchpoint fromHistory(byte[] bytes, int offset, int length) {
    return wire.fromHistory(bytes, offset, length);
  }

  @Override
  public byte[] touchpoint(Touchpoint touchpoint) {
    return patience.call(() -> wire.touchpoint(touchpoint));
  }

  @Override
  public IdentityLink identityLink(byte[] bytes) {
    return patience.call(() -> wire.identityLink(bytes));
  }

  @Override
  public InboxRecord inbox(byte[] bytes) {
    return patience.call(() -> wire.inbox(bytes));
  }

  @Override
  public byte[] inbox(InboxRecord record) {
    return patience.call(() -> wire.inbox(record));
  }

  @Override
  public byte[] alert(String topic, Alert alert) {
    return patience.call(() -> wire.alert(topic, alert));
  }

  @Override
  public byte[] journey(String topic, Journey journey) {
    return patience.call(() -> wire.journey(topic, journey));
  }

  @Override
  public byte[] guidance(String topic, ContactGuidance guidance) {
    return patience.call(() -> wire.guidance(topic, guidance));
  }

  @Override
  public byte[] response(SurveyResponse response) {
    return patience.call(() -> wire.response(response));
  }

  @Override
  public SurveyResponse response(byte[] bytes) {
    return patience.call(() -> wire.response(bytes));
  }

  @Override
  public byte[] surveySent(SurveySent sent) {
    return patience.call(() -> wire.surveySent(sent));
  }

  @Override
  public SurveySent surveySent(byte[] bytes) {
    return patience.call(() -> wire.surveySent(bytes));
  }

  @Override
  public byte[] bucket(ScoreBucket bucket) {
    return patience.call(() -> wire.bucket(bucket));
  }

  @Override
  public ScoreBucket bucket(byte[] bytes) {
    return patience.call(() -> wire.bucket(bytes));
  }

  @Override
  public byte[] score(ScoreReport report) {
    return patience.call(() -> wire.score(report));
  }

  @Override
  public byte[] driver(DriverReport report) {
    return patience.call(() -> wire.driver(report));
  }

  @Override
  public Erasure erasure(byte[] bytes) {
    return patience.call(() -> wire.erasure(bytes));
  }

  @Override
  public byte[] erased(Erased erased) {
    return patience.call(() -> wire.erased(erased));
  }

  @Override
  public byte[] answer(ReservationAnswer answer) {
    return patience.call(() -> wire.answer(answer));
  }

  @Override
  public Alert alert(String topic, byte[] bytes) {
    return patience.call(() -> wire.alert(topic, bytes));
  }

  @Override
  public byte[] comparison(ScoreComparison comparison) {
    return patience.call(() -> wire.comparison(comparison));
  }

  @Override
  public ScoreComparison comparison(byte[] bytes) {
    return patience.call(() -> wire.comparison(bytes));
  }

  @Override
  public byte[] scoreAlert(ScoreAlert alert) {
    return patience.call(() -> wire.scoreAlert(alert));
  }

  @Override
  public byte[] pillarBucket(PillarBucket bucket) {
    return patience.call(() -> wire.pillarBucket(bucket));
  }

  @Override
  public PillarBucket pillarBucket(byte[] bytes) {
    return patience.call(() -> wire.pillarBucket(bytes));
  }

  @Override
  public byte[] pillars(PillarReport report) {
    return patience.call(() -> wire.pillars(report));
  }
}
