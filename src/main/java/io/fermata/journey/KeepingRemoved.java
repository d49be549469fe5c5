package io.fermata.journey;

import io.fermata.model.Alert;
import io.fermata.model.Change;
import io.fermata.model.ContactGuidance;
import io.fermata.model.Journey;
import io.fermata.model.SurveyResponse;
import io.fermata.model.SurveySent;
import java.util.Set;

/** Leaves the alerts of rules that are gone as they are. */
record KeepingRemoved(Set<String> rules, ViewSink sink) implements ViewSink {

  @Override
  public void alert(Change change, Alert alert) {
    if (change != Change.RETRACTED || rules.contains(alert.rule())) {
      sink.alert(change, alert);
    }
  }

  @Override
  public void recount(Alert was, Alert is) {
    sink.recount(was, is);
  }

  @Override
  public void journey(Change change, Journey journey) {
    sink.journey(change, journey);
  }

  @Override
  public void openJourneys(int change) {
    sink.openJourneys(change);
  }

  @Override
  public void pause(Long was, Long is) {
    sink.pause(was, is);
  }

  @Override
  public void guidance(Change change, ContactGuidance guidance) {
    sink.guidance(change, guidance);
  }

  @Override
  public void response(Change change, SurveyResponse response) {
    sink.response(change, response);
  }

  @Override
  public void surveySent(Change change, SurveySent sent) {
    sink.surveySent(change, sent);
  }
}
