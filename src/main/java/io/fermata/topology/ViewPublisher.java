package io.fermata.topology;

import io.fermata.model.Alert;
import io.fermata.model.Change;
import io.fermata.model.ContactGuidance;
import io.fermata.model.Journey;
import io.fermata.model.SurveyResponse;
import io.fermata.model.SurveySent;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Sends views to their topics and counts them. The header {@code change} says what a record is
 * about.
 */
final class ViewPublisher {

  private static final String CHANGE = "change";

  private final ProcessorContext<byte[], byte[]> context;
  private final TopicNames topics;
  private final Wire wire;
  private final PipelineListener listener;
  private final TaskGauges gauges;
  private final Map<Change, byte[]> names = new EnumMap<>(Change.class);

  ViewPublisher(
      ProcessorContext<byte[], byte[]> context,
      TopicNames topics,
      Wire wire,
      PipelineListener listener,
      TaskGauges gauges) {
    this.context = context;
    this.topics = topics;
    this.wire = wire;
    this.listener = listener;
    this.gauges = gauges;
    for (Change change : Change.values()) {
      names.put(change, change.name().getBytes(StandardCharsets.UTF_8));
    }
  }

  /**
   * @param timestamp of the records: the event time of what caused them
   */
  void publish(ViewChanges changes, long timestamp) {
    changes.count(gauges);
    changes.publish(
        (change, alert) -> publish(change, alert, timestamp),
        (change, journey) -> publish(change, journey, timestamp),
        (change, guidance) -> publish(change, guidance, timestamp),
        (change, response) -> publish(change, response, timestamp),
        (change, sent) -> publish(change, sent, timestamp));
  }

  private void publish(Change change, Alert alert, long timestamp) {
    byte[] id = alert.id().getBytes(StandardCharsets.UTF_8);
    send(
        FermataTopology.WRITE_ALERTS,
        alert.customer().getBytes(StandardCharsets.UTF_8),
        wire.alert(topics.alerts(), alert),
        change,
        timestamp);
    send(
        FermataTopology.WRITE_ALERTS_LATEST,
        id,
        change == Change.RETRACTED ? null : wire.alert(topics.alertsLatest(), alert),
        change,
        timestamp);
    listener.alert(change, alert);
  }

  private void publish(Change change, Journey journey, long timestamp) {
    send(
        FermataTopology.WRITE_JOURNEYS,
        journey.id().getBytes(StandardCharsets.UTF_8),
        change == Change.RETRACTED ? null : wire.journey(topics.journeys(), journey),
        change,
        timestamp);
    listener.journey(change, journey);
  }

  private void publish(Change change, ContactGuidance guidance, long timestamp) {
    send(
        FermataTopology.WRITE_CONTACT_GUIDANCE,
        guidance.customer().getBytes(StandardCharsets.UTF_8),
        change == Change.RETRACTED ? null : wire.guidance(topics.contactGuidance(), guidance),
        change,
        timestamp);
    listener.guidance(change, guidance);
  }

  private void publish(Change change, SurveyResponse response, long timestamp) {
    send(
        FermataTopology.WRITE_SURVEY_RESPONSES,
        response.id().getBytes(StandardCharsets.UTF_8),
        change == Change.RETRACTED ? null : wire.response(response),
        change,
        timestamp);
  }

  private void publish(Change change, SurveySent sent, long timestamp) {
    send(
        FermataTopology.WRITE_SURVEYS_SENT,
        sent.id().getBytes(StandardCharsets.UTF_8),
        change == Change.RETRACTED ? null : wire.surveySent(sent),
        change,
        timestamp);
  }

  private void send(String sink, byte[] key, byte[] value, Change change, long timestamp) {
    Headers headers = new RecordHeaders();
    headers.add(CHANGE, names.get(change));
    context.forward(new Record<>(key, value, Math.max(0, timestamp), headers), sink);
  }
}
