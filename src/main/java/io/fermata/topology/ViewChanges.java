package io.fermata.topology;

import io.fermata.journey.ViewSink;
import io.fermata.model.Alert;
import io.fermata.model.Change;
import io.fermata.model.ContactGuidance;
import io.fermata.model.Journey;
import io.fermata.model.SurveyResponse;
import io.fermata.model.SurveySent;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;

/** Collects the changes of one step, so that a step that fails publishes nothing. */
final class ViewChanges implements ViewSink {

  private record Of<V>(Change change, V view) {}

  private record Pause(Long was, Long is) {}

  private record Recount(Alert was, Alert is) {}

  private final List<Of<Alert>> alerts = new ArrayList<>();
  private final List<Of<Journey>> journeys = new ArrayList<>();
  private final List<Of<ContactGuidance>> guidance = new ArrayList<>();
  private final List<Of<SurveyResponse>> responses = new ArrayList<>(1);
  private final List<Of<SurveySent>> surveysSent = new ArrayList<>(1);
  private final List<Pause> pauses = new ArrayList<>(1);
  private final List<Recount> recounts = new ArrayList<>(1);
  private int openJourneys;

  @Override
  public void alert(Change change, Alert alert) {
    alerts.add(new Of<>(change, alert));
  }

  @Override
  public void journey(Change change, Journey journey) {
    journeys.add(new Of<>(change, journey));
  }

  @Override
  public void guidance(Change change, ContactGuidance view) {
    guidance.add(new Of<>(change, view));
  }

  @Override
  public void response(Change change, SurveyResponse response) {
    responses.add(new Of<>(change, response));
  }

  @Override
  public void surveySent(Change change, SurveySent sent) {
    surveysSent.add(new Of<>(change, sent));
  }

  @Override
  public void openJourneys(int change) {
    openJourneys += change;
  }

  @Override
  public void pause(Long was, Long is) {
    if (!Objects.equals(was, is)) {
      pauses.add(new Pause(was, is));
    }
  }

  @Override
  public void recount(Alert was, Alert is) {
    recounts.add(new Recount(was, is));
  }

  void clear() {
    pauses.clear();
    recounts.clear();
    openJourneys = 0;
    alerts.clear();
    journeys.clear();
    guidance.clear();
    responses.clear();
    surveysSent.clear();
  }

  void count(ExperienceCounts experiences) {
    for (int i = 0; i < alerts.size(); i++) {
      experiences.count(alerts.get(i).change, alerts.get(i).view);
    }
    for (int i = 0; i < recounts.size(); i++) {
      experiences.recount(recounts.get(i).was, recounts.get(i).is);
    }
  }

  void count(TaskGauges gauges) {
    gauges.openJourneys(openJourneys);
    for (int i = 0; i < pauses.size(); i++) {
      gauges.pause(pauses.get(i).was, pauses.get(i).is);
    }
  }

  void publish(
      BiConsumer<Change, Alert> alertOut,
      BiConsumer<Change, Journey> journeyOut,
      BiConsumer<Change, ContactGuidance> guidanceOut,
      BiConsumer<Change, SurveyResponse> responseOut,
      BiConsumer<Change, SurveySent> sentOut) {
    for (int i = 0; i < alerts.size(); i++) {
      alertOut.accept(alerts.get(i).change, alerts.get(i).view);
    }
    for (int i = 0; i < journeys.size(); i++) {
      journeyOut.accept(journeys.get(i).change, journeys.get(i).view);
    }
    for (int i = 0; i < guidance.size(); i++) {
      guidanceOut.accept(guidance.get(i).change, guidance.get(i).view);
    }
    for (int i = 0; i < responses.size(); i++) {
      responseOut.accept(responses.get(i).change, responses.get(i).view);
    }
    for (int i = 0; i < surveysSent.size(); i++) {
      sentOut.accept(surveysSent.get(i).change, surveysSent.get(i).view);
    }
  }
}
