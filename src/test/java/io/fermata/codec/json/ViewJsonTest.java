package io.fermata.codec.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.fermata.model.Alert;
import io.fermata.model.AlertStatus;
import io.fermata.model.Area;
import io.fermata.model.Channel;
import io.fermata.model.ContactGuidance;
import io.fermata.model.Journey;
import io.fermata.model.JourneyStatus;
import io.fermata.model.Outcome;
import io.fermata.model.Pillar;
import io.fermata.model.Polarity;
import io.fermata.model.Severity;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ViewJsonTest {

  @Test
  void shouldWriteAnAlertInContractOrder() {
    Alert alert =
        new Alert(
            "00ff",
            "long-wait",
            "abc",
            AlertStatus.ENDED,
            Polarity.BAD,
            Severity.HIGH,
            "customer:C-17",
            "",
            0,
            1_500L,
            600,
            0.1,
            Pillar.TIME_AND_EFFORT,
            Area.SERVICE,
            null,
            List.of("t1", "t2"),
            Map.of("pl", "Długie oczekiwanie", "en", "Long wait"),
            Map.of(),
            Map.of());

    assertThat(ViewJson.write(alert))
        .isEqualTo(
            "{\"id\":\"00ff\",\"rule\":\"long-wait\",\"ruleVersion\":\"abc\",\"status\":\"ENDED\","
                + "\"polarity\":\"BAD\",\"severity\":\"HIGH\",\"customer\":\"customer:C-17\","
                + "\"subject\":\"\",\"at\":\"1970-01-01T00:00:00.000Z\","
                + "\"until\":\"1970-01-01T00:00:01.500Z\",\"measure\":600,\"threshold\":0.1,"
                + "\"pillar\":\"TIME_AND_EFFORT\",\"area\":\"SERVICE\",\"evidence\":[\"t1\",\"t2\"],"
                + "\"title\":{\"en\":\"Long wait\",\"pl\":\"Długie oczekiwanie\"},"
                + "\"attributes\":{}}");
  }

  @Test
  void shouldWriteAJourneyInContractOrder() {
    Journey journey =
        new Journey(
            "00ff",
            "customer:C-17",
            "card-blocked",
            JourneyStatus.OPEN,
            0,
            60_000,
            null,
            List.of(Channel.VOICE, Channel.EMAIL),
            3,
            2,
            1,
            610,
            1_200,
            1,
            0,
            1,
            0,
            2.0 + 1.0 / 3,
            2e-3,
            Outcome.UNRESOLVED);

    assertThat(ViewJson.write(journey))
        .isEqualTo(
            "{\"id\":\"00ff\",\"customer\":\"customer:C-17\",\"subject\":\"card-blocked\","
                + "\"status\":\"OPEN\",\"openedAt\":\"1970-01-01T00:00:00.000Z\","
                + "\"lastAt\":\"1970-01-01T00:01:00.000Z\",\"channels\":[\"VOICE\",\"EMAIL\"],"
                + "\"touchpoints\":3,\"inbound\":2,\"outbound\":1,\"waitSeconds\":610,"
                + "\"handleSeconds\":1200,\"channelSwitches\":1,\"transfers\":0,\"bad\":1,\"good\":0,"
                + "\"effort\":2.3333333333333335,\"cost\":0.002,\"lastOutcome\":\"UNRESOLVED\"}");
  }

  @Test
  void shouldWriteGuidanceInContractOrderWithKeysSorted() {
    ContactGuidance guidance =
        new ContactGuidance(
            "customer:C-17",
            0,
            Map.of("MARKETING", Map.of("P1D", 1, "P7D", 2, "P30D", 3)),
            Map.of("SMS", 60_000L, "ANY", 0L, "EMAIL", 0L),
            1_500L,
            List.of("contact-flood", "recovery-silence"),
            4,
            Channel.EMAIL,
            List.of("PUSH"));

    assertThat(ViewJson.write(guidance))
        .isEqualTo(
            "{\"customer\":\"customer:C-17\",\"at\":\"1970-01-01T00:00:00.000Z\","
                + "\"pressure\":{\"MARKETING\":{\"P1D\":1,\"P30D\":3,\"P7D\":2}},"
                + "\"nextAllowedAt\":{\"ANY\":\"1970-01-01T00:00:00.000Z\","
                + "\"EMAIL\":\"1970-01-01T00:00:00.000Z\",\"SMS\":\"1970-01-01T00:01:00.000Z\"},"
                + "\"pauseUntil\":\"1970-01-01T00:00:01.500Z\","
                + "\"pauseReasons\":[\"contact-flood\",\"recovery-silence\"],"
                + "\"ignoredInARow\":4,\"preferredChannel\":\"EMAIL\",\"optedOut\":[\"PUSH\"]}");
  }
}
