package io.fermata.oracle;

import io.fermata.model.Ids;
import io.fermata.model.Pillar;
import io.fermata.model.ScoreKind;
import io.fermata.model.SurveyResponse;
import io.fermata.model.SurveySent;
import io.fermata.model.Touchpoint;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Survey responses and sent surveys read off their definition, over a set of touchpoints. */
public record SurveyReading(String customer, List<Touchpoint> sorted, List<Item> experiences) {

  private static final long REACH = Duration.ofDays(90).toMillis();

  /** Of touchpoints in order, as if nothing had been experienced: pillars are all 50. */
  public static SurveyReading withoutExperiences(String customer, List<Touchpoint> sorted) {
    return new SurveyReading(customer, sorted, List.of());
  }

  public Map<String, SurveyResponse> responses() {
    Map<String, SurveyResponse> responses = new TreeMap<>();
    for (Touchpoint answer : sorted) {
      if (answer.score() != null) {
        SurveyResponse response = response(answer);
        responses.put(response.id(), response); // the latest of one survey
      }
    }
    return responses;
  }

  public Map<String, SurveySent> surveysSent() {
    Map<String, SurveySent> sent = new TreeMap<>();
    for (Touchpoint t : sorted) {
      if (t.type().equals("survey.sent")) {
        String id = Ids.sha256("sent\n" + customer + "\n" + t.id() + "\n" + t.occurredAt(), 32);
        String kind = t.attributes().get("kind");
        sent.put(
            id,
            new SurveySent(
                id,
                customer,
                t.occurredAt(),
                kind == null ? null : ScoreKind.valueOf(kind),
                t.channel(),
                t.area(),
                t.segment(),
                t.topic(),
                t.campaign()));
      }
    }
    return sent;
  }

  private SurveyResponse response(Touchpoint answer) {
    String about = answer.score().about();
    String survey = about != null ? about : "\n" + answer.id();
    Touchpoint subject = about == null ? answer : subject(answer);
    return new SurveyResponse(
        Ids.sha256("survey\n" + customer + "\n" + answer.score().kind() + "\n" + survey, 32),
        customer,
        answer.occurredAt(),
        answer.score().kind(),
        answer.score().value(),
        answer.score().min(),
        answer.score().max(),
        about,
        subject.channel(),
        subject.area(),
        answer.segment(),
        subject.topic(),
        subject.campaign(),
        pillars(answer));
  }

  /** The latest before the answer, else the first after it, else the answer itself. */
  private Touchpoint subject(Touchpoint answer) {
    List<Touchpoint> named =
        sorted.stream()
            .filter(t -> t.id().equals(answer.score().about()))
            .filter(t -> Math.abs(t.occurredAt() - answer.occurredAt()) <= REACH)
            .toList();
    return named.stream()
        .filter(t -> t.position().compareTo(answer.position()) < 0)
        .max(Comparator.comparing(Touchpoint::position))
        .or(
            () ->
                named.stream()
                    .filter(t -> t.position().compareTo(answer.position()) > 0)
                    .min(Comparator.comparing(Touchpoint::position)))
        .orElse(answer);
  }

  private Map<String, Double> pillars(Touchpoint answer) {
    Place here = Place.of(answer);
    Map<String, Double> scores = new TreeMap<>();
    for (Pillar pillar : Arrays.asList(Pillar.values()).subList(0, 6)) {
      double balance = 0;
      for (Item experience : experiences) {
        Map<String, String> says = experience.touchpoint().attributes();
        if (experience.place().compareTo(here) < 0 && says.get("pillar").equals(pillar.name())) {
          double weight =
              experience.touchpoint().type().equals("experience.good")
                  ? 1
                  : -4
                      * Map.of("LOW", 0.5, "MEDIUM", 1.0, "HIGH", 2.0, "CRITICAL", 3.0)
                          .get(says.get("severity"));
          double age = answer.occurredAt() - experience.time();
          balance += weight * Math.pow(0.5, age / Duration.ofDays(90).toMillis());
        }
      }
      scores.put(pillar.name(), 50 + 50 * Math.tanh(balance / 8));
    }
    return scores;
  }
}
