package io.fermata.replay;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fermata.model.Channel;
import io.fermata.model.Journey;
import io.fermata.model.JourneyStatus;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What became of journeys, by subject: how long they took, how many were completed, over which
 * channels they went; and the ones that were hardest for the customer. The fields are described in
 * {@code docs/replay.md}.
 */
final class JourneySummary {

  /** Cases are subjects too, and there may be as many as there are customers. */
  static final int SUBJECTS = 100;

  static final int PATHS = 5;
  static final int HARDEST = 10;

  private static final Comparator<Journey> BY_EFFORT =
      Comparator.comparingDouble(Journey::effort)
          .thenComparingLong(Journey::waitSeconds)
          .thenComparingInt(Journey::touchpoints)
          .reversed()
          .thenComparing(Journey::id);

  private JourneySummary() {}

  static void write(ObjectNode json, List<Journey> journeys) {
    Map<String, List<Journey>> bySubject = new TreeMap<>();
    journeys.forEach(
        journey ->
            bySubject.computeIfAbsent(journey.subject(), s -> new ArrayList<>()).add(journey));
    List<Map.Entry<String, List<Journey>>> subjects = new ArrayList<>(bySubject.entrySet());
    subjects.sort(Comparator.comparingInt(subject -> -subject.getValue().size()));
    int listed = Math.min(SUBJECTS, subjects.size());
    ArrayNode list = json.putArray("subjects");
    for (Map.Entry<String, List<Journey>> subject : subjects.subList(0, listed)) {
      subject(list.addObject().put("subject", subject.getKey()), subject.getValue());
    }
    List<Journey> others = new ArrayList<>();
    subjects.subList(listed, subjects.size()).forEach(subject -> others.addAll(subject.getValue()));
    if (!others.isEmpty()) {
      subject(json.putObject("otherSubjects").put("subjects", subjects.size() - listed), others);
    }
    ArrayNode hardest = json.putArray("hardest");
    journeys.stream()
        .sorted(BY_EFFORT)
        .limit(HARDEST)
        .forEach(journey -> hardest(hardest.addObject(), journey));
  }

  private static void subject(ObjectNode json, List<Journey> journeys) {
    long open = count(journeys, JourneyStatus.OPEN);
    long completed = count(journeys, JourneyStatus.COMPLETED);
    long closed = journeys.size() - open;
    json.put("journeys", journeys.size());
    json.put("closed", closed);
    json.put("completed", completed);
    json.put("completionShare", closed == 0 ? null : share(completed, closed));
    List<Long> durations =
        journeys.stream()
            .filter(journey -> journey.status() == JourneyStatus.COMPLETED)
            .map(journey -> journey.closedAt() - journey.openedAt())
            .sorted()
            .toList();
    json.put("medianDuration", duration(durations, 0.5));
    json.put("p90Duration", duration(durations, 0.9));
    Map<List<Channel>, Integer> paths = new HashMap<>();
    journeys.forEach(journey -> paths.merge(journey.channels(), 1, Integer::sum));
    ArrayNode list = json.putArray("channelPaths");
    paths.entrySet().stream()
        .sorted(
            Comparator.comparingInt((Map.Entry<List<Channel>, Integer> path) -> -path.getValue())
                .thenComparing(path -> path.getKey().toString()))
        .limit(PATHS)
        .forEach(
            path -> {
              ObjectNode one = list.addObject();
              ArrayNode channels = one.putArray("channels");
              path.getKey().forEach(channel -> channels.add(channel.name()));
              one.put("journeys", path.getValue());
            });
  }

  private static long count(List<Journey> journeys, JourneyStatus status) {
    return journeys.stream().filter(journey -> journey.status() == status).count();
  }

  private static BigDecimal share(long part, long whole) {
    return BigDecimal.valueOf(part).divide(BigDecimal.valueOf(whole), 4, RoundingMode.HALF_UP);
  }

  /** By nearest rank: the least that is not exceeded by at least that share of them. */
  private static String duration(List<Long> sorted, double share) {
    return sorted.isEmpty()
        ? null
        : Duration.ofMillis(sorted.get((int) Math.ceil(share * sorted.size()) - 1)).toString();
  }

  private static void hardest(ObjectNode json, Journey journey) {
    json.put("id", journey.id());
    json.put("customer", journey.customer());
    json.put("subject", journey.subject());
    json.put("effort", journey.effort());
    json.put("waitSeconds", journey.waitSeconds());
    json.put("touchpoints", journey.touchpoints());
  }
}
