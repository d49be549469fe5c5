package io.fermata.journey;

import io.fermata.journey.Surveys.Answer;
import io.fermata.model.Change;
import io.fermata.model.Ids;
import io.fermata.model.Position;
import io.fermata.model.Score;
import io.fermata.model.ScoreKind;
import io.fermata.model.SurveyResponse;
import io.fermata.model.SurveySent;
import io.fermata.model.Touchpoint;

/** Keeps a customer's survey responses. */
final class SurveySteps {

  private static final String SURVEY_SENT = "survey.sent";

  /** The attribute of a sent survey that says what it asks for. */
  private static final String KIND = "kind";

  private SurveySteps() {}

  /**
   * Takes a touchpoint in, before the rules see it: what an answer makes them raise is no reason
   * for the answer.
   */
  static void enter(FoldState state, Touchpoint touchpoint, ViewSink sink) {
    if (state.surveys().isWaiting()) {
      arrive(state.surveys(), touchpoint, sink);
    }
    if (touchpoint.score() != null) {
      answer(state, touchpoint, sink);
    }
    if (SURVEY_SENT.equals(touchpoint.type())) {
      sink.surveySent(Change.RAISED, sent(state.customer(), touchpoint));
    }
  }

  /** An answer given earlier may be about this touchpoint. */
  private static void arrive(Surveys surveys, Touchpoint touchpoint, ViewSink sink) {
    for (int i = 0; i < surveys.answers().size(); i++) {
      Answer answer = surveys.answers().get(i);
      SurveyResponse response = answer.response();
      if (answer.waits()
          && touchpoint.id().equals(response.about())
          && touchpoint.occurredAt() - response.at() <= Surveys.KEPT_MILLIS) {
        SurveyResponse now = withAbout(response, About.of(touchpoint));
        surveys.set(i, new Answer(now, false));
        publish(response, now, sink);
      }
    }
    surveys.lookWhoWaits();
  }

  private static void answer(FoldState state, Touchpoint touchpoint, ViewSink sink) {
    Score score = touchpoint.score();
    Surveys surveys = state.surveys();
    surveys.expire(touchpoint.occurredAt());
    String id = Ids.response(state.customer(), score.kind(), score.about(), touchpoint.id());
    About about = null;
    if (score.about() != null) {
      Position here = touchpoint.position();
      Position earliest = new Position(here.at() - Surveys.KEPT_MILLIS, "");
      about = state.lookback().find(score.about(), earliest, here);
    }
    SurveyResponse own =
        new SurveyResponse(
            id,
            state.customer(),
            touchpoint.occurredAt(),
            score.kind(),
            score.value(),
            score.min(),
            score.max(),
            score.about(),
            touchpoint.channel(),
            touchpoint.area(),
            touchpoint.segment(),
            touchpoint.topic(),
            touchpoint.campaign(),
            surveys.pillarsAt(touchpoint.occurredAt()));
    SurveyResponse now = about == null ? own : withAbout(own, about);
    SurveyResponse before = null;
    for (int i = 0; i < surveys.answers().size() && before == null; i++) {
      if (surveys.answers().get(i).response().id().equals(id)) {
        before = surveys.answers().get(i).response();
        surveys.remove(i);
      }
    }
    surveys.set(surveys.answers().size(), new Answer(now, score.about() != null && about == null));
    surveys.lookWhoWaits();
    publish(before, now, sink);
  }

  private static SurveyResponse withAbout(SurveyResponse response, About about) {
    return new SurveyResponse(
        response.id(),
        response.customer(),
        response.at(),
        response.kind(),
        response.value(),
        response.min(),
        response.max(),
        response.about(),
        about.channel(),
        about.area(),
        response.segment(),
        about.topic(),
        about.campaign(),
        response.pillars());
  }

  private static void publish(SurveyResponse before, SurveyResponse now, ViewSink sink) {
    if (now.equals(before)) {
      return;
    }
    if (before != null && sink.wantsBefore()) {
      sink.before(before);
    }
    sink.response(before == null ? Change.RAISED : Change.CHANGED, now);
  }

  private static SurveySent sent(String customer, Touchpoint touchpoint) {
    return new SurveySent(
        Ids.surveySent(customer, touchpoint.position()),
        customer,
        touchpoint.occurredAt(),
        ScoreKind.parse(touchpoint.attributes().get(KIND)),
        touchpoint.channel(),
        touchpoint.area(),
        touchpoint.segment(),
        touchpoint.topic(),
        touchpoint.campaign());
  }
}
