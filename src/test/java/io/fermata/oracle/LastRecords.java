package io.fermata.oracle;

import io.fermata.journey.ViewSink;
import io.fermata.model.Alert;
import io.fermata.model.AlertStatus;
import io.fermata.model.Change;
import io.fermata.model.ContactGuidance;
import io.fermata.model.Journey;
import io.fermata.model.SurveyResponse;
import io.fermata.model.SurveySent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a reader of the topics ends with: the last record per id, retracted ones dropped. Notes
 * every change that does not follow from the records before it.
 */
final class LastRecords implements ViewSink {

  private final Map<String, Alert> alerts = new HashMap<>();
  private final Map<String, Journey> journeys = new HashMap<>();
  private final Map<String, ContactGuidance> guidance = new HashMap<>();
  private final Map<String, SurveyResponse> responses = new HashMap<>();
  private final Map<String, SurveySent> sent = new HashMap<>();
  private final List<String> contradictions = new ArrayList<>();

  @Override
  public void alert(Change change, Alert alert) {
    check(change, alerts.get(alert.id()), alert);
    if ((change == Change.RETRACTED) != (alert.status() == AlertStatus.RETRACTED)) {
      contradictions.add("change " + change + " with status " + alert);
    }
    if (change == Change.RETRACTED) {
      alerts.remove(alert.id());
    } else {
      alerts.put(alert.id(), alert);
    }
  }

  @Override
  public void journey(Change change, Journey journey) {
    check(change, journeys.get(journey.id()), journey);
    if (change == Change.RETRACTED) {
      journeys.remove(journey.id());
    } else {
      journeys.put(journey.id(), journey);
    }
  }

  @Override
  public void guidance(Change change, ContactGuidance view) {
    check(change, guidance.get(view.customer()), view);
    if (change == Change.RETRACTED) {
      guidance.remove(view.customer());
    } else {
      guidance.put(view.customer(), view);
    }
  }

  @Override
  public void response(Change change, SurveyResponse response) {
    if (change != Change.RAISED) { // an answer after 90 days may be published as a new one
      check(change, responses.get(response.id()), response);
    }
    if (change == Change.RETRACTED) {
      responses.remove(response.id());
    } else {
      responses.put(response.id(), response);
    }
  }

  @Override
  public void surveySent(Change change, SurveySent survey) {
    check(change, sent.get(survey.id()), survey);
    if (change == Change.RETRACTED) {
      sent.remove(survey.id());
    } else {
      sent.put(survey.id(), survey);
    }
  }

  Map<String, SurveyResponse> responses() {
    return responses;
  }

  Map<String, SurveySent> surveysSent() {
    return sent;
  }

  List<String> contradictions() {
    return contradictions;
  }

  private void check(Change change, Object before, Object now) {
    // What begins and ends at one touchpoint may be published as ended at once.
    boolean follows =
        switch (change) {
          case RAISED -> before == null;
          case CHANGED, RETRACTED -> before != null;
          case ENDED -> true;
        };
    if (!follows) {
      contradictions.add(
          "change " + change + (before == null ? " without a record: " : " of a record: ") + now);
    } else if (now.equals(before) && change != Change.RETRACTED) {
      contradictions.add("change " + change + " that changes nothing: " + now);
    }
  }

  List<String> differencesTo(OracleViews expected) {
    List<String> lines = new ArrayList<>(contradictions);
    lines.addAll(Difference.of(alerts.values(), journeys.values(), guidance.values(), expected));
    return lines;
  }
}
