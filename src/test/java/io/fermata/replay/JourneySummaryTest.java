package io.fermata.replay;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fermata.model.Channel;
import io.fermata.model.Journey;
import io.fermata.model.JourneyStatus;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class JourneySummaryTest {

  private static final long MINUTE = 60_000;

  @Test
  void shouldSayHowLongJourneysTookHowManyWereCompletedAndWhichWayTheyWent() {
    List<Journey> journeys = new ArrayList<>();
    for (int i = 1; i <= 10; i++) {
      journeys.add(journey("c" + i, "card", JourneyStatus.COMPLETED, i, Channel.VOICE));
    }
    journeys.add(journey("a", "card", JourneyStatus.ABANDONED, 99, Channel.WEB, Channel.VOICE));
    journeys.add(journey("l", "card", JourneyStatus.LAPSED, 99, Channel.WEB, Channel.VOICE));
    journeys.add(journey("o", "card", JourneyStatus.OPEN, 99, Channel.WEB));
    journeys.add(journey("x", "cart", JourneyStatus.OPEN, 99, Channel.WEB));

    JsonNode subjects = summary(journeys).path("subjects");

    assertThat(subjects).hasSize(2);
    assertThat(subjects.get(0))
        .hasToString(
            "{\"subject\":\"card\",\"journeys\":13,\"closed\":12,\"completed\":10,"
                + "\"completionShare\":0.8333,\"medianDuration\":\"PT5M\",\"p90Duration\":\"PT9M\","
                + "\"channelPaths\":[{\"channels\":[\"VOICE\"],\"journeys\":10},"
                + "{\"channels\":[\"WEB\",\"VOICE\"],\"journeys\":2},"
                + "{\"channels\":[\"WEB\"],\"journeys\":1}]}");
    assertThat(subjects.get(1))
        .hasToString(
            "{\"subject\":\"cart\",\"journeys\":1,\"closed\":0,\"completed\":0,"
                + "\"completionShare\":null,\"medianDuration\":null,\"p90Duration\":null,"
                + "\"channelPaths\":[{\"channels\":[\"WEB\"],\"journeys\":1}]}");
  }

  @Test
  void shouldListNoMoreSubjectsThanAReaderCanUse() {
    List<Journey> journeys = new ArrayList<>();
    for (int i = 0; i < JourneySummary.SUBJECTS + 5; i++) {
      journeys.add(journey("j" + i, "case-" + i, JourneyStatus.COMPLETED, 1, Channel.VOICE));
    }
    journeys.add(journey("two", "case-104", JourneyStatus.COMPLETED, 1, Channel.VOICE));

    ObjectNode summary = summary(journeys);

    assertThat(summary.path("subjects")).hasSize(JourneySummary.SUBJECTS);
    assertThat(summary.at("/subjects/0/subject").asText()).isEqualTo("case-104");
    assertThat(summary.at("/otherSubjects/subjects").asInt()).isEqualTo(5);
    assertThat(summary.at("/otherSubjects/journeys").asInt()).isEqualTo(5);
  }

  @Test
  void shouldNameTheTenHardestJourneys() {
    List<Journey> journeys = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      journeys.add(journey("j" + i, "card", JourneyStatus.OPEN, i, Channel.VOICE));
    }

    JsonNode hardest = summary(journeys).path("hardest");

    assertThat(hardest).hasSize(JourneySummary.HARDEST);
    // Effort is 7 from the wait of half an hour on: the longer wait comes first.
    assertThat(hardest.get(0).path("id").asText()).isEqualTo("j19");
    assertThat(hardest.get(1).path("id").asText()).isEqualTo("j18");
  }

  private static ObjectNode summary(List<Journey> journeys) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    JourneySummary.write(json, journeys);
    return json;
  }

  private static Journey journey(
      String id, String subject, JourneyStatus status, int minutes, Channel... channels) {
    return new Journey(
        id,
        "customer:C-1",
        subject,
        status,
        0,
        minutes * MINUTE,
        status == JourneyStatus.OPEN ? null : (Long) (minutes * MINUTE),
        List.of(channels),
        1,
        1,
        0,
        minutes * 60L,
        0,
        0,
        0,
        0,
        0,
        Math.min(7, 1 + minutes / 5.0),
        0,
        null);
  }
}
