package io.fermata.journey;

import io.fermata.model.Alert;
import io.fermata.model.Change;
import io.fermata.model.ContactGuidance;
import io.fermata.model.Journey;
import io.fermata.model.SurveyResponse;
import io.fermata.model.SurveySent;

/** Takes what nobody is to see: of states that are only tried. */
class Unseen implements ViewSink {

  static final Unseen ALL = new Unseen();

  @Override
  public void alert(Change change, Alert alert) {}

  @Override
  public void journey(Change change, Journey journey) {}

  @Override
  public void guidance(Change change, ContactGuidance guidance) {}

  @Override
  public void response(Change change, SurveyResponse response) {}

  @Override
  public void surveySent(Change change, SurveySent sent) {}
}
