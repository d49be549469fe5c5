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
 * Records as they are written to topics, and back.
 *
 * <p>Reading throws {@link io.fermata.codec.UndecodableException} or {@link
 * io.fermata.codec.UnknownSchemaException} for bytes that will never be readable, and {@link
 * io.fermata.codec.registry.RegistryUnavailableException} where another try may help.
 */
public interface Wire {

  Touchpoint touchpoint(byte[] bytes, int offset, int length);

  /**
   * A touchpoint without its optional texts, and without attributes unless there are too many:
   * enough to validate it and to know its customer.
   */
  Touchpoint envelope(byte[] bytes);

  /**
   * Where in the framed bytes of a touchpoint its Avro encoding begins, if that is in the schema
   * that history is kept in; -1 if it must be encoded anew.
   */
  int historyOffset(byte[] bytes, int offset, int length);

  /** A touchpoint in the schema that history is kept in. */
  byte[] history(Touchpoint touchpoint);

  /** A touchpoint out of the history. */
  Touchpoint fromHistory(byte[] bytes, int offset, int length);

  /** A touchpoint as it is written to the topic of touchpoints. */
  byte[] touchpoint(Touchpoint touchpoint);

  IdentityLink identityLink(byte[] bytes);

  InboxRecord inbox(byte[] bytes);

  byte[] inbox(InboxRecord record);

  byte[] alert(String topic, Alert alert);

  Alert alert(String topic, byte[] bytes);

  byte[] journey(String topic, Journey journey);

  byte[] guidance(String topic, ContactGuidance guidance);

  byte[] response(SurveyResponse response);

  SurveyResponse response(byte[] bytes);

  byte[] surveySent(SurveySent sent);

  SurveySent surveySent(byte[] bytes);

  byte[] bucket(ScoreBucket bucket);

  ScoreBucket bucket(byte[] bytes);

  byte[] score(ScoreReport report);

  byte[] driver(DriverReport report);

  Erasure erasure(byte[] bytes);

  byte[] erased(Erased erased);

  byte[] answer(ReservationAnswer answer);

  byte[] comparison(ScoreComparison comparison);

  ScoreComparison comparison(byte[] bytes);

  byte[] scoreAlert(ScoreAlert alert);

  byte[] pillarBucket(PillarBucket bucket);

  PillarBucket pillarBucket(byte[] bytes);

  byte[] pillars(PillarReport report);
}
