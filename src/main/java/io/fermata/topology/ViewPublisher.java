package io.fermata.topology;

import io.fermata.model.Alert;
import io.fermata.model.Change;
import io.fermata.model.ContactGuidance;
import io.fermata.model.Journey;
import io.fermata.model.SurveyResponse;
import io.fermata.model.SurveySent;
import io.fermata.topology.PublishedViews.Kind;
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

  /** On a tombstone: the view was not wrong, its customer has been erased. */
  static final String ERASED = "erased";

  private final ProcessorContext<byte[], byte[]> context;
  private final TopicNames topics;
  private final Wire wire;
  private final PipelineListener listener;
  private final TaskGauges gauges;
  private final ExperienceCounts experiences;
  private final CloudEvents cloudEvents;
  private final PublishedViews published;
  private final Map<Change, byte[]> names = new EnumMap<>(Change.class);

  ViewPublisher(
      ProcessorContext<byte[], byte[]> context,
      TopicNames topics,
      Wire wire,
      PipelineListener listener,
      TaskGauges gauges,
      ExperienceCounts experiences,
      CloudEvents cloudEvents,
      PublishedViews published) {
    this.context = context;
    this.topics = topics;
    this.wire = wire;
    this.listener = listener;
    this.gauges = gauges;
    this.experiences = experiences;
    this.cloudEvents = cloudEvents;
    this.published = published;
    for (Change change : Change.values()) {
      names.put(change, change.name().getBytes(StandardCharsets.UTF_8));
    }
  }

  /**
   * @param timestamp of the records: the event time of what caused them
   */
  void publish(ViewChanges changes, long timestamp) {
    changes.count(gauges);
    changes.count(experiences);
    changes.publish(
        (change, alert) -> publish(change, alert, timestamp),
        (change, journey) -> publish(change, journey, timestamp),
        (change, guidance) -> publish(change, guidance, timestamp),
        (change, response) -> publish(change, response, timestamp),
        (change, sent) -> publish(change, sent, timestamp));
  }

  private void publish(Change change, Alert alert, long timestamp) {
    publish(
        FermataTopology.WRITE_ALERTS,
        alert.customer(),
        wire.alert(topics.alerts(), alert),
        change,
        alert,
        timestamp);
    publish(
        FermataTopology.WRITE_ALERTS_LATEST,
        alert.id(),
        change == Change.RETRACTED ? null : wire.alert(topics.alertsLatest(), alert),
        change,
        alert,
        timestamp);
    if (change == Change.RAISED) {
      published.addAlert(alert.customer(), alert.id(), alert.at(), alert.rule());
    } else if (change == Change.RETRACTED) {
      published.remove(Kind.ALERT, alert.customer(), alert.id());
    }
    listener.alert(change, alert);
  }

  private void publish(
      String sink, String key, byte[] value, Change change, Alert alert, long timestamp) {
    Headers headers = headers(change);
    cloudEvents.add(headers, change, alert, value);
    send(sink, key.getBytes(StandardCharsets.UTF_8), value, headers, timestamp);
  }

  private void publish(Change change, Journey journey, long timestamp) {
    send(
        FermataTopology.WRITE_JOURNEYS,
        journey.id().getBytes(StandardCharsets.UTF_8),
        change == Change.RETRACTED ? null : wire.journey(topics.journeys(), journey),
        change,
        timestamp);
    note(Kind.JOURNEY, change, journey.customer(), journey.id());
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
    note(Kind.RESPONSE, change, response.customer(), response.id());
  }

  private void publish(Change change, SurveySent sent, long timestamp) {
    send(
        FermataTopology.WRITE_SURVEYS_SENT,
        sent.id().getBytes(StandardCharsets.UTF_8),
        change == Change.RETRACTED ? null : wire.surveySent(sent),
        change,
        timestamp);
    note(Kind.SURVEY_SENT, change, sent.customer(), sent.id());
  }

  private void note(Kind kind, Change change, String customer, String id) {
    if (change == Change.RAISED) {
      published.add(kind, customer, id);
    } else if (change == Change.RETRACTED) {
      published.remove(kind, customer, id);
    }
  }

  /**
   * Takes back everything that is published of a customer, without a word of what it said.
   *
   * @param hasGuidance whether there may be contact guidance
   * @return how many views there were
   */
  int forget(String customer, boolean hasGuidance, long timestamp) {
    int views = 0;
    byte[] name = customer.getBytes(StandardCharsets.UTF_8);
    for (PublishedViews.Entry entry : published.removeAll(customer)) {
      views++;
      if (entry.kind() == Kind.ALERT) {
        Alert alert = Alert.erased(entry.id(), entry.rule(), customer, entry.at());
        publish(
            FermataTopology.WRITE_ALERTS,
            customer,
            wire.alert(topics.alerts(), alert),
            Change.RETRACTED,
            alert,
            timestamp);
        listener.alert(Change.RETRACTED, alert);
      }
      erase(sinkOf(entry.kind()), entry.id().getBytes(StandardCharsets.UTF_8), timestamp);
    }
    if (hasGuidance) {
      views++;
      erase(FermataTopology.WRITE_CONTACT_GUIDANCE, name, timestamp);
    }
    return views;
  }

  private static String sinkOf(Kind kind) {
    return switch (kind) {
      case ALERT -> FermataTopology.WRITE_ALERTS_LATEST;
      case JOURNEY -> FermataTopology.WRITE_JOURNEYS;
      case RESPONSE -> FermataTopology.WRITE_SURVEY_RESPONSES;
      case SURVEY_SENT -> FermataTopology.WRITE_SURVEYS_SENT;
    };
  }

  private void erase(String sink, byte[] key, long timestamp) {
    Headers headers = new RecordHeaders();
    headers.add(CHANGE, names.get(Change.RETRACTED));
    headers.add(ERASED, new byte[0]);
    context.forward(new Record<>(key, null, Math.max(0, timestamp), headers), sink);
  }

  private void send(String sink, byte[] key, byte[] value, Change change, long timestamp) {
    send(sink, key, value, headers(change), timestamp);
  }

  private void send(String sink, byte[] key, byte[] value, Headers headers, long timestamp) {
    context.forward(new Record<>(key, value, Math.max(0, timestamp), headers), sink);
  }

  private Headers headers(Change change) {
    Headers headers = new RecordHeaders();
    headers.add(CHANGE, names.get(change));
    return headers;
  }
}
