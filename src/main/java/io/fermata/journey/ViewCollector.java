package io.fermata.journey;

import io.fermata.model.Alert;
import io.fermata.model.Change;
import io.fermata.model.ContactGuidance;
import io.fermata.model.Journey;
import io.fermata.model.SurveyResponse;
import io.fermata.model.SurveySent;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Keeps the last version of every view, ordered by id; retracted ones are gone. */
public final class ViewCollector implements ViewSink {

  private final Map<String, Alert> alerts = new TreeMap<>();
  private final Map<String, Journey> journeys = new TreeMap<>();
  private final Map<String, ContactGuidance> guidance = new TreeMap<>();
  private final Map<String, SurveyResponse> responses = new TreeMap<>();
  private final Map<String, SurveySent> sent = new TreeMap<>();

  @Override
  public void alert(Change change, Alert alert) {
    if (change == Change.RETRACTED) {
      alerts.remove(alert.id());
    } else {
      alerts.put(alert.id(), alert);
    }
  }

  @Override
  public void journey(Change change, Journey journey) {
    if (change == Change.RETRACTED) {
      journeys.remove(journey.id());
    } else {
      journeys.put(journey.id(), journey);
    }
  }

  @Override
  public void guidance(Change change, ContactGuidance view) {
    if (change == Change.RETRACTED) {
      guidance.remove(view.customer());
    } else {
      guidance.put(view.customer(), view);
    }
  }

  @Override
  public void response(Change change, SurveyResponse response) {
    if (change == Change.RETRACTED) {
      responses.remove(response.id());
    } else {
      responses.put(response.id(), response);
    }
  }

  @Override
  public void surveySent(Change change, SurveySent survey) {
    if (change == Change.RETRACTED) {
      sent.remove(survey.id());
    } else {
      sent.put(survey.id(), survey);
    }
  }

  /** What has been collected so far. */
  public Views views() {
    return new Views(
        List.copyOf(alerts.values()),
        List.copyOf(journeys.values()),
        List.copyOf(guidance.values()),
        List.copyOf(responses.values()),
        List.copyOf(sent.values()));
  }
}
