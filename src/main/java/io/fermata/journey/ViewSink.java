package io.fermata.journey;

import io.fermata.model.Alert;
import io.fermata.model.Change;
import io.fermata.model.ContactGuidance;
import io.fermata.model.Journey;
import io.fermata.model.SurveyResponse;
import io.fermata.model.SurveySent;

/** Takes the changes of views as the fold makes them, in order. */
public interface ViewSink {

  void alert(Change change, Alert alert);

  void journey(Change change, Journey journey);

  void guidance(Change change, ContactGuidance guidance);

  void response(Change change, SurveyResponse response);

  void surveySent(Change change, SurveySent sent);

  /** Told beside a change of journeys when it opens one, 1, or closes or takes back one, -1. */
  default void openJourneys(int change) {}

  /**
   * Told beside a change of guidance.
   *
   * @param was until when there was a pause in force, null for none
   * @param is until when there is one now
   */
  default void pause(Long was, Long is) {}

  /**
   * Told beside a change or the end of an alert that counts for something else than it did: of what
   * scores look at at least the severity differs.
   */
  default void recount(Alert was, Alert is) {}

  /**
   * Called before the change of an alert that was raised earlier, with what it was till now, when
   * {@link #wantsBefore()} says so.
   */
  default void before(Alert alert) {}

  /** As {@link #before(Alert)}, for a journey opened earlier. */
  default void before(Journey journey) {}

  /** As {@link #before(Alert)}, for guidance given earlier. */
  default void before(ContactGuidance guidance) {}

  /** As {@link #before(Alert)}, for an answer given earlier. */
  default void before(SurveyResponse response) {}

  /** Whether anybody is to know the guidance; where not, it is not looked for. */
  default boolean wantsGuidance() {
    return true;
  }

  /** Whether the sink needs what views were before they changed. */
  default boolean wantsBefore() {
    return false;
  }
}
