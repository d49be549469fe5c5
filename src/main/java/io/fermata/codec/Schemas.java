package io.fermata.codec;

import io.fermata.codec.avro.Alert;
import io.fermata.codec.avro.ContactGuidance;
import io.fermata.codec.avro.DriverReport;
import io.fermata.codec.avro.Erased;
import io.fermata.codec.avro.Erasure;
import io.fermata.codec.avro.IdentityLink;
import io.fermata.codec.avro.InboxRecord;
import io.fermata.codec.avro.Journey;
import io.fermata.codec.avro.PillarBucket;
import io.fermata.codec.avro.PillarReport;
import io.fermata.codec.avro.ReservationAnswer;
import io.fermata.codec.avro.ScoreAlert;
import io.fermata.codec.avro.ScoreBucket;
import io.fermata.codec.avro.ScoreComparison;
import io.fermata.codec.avro.ScoreReport;
import io.fermata.codec.avro.SurveyResponse;
import io.fermata.codec.avro.SurveySent;
import io.fermata.codec.avro.Touchpoint;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;

/** The current schemas: those of {@code schemas/}, text for text. */
public final class Schemas {

  private static final List<Schema> ALL =
      List.of(
          Touchpoint.getClassSchema(),
          Alert.getClassSchema(),
          Journey.getClassSchema(),
          ContactGuidance.getClassSchema(),
          SurveyResponse.getClassSchema(),
          SurveySent.getClassSchema(),
          ScoreBucket.getClassSchema(),
          ScoreReport.getClassSchema(),
          DriverReport.getClassSchema(),
          ReservationAnswer.getClassSchema(),
          ScoreComparison.getClassSchema(),
          ScoreAlert.getClassSchema(),
          PillarBucket.getClassSchema(),
          PillarReport.getClassSchema(),
          Erasure.getClassSchema(),
          Erased.getClassSchema(),
          IdentityLink.getClassSchema(),
          InboxRecord.getClassSchema());

  private static final List<RecordCodec<?>> CODECS =
      List.of(
          TouchpointCodec.INSTANCE,
          AlertCodec.INSTANCE,
          JourneyCodec.INSTANCE,
          ContactGuidanceCodec.INSTANCE,
          SurveyResponseCodec.INSTANCE,
          SurveySentCodec.INSTANCE,
          ScoreBucketCodec.INSTANCE,
          ScoreReportCodec.INSTANCE,
          DriverReportCodec.INSTANCE,
          ErasureCodec.INSTANCE,
          ErasedCodec.INSTANCE,
          ReservationAnswerCodec.INSTANCE,
          IdentityLinkCodec.INSTANCE,
          ScoreComparisonCodec.INSTANCE,
          ScoreAlertCodec.INSTANCE,
          PillarBucketCodec.INSTANCE,
          PillarReportCodec.INSTANCE,
          InboxCodec.INSTANCE);

  private Schemas() {}

  public static List<Schema> all() {
    return ALL;
  }

  /** The current schema of that full name, if it is ours. */
  public static Optional<Schema> named(String fullName) {
    return ALL.stream().filter(schema -> schema.getFullName().equals(fullName)).findFirst();
  }

  /** The codec of the record of that full name, if the model has one. */
  static Optional<RecordCodec<?>> codecNamed(String fullName) {
    return CODECS.stream()
        .filter(codec -> codec.schema().getFullName().equals(fullName))
        .findFirst();
  }

  /** The codec that writes {@code value}, if it is a record of the model. */
  static Optional<RecordCodec<?>> codecFor(Object value) {
    return CODECS.stream().filter(codec -> codec.type().isInstance(value)).findFirst();
  }

  /**
   * The codec of a class of the model.
   *
   * @throws IllegalArgumentException when there is none
   */
  @SuppressWarnings("unchecked")
  static <T> RecordCodec<T> codecOf(Class<T> type) {
    return (RecordCodec<T>)
        CODECS.stream()
            .filter(codec -> codec.type() == type)
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("no schema for " + type.getName()));
  }
}
