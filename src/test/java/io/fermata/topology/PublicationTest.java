package io.fermata.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.fermata.model.Alert;
import io.fermata.model.AlertStatus;
import io.fermata.model.Change;
import io.fermata.model.Ids;
import io.fermata.model.Journey;
import io.fermata.model.JourneyStatus;
import io.fermata.model.Severity;
import io.fermata.topology.TestPipeline.Published;
import io.fermata.topology.TestPipeline.Timer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the Journey room publishes, under which keys and with which header. */
class PublicationTest extends PipelineTest {

  @Test
  void shouldPublishUnderTheKeysOfTheContractWhenAnAlertIsRaised() {
    TestPipeline pipeline = open(replay());

    pipeline.arrives(touchpoint("t1", "contact.ended", 0).waitSeconds(601).build());

    String id = Ids.alert("long-wait", CUSTOMER, "", "t1");
    Published<Alert> alert = pipeline.alerts().get(0);
    assertThat(alert.key()).isEqualTo(CUSTOMER);
    assertThat(alert.change()).isEqualTo(Change.RAISED);
    assertThat(alert.timestamp()).isEqualTo(START);
    assertThat(alert.value().id()).isEqualTo(id);
    assertThat(alert.value().severity()).isEqualTo(Severity.HIGH);
    assertThat(alert.value().measure()).isEqualTo(601);
    Published<Alert> latest = pipeline.alertsLatest().get(0);
    assertThat(latest.key()).isEqualTo(id);
    assertThat(latest.change()).isEqualTo(Change.RAISED);
    assertThat(latest.hex()).isEqualTo(alert.hex());
    Published<Journey> journey = pipeline.journeys().get(0);
    assertThat(journey.key()).isEqualTo(Ids.journey(CUSTOMER, "general", "t1"));
    assertThat(journey.key()).isEqualTo(journey.value().id());
    assertThat(journey.change()).isEqualTo(Change.RAISED);
    assertThat(journey.value().status()).isEqualTo(JourneyStatus.OPEN);
    assertThat(journey.value().bad()).isEqualTo(1);

    assertThat(pipeline.customers()).containsExactly(CUSTOMER);
    assertThat(pipeline.historySize()).isZero();
    assertThat(pipeline.timers()).containsExactly(new Timer(START + 14 * DAY + 1, CUSTOMER));
    assertLedgers(pipeline, 1, 1, 0);
  }

  @Test
  void shouldPublishATombstoneWhenAnAlertIsRetracted() {
    TestPipeline pipeline = open(replay());
    pipeline.arrives(promise("t1", 0));
    pipeline.tick(START + HOUR + 1);
    assertThat(pipeline.alerts()).extracting(Published::change).containsExactly(Change.RAISED);
    assertThat(pipeline.alertsLatest()).hasSize(1);

    pipeline.arrives(callback("t2", HOUR - 1));

    Published<Alert> alert = pipeline.alerts().get(0);
    assertThat(alert.change()).isEqualTo(Change.RETRACTED);
    assertThat(alert.value().status()).isEqualTo(AlertStatus.RETRACTED);
    assertThat(alert.key()).isEqualTo(CUSTOMER);
    Published<Alert> latest = pipeline.alertsLatest().get(0);
    assertThat(latest.key()).isEqualTo(alert.value().id());
    assertThat(latest.change()).isEqualTo(Change.RETRACTED);
    assertThat(latest.value()).isNull();
    assertThat(pipeline.timers()).containsExactly(new Timer(START + 14 * DAY + 1, CUSTOMER));
    assertLedgers(pipeline, 2, 2, 0);
  }

  @Test
  void shouldPublishATombstoneWhenAJourneyIsTakenBack() {
    TestPipeline pipeline = open(replay());
    pipeline.arrives(contact("t2", SECOND));
    String first = pipeline.journeys().get(0).key();

    pipeline.arrives(contact("t1", 0));

    List<Published<Journey>> journeys = pipeline.journeys();
    assertThat(journeys)
        .filteredOn(journey -> journey.key().equals(first))
        .singleElement()
        .satisfies(
            journey -> {
              assertThat(journey.change()).isEqualTo(Change.RETRACTED);
              assertThat(journey.value()).isNull();
            });
    assertThat(journeys)
        .filteredOn(journey -> journey.key().equals(Ids.journey(CUSTOMER, "general", "t1")))
        .singleElement()
        .satisfies(
            journey -> {
              assertThat(journey.change()).isEqualTo(Change.RAISED);
              assertThat(journey.value().touchpoints()).isEqualTo(2);
            });
    assertThat(pipeline.customers()).containsExactly(CUSTOMER);
    assertLedgers(pipeline, 2, 2, 0);
  }

  @Test
  void shouldSayEndedWhenAnEpisodeAndAJourneyEnd() {
    TestPipeline pipeline = open(replay());
    pipeline.arrives(contact("t1", 0));
    pipeline.arrives(contact("t2", SECOND));
    pipeline.arrives(contact("t3", 2 * SECOND));
    pipeline.arrives(contact("t4", 3 * SECOND));
    assertThat(pipeline.alerts())
        .extracting(Published::change)
        .containsExactly(Change.RAISED, Change.CHANGED);
    assertThat(pipeline.journeys())
        .extracting(Published::change)
        .containsExactly(Change.RAISED, Change.CHANGED, Change.CHANGED, Change.CHANGED);

    pipeline.tick(START + 30 * DAY);

    Published<Alert> alert = pipeline.alerts().get(0);
    assertThat(alert.change()).isEqualTo(Change.ENDED);
    assertThat(alert.value().status()).isEqualTo(AlertStatus.ENDED);
    assertThat(alert.value().measure()).isEqualTo(4);
    assertThat(alert.value().until()).isEqualTo(START + SECOND + 10 * HOUR);
    Published<Journey> journey = pipeline.journeys().get(0);
    assertThat(journey.change()).isEqualTo(Change.ENDED);
    assertThat(journey.value().status()).isEqualTo(JourneyStatus.LAPSED);
    assertThat(journey.value().closedAt()).isEqualTo(START + 3 * SECOND + 14 * DAY);
    assertThat(pipeline.timers()).isEmpty();
    assertThat(pipeline.customers()).containsExactly(CUSTOMER);
    assertLedgers(pipeline, 4, 4, 0);
  }
}
