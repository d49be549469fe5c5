package io.fermata.journey;

import io.fermata.model.Alert;
import io.fermata.model.AlertStatus;
import io.fermata.model.Change;
import io.fermata.model.ContactGuidance;
import io.fermata.model.Journey;
import io.fermata.model.SurveyResponse;
import io.fermata.model.SurveySent;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/** Publishes the difference between what was and what is, after history has changed. */
final class ViewDiff {

  /**
   * What one run of the fold did to views: what each was when the run began, where it was there at
   * all, and what it came to.
   */
  static final class Run implements ViewSink {

    private final Map<String, Alert> alertsBefore = new TreeMap<>();
    private final Map<String, Alert> alerts = new TreeMap<>();
    private final Map<String, Journey> journeysBefore = new TreeMap<>();
    private final Map<String, Journey> journeys = new TreeMap<>();
    private final Map<String, ContactGuidance> guidanceBefore = new TreeMap<>();
    private final Map<String, ContactGuidance> guidance = new TreeMap<>();

    private final Map<String, SurveyResponse> responsesBefore = new TreeMap<>();
    private final Map<String, SurveyResponse> responses = new TreeMap<>();
    private final Map<String, SurveySent> sent = new TreeMap<>();
    private final boolean wantsGuidance;

    Run() {
      wantsGuidance = true;
    }

    /**
     * A run of which is known what it comes to: looking for guidance costs as much as the rules do.
     *
     * @param before the guidance it begins with, or null
     * @param after the guidance it comes to, or null
     */
    Run(ContactGuidance before, ContactGuidance after) {
      wantsGuidance = false;
      if (before != null) {
        guidanceBefore.put(before.customer(), before);
      }
      if (after != null) {
        guidance.put(after.customer(), after);
      }
    }

    @Override
    public boolean wantsGuidance() {
      return wantsGuidance;
    }

    @Override
    public boolean wantsBefore() {
      return true;
    }

    @Override
    public void before(Alert alert) {
      if (!alerts.containsKey(alert.id())) {
        alertsBefore.putIfAbsent(alert.id(), alert);
      }
    }

    @Override
    public void before(Journey journey) {
      if (!journeys.containsKey(journey.id())) {
        journeysBefore.putIfAbsent(journey.id(), journey);
      }
    }

    @Override
    public void before(ContactGuidance view) {
      if (!guidance.containsKey(view.customer())) {
        guidanceBefore.putIfAbsent(view.customer(), view);
      }
    }

    @Override
    public void before(SurveyResponse response) {
      if (!responses.containsKey(response.id())) {
        responsesBefore.putIfAbsent(response.id(), response);
      }
    }

    @Override
    public void alert(Change change, Alert alert) {
      alerts.put(alert.id(), alert);
    }

    @Override
    public void journey(Change change, Journey journey) {
      journeys.put(journey.id(), journey);
    }

    @Override
    public void guidance(Change change, ContactGuidance view) {
      guidance.put(view.customer(), view);
    }

    @Override
    public void response(Change change, SurveyResponse response) {
      responses.put(response.id(), response);
    }

    @Override
    public void surveySent(Change change, SurveySent survey) {
      sent.put(survey.id(), survey);
    }
  }

  private ViewDiff() {}

  /** Tells {@code sink} what differs, ordered by id. Both runs began from the same state. */
  static void publish(Run old, Run now, ViewSink sink) {
    compare(
        old.alerts,
        now.alerts,
        old.alertsBefore,
        now.alertsBefore,
        alert -> alert.status() == AlertStatus.ENDED,
        (was, is) -> {
          if (was != null && is != null) {
            sink.recount(was, is);
          }
        },
        (change, alert) ->
            sink.alert(
                change,
                change == Change.RETRACTED ? alert.withStatus(AlertStatus.RETRACTED) : alert));
    compare(
        old.journeys,
        now.journeys,
        old.journeysBefore,
        now.journeysBefore,
        journey -> journey.closedAt() != null,
        (was, is) -> sink.openJourneys(open(is) - open(was)),
        sink::journey);
    compare(
        old.guidance,
        now.guidance,
        old.guidanceBefore,
        now.guidanceBefore,
        guidance -> false,
        (was, is) -> sink.pause(pauseOf(was), pauseOf(is)),
        sink::guidance);
    compare(
        old.responses,
        now.responses,
        old.responsesBefore,
        now.responsesBefore,
        response -> false,
        (was, is) -> {},
        sink::response);
    compare(
        old.sent, now.sent, Map.of(), Map.of(), survey -> false, (was, is) -> {}, sink::surveySent);
  }

  private static int open(Journey journey) {
    return journey == null || journey.closedAt() != null ? 0 : 1;
  }

  private static Long pauseOf(ContactGuidance guidance) {
    return guidance == null ? null : guidance.pauseUntil();
  }

  /**
   * @param account is told what each view that differs was and is, null where there is none
   */
  private static <V> void compare(
      Map<String, V> old,
      Map<String, V> now,
      Map<String, V> oldBefore,
      Map<String, V> nowBefore,
      Predicate<V> hasEnded,
      BiConsumer<V, V> account,
      BiConsumer<Change, V> publish) {
    TreeSet<String> ids = new TreeSet<>(old.keySet());
    ids.addAll(now.keySet());
    for (String id : ids) {
      // A view that one run left alone is there as the other found it.
      V was = old.containsKey(id) ? old.get(id) : nowBefore.get(id);
      V is = now.containsKey(id) ? now.get(id) : oldBefore.get(id);
      if (!Objects.equals(was, is)) {
        account.accept(was, is);
      }
      if (was == null) {
        publish.accept(Change.RAISED, is);
      } else if (is == null) {
        publish.accept(Change.RETRACTED, was);
      } else if (!Objects.equals(was, is)) {
        publish.accept(
            hasEnded.test(is) && !hasEnded.test(was) ? Change.ENDED : Change.CHANGED, is);
      }
    }
  }
}
