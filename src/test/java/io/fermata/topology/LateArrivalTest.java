package io.fermata.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.fermata.journey.FoldSettings;
import io.fermata.journey.KeeperSettings;
import io.fermata.model.Alert;
import io.fermata.model.Change;
import io.fermata.model.Direction;
import io.fermata.model.Touchpoint;
import io.fermata.topology.TestPipeline.Published;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Duplicates, and touchpoints that come after later ones. */
class LateArrivalTest extends PipelineTest {

  @Test
  void shouldDropATouchpointWhenItIsThereAlready() {
    TestPipeline pipeline = open(replay());
    Touchpoint contact = touchpoint("t1", "contact.ended", 0).waitSeconds(400).build();
    pipeline.arrives(contact);
    Map<String, Map<String, String>> state = pipeline.state();
    assertThat(pipeline.alerts()).hasSize(1);
    assertThat(pipeline.journeys()).hasSize(1);

    pipeline.arrives(contact);
    pipeline.arrives(contact.toBuilder().type("something.else").waitSeconds(9999).build());

    assertThat(pipeline.alerts()).isEmpty();
    assertThat(pipeline.journeys()).isEmpty();
    assertThat(pipeline.deadLetters()).isEmpty();
    assertThat(pipeline.state()).isEqualTo(state);
    assertLedgers(pipeline, 3, 1, 2);
  }

  @Test
  void shouldDropADuplicateWhenItsOriginalIsInSealedHistory() {
    TestPipeline pipeline = open(replay().keeper(keeper(KeeperSettings.ANY_LATENESS, 2, 2)));
    for (int i = 0; i < 9; i++) {
      pipeline.arrives(contact("t" + i, i * DAY));
    }
    Map<String, Map<String, String>> state = pipeline.state();
    assertThat(pipeline.historySize()).isEqualTo(4 + 4); // chunks and snapshots

    for (int i = 0; i < 9; i++) {
      pipeline.arrives(contact("t" + i, i * DAY));
    }

    assertThat(pipeline.state()).isEqualTo(state);
    assertLedgers(pipeline, 18, 9, 9);
  }

  @Test
  void shouldRetractAnAlertWhenALateTouchpointProvesItUntrue() {
    TestPipeline pipeline = open(replay());
    pipeline.arrives(promise("t1", 0));
    pipeline.arrives(contact("t3", 2 * HOUR));
    assertThat(pipeline.alerts()).extracting(Published::change).containsExactly(Change.RAISED);
    assertThat(pipeline.alertsLatest()).hasSize(1);
    pipeline.journeys();

    pipeline.arrives(callback("t2", HOUR));

    assertThat(pipeline.alerts()).extracting(Published::change).containsExactly(Change.RETRACTED);
    assertThat(pipeline.alertsLatest()).extracting(Published::value).containsOnlyNulls();
    assertThat(pipeline.journeys())
        .singleElement()
        .satisfies(
            journey -> {
              assertThat(journey.change()).isEqualTo(Change.CHANGED);
              assertThat(journey.value().bad()).isZero();
              assertThat(journey.value().touchpoints()).isEqualTo(3);
            });
    assertThat(pipeline.timers()).hasSize(1);
    assertLedgers(pipeline, 3, 3, 0);
  }

  @Test
  void shouldRaiseAnAlertWhenALateTouchpointCompletesIt() {
    TestPipeline pipeline = open(replay());
    pipeline.arrives(contact("t1", 0));
    pipeline.arrives(contact("t3", 2 * SECOND));
    assertThat(pipeline.alerts()).isEmpty();

    pipeline.arrives(contact("t2", SECOND));

    Published<Alert> alert = pipeline.alerts().get(0);
    assertThat(alert.change()).isEqualTo(Change.RAISED);
    assertThat(alert.value().at()).isEqualTo(START + 2 * SECOND);
    assertThat(alert.value().evidence()).containsExactly("t1", "t2", "t3");
    assertThat(pipeline.timers()).hasSize(1);
    assertLedgers(pipeline, 3, 3, 0);
  }

  @Test
  void shouldChangeAnAlertWhenALateTouchpointAddsToIt() {
    List<Integer> refolds = new ArrayList<>();
    TestPipeline pipeline =
        open(
            replay()
                .keeper(keeper(KeeperSettings.ANY_LATENESS, 2, 2))
                .listener(
                    new PipelineListener() {
                      @Override
                      public void refolded(int touchpoints) {
                        refolds.add(touchpoints);
                      }
                    }));
    pipeline.arrives(contact("t1", 0));
    pipeline.arrives(contact("t2", SECOND));
    pipeline.arrives(contact("t3", 2 * SECOND));
    pipeline.arrives(contact("t5", 4 * SECOND));
    assertThat(pipeline.alerts()).hasSize(2);

    pipeline.arrives(contact("t4", 3 * SECOND));

    Published<Alert> alert = pipeline.alerts().get(0);
    assertThat(alert.change()).isEqualTo(Change.CHANGED);
    assertThat(alert.value().measure()).isEqualTo(5);
    assertThat(alert.value().evidence()).containsExactly("t1", "t2", "t3", "t4", "t5");
    assertThat(refolds).containsExactly(3);
    assertLedgers(pipeline, 5, 5, 0);
  }

  @Test
  void shouldTakeBackWhatTheClockHadSettledWhenASnapshotWasTakenSince() {
    TestPipeline pipeline = open(replay().keeper(keeper(KeeperSettings.ANY_LATENESS, 1, 1)));
    pipeline.arrives(promise("t1", 0));
    pipeline.tick(START + 2 * HOUR);
    pipeline.arrives(contact("t3", 3 * HOUR));
    assertThat(pipeline.alerts()).extracting(Published::change).containsExactly(Change.RAISED);

    pipeline.arrives(callback("t2", HOUR));

    assertThat(pipeline.alerts()).extracting(Published::change).containsExactly(Change.RETRACTED);
    assertThat(pipeline.timers()).hasSize(1);
    assertLedgers(pipeline, 3, 3, 0);
  }

  @Test
  void shouldForgetHistoryWhenItIsOlderThanTheAllowedLateness() {
    TestPipeline pipeline = open(replay().keeper(keeper(DAY, 4, 2)));
    for (int i = 0; i < 40; i++) {
      pipeline.arrives(unasked("t" + i, i * HOUR));
    }
    int size = pipeline.historySize();

    for (int i = 40; i < 400; i++) {
      pipeline.arrives(unasked("t" + i, i * HOUR));
    }

    // 24 touchpoints lie within the lateness; up to 4 more before the snapshot.
    assertThat(pipeline.historySize()).isLessThanOrEqualTo(size).isLessThan(24);
    assertThat(pipeline.timers()).hasSize(1);
    assertLedgers(pipeline, 400, 400, 0);
  }

  /** A contact that is no response, of which guidance keeps 90 days. */
  private static Touchpoint unasked(String id, long after) {
    return touchpoint(id, "contact.ended", after).direction(Direction.SELF).build();
  }

  static KeeperSettings keeper(long lateness, int snapshotEvery, int chunk) {
    return new KeeperSettings(FoldSettings.DEFAULTS, lateness, snapshotEvery, chunk);
  }
}
