package io.fermata.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.fermata.model.Alert;
import io.fermata.model.AlertStatus;
import io.fermata.model.Change;
import io.fermata.model.Touchpoint;
import io.fermata.topology.TestPipeline.Published;
import io.fermata.topology.TestPipeline.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When deadlines are settled. A promise at START is broken at {@link #DEADLINE}. */
class ClockTest extends PipelineTest {

  private static final long DEADLINE = START + HOUR;
  private static final long SETTLE = 30 * SECOND;
  private static final Timer LAPSE = new Timer(START + 14 * DAY + 1, CUSTOMER);

  @Test
  void shouldSettleADeadlineWhenTheWallClockHasPassedItLive() {
    TestPipeline pipeline = open(live());
    pipeline.arrives(promise("t1", 0));
    assertThat(pipeline.timers()).containsExactly(new Timer(DEADLINE + 1, CUSTOMER));

    pipeline.advanceTo(DEADLINE + SETTLE);
    assertThat(pipeline.alerts()).isEmpty();
    assertThat(pipeline.timers()).containsExactly(new Timer(DEADLINE + 1, CUSTOMER));

    pipeline.advance(A_MOMENT);
    assertBroken(pipeline);
    assertLedgers(pipeline, 1, 1, 0);
  }

  @Test
  void shouldSettleADeadlineWhenStreamTimeIsAheadOfTheWallClockLive() {
    TestPipeline pipeline = open(live());
    pipeline.advanceTo(DEADLINE);
    pipeline.arrives(promise("t1", 0));
    pipeline.arrives(other("t2", HOUR + 1));

    pipeline.advance(A_MOMENT);

    assertBroken(pipeline);
    assertLedgers(pipeline, 2, 2, 0);
  }

  @Test
  void shouldNotMoveWithTheWallClockInAReplay() {
    TestPipeline pipeline = open(replay());
    pipeline.arrives(promise("t1", 0));

    pipeline.advance(Duration.ofDays(100));

    assertThat(pipeline.alerts()).isEmpty();
    assertThat(pipeline.timers()).containsExactly(new Timer(DEADLINE + 1, CUSTOMER));
    assertLedgers(pipeline, 1, 1, 0);
  }

  @Test
  void shouldSettleADeadlineWhenAnotherCustomersTouchpointMovesStreamTime() {
    TestPipeline pipeline = open(replay());
    pipeline.arrives(promise("t1", 0));
    pipeline.arrives(other("t2", HOUR));
    pipeline.advance(A_MOMENT);
    assertThat(pipeline.alerts()).isEmpty();

    pipeline.arrives(other("t3", HOUR + 1));
    pipeline.advance(A_MOMENT);

    assertBroken(pipeline);
    assertLedgers(pipeline, 3, 3, 0);
  }

  @Test
  void shouldSettleADeadlineAtOnceWhenATickPassesIt() {
    TestPipeline pipeline = open(replay());
    pipeline.arrives(promise("t1", 0));

    pipeline.tick(DEADLINE);
    assertThat(pipeline.alerts()).isEmpty();

    pipeline.tick(DEADLINE + 1);
    assertBroken(pipeline);
    assertLedgers(pipeline, 1, 1, 0);
  }

  @Test
  void shouldSettleADeadlineBeforeTheNextTouchpointOfTheSameCustomer() {
    TestPipeline pipeline = open(replay());
    pipeline.arrives(promise("t1", 0));

    pipeline.arrives(callback("t2", HOUR + 1));

    assertThat(pipeline.alerts())
        .extracting(Published::change)
        .containsExactly(Change.RAISED, Change.ENDED);
    assertThat(pipeline.alertsLatest().get(1).value().measure()).isEqualTo(0.001);
    assertLedgers(pipeline, 2, 2, 0);
  }

  @Test
  void shouldTakeBackWhatWasSettledWhenTheAnswerCameExactlyAtTheDeadline() {
    TestPipeline pipeline = open(replay());
    pipeline.arrives(promise("t1", 0));
    pipeline.tick(DEADLINE + 1);
    assertBroken(pipeline);

    pipeline.arrives(callback("t2", HOUR));

    assertThat(pipeline.alerts()).extracting(Published::change).containsExactly(Change.RETRACTED);
    assertThat(pipeline.alertsLatest()).last().extracting(Published::value).isNull();
    assertThat(pipeline.timers()).containsExactly(LAPSE);
    assertLedgers(pipeline, 2, 2, 0);
  }

  @Test
  void shouldFoldATouchpointWhenItIsExactlyAtASettledTime() {
    TestPipeline pipeline = open(replay());
    pipeline.arrives(promise("t1", 0));
    pipeline.tick(DEADLINE + 1);
    assertBroken(pipeline);

    pipeline.arrives(callback("t2", HOUR + 1));

    Published<Alert> alert = pipeline.alerts().get(0);
    assertThat(alert.change()).isEqualTo(Change.ENDED);
    assertThat(alert.value().until()).isEqualTo(DEADLINE + 1);
    assertThat(alert.value().evidence()).containsExactly("t1", "t2");
    assertLedgers(pipeline, 2, 2, 0);
  }

  @Test
  void shouldKeepAnEpisodeUpWhenAMatchComesExactlyAtItsSettledEnd() {
    TestPipeline pipeline = open(replay());
    pipeline.arrives(contact("t1", 0));
    pipeline.arrives(contact("t2", 1));
    pipeline.arrives(contact("t3", 2));
    pipeline.tick(START + 10 * HOUR);
    assertThat(pipeline.alerts())
        .extracting(Published::change)
        .containsExactly(Change.RAISED, Change.ENDED);

    pipeline.arrives(contact("t4", 10 * HOUR));

    Published<Alert> alert = pipeline.alerts().get(0);
    assertThat(alert.change()).isEqualTo(Change.CHANGED);
    assertThat(alert.value().status()).isEqualTo(AlertStatus.RAISED);
    assertThat(alert.value().evidence()).containsExactly("t1", "t2", "t3", "t4");
    assertThat(pipeline.timers()).first().isEqualTo(new Timer(START + 10 * HOUR + 1, CUSTOMER));
    assertLedgers(pipeline, 4, 4, 0);
  }

  @Test
  void shouldLetTouchpointsThroughWhenMoreIsDueThanTheBudgetAllows() {
    List<Alert> raised = new ArrayList<>();
    TestPipeline pipeline = open(live().listener(slow(raised)));
    for (int i = 0; i < 200; i++) {
      pipeline.arrives(promiseOf(i));
    }
    pipeline.advanceTo(DEADLINE + SETTLE + HOUR);
    int atFirst = raised.size();
    assertThat(atFirst).isBetween(1, 199);
    assertThat(raised).extracting(Alert::at).isSorted();

    pipeline.arrives(callback("t2", 2 * HOUR).toBuilder().identifier("customer", "C-199").build());
    assertThat(raised.subList(atFirst, raised.size()))
        .extracting(Alert::customer, Alert::status)
        .containsExactly(
            tuple("customer:C-199", AlertStatus.RAISED),
            tuple("customer:C-199", AlertStatus.ENDED));

    for (int i = 0; i < 200; i++) {
      pipeline.advance(A_MOMENT);
    }
    assertThat(raised).hasSize(201);
    assertThat(pipeline.timers()).hasSize(200);
    assertThat(pipeline.timers()).extracting(Timer::at).allMatch(at -> at > START + 14 * DAY);
    assertLedgers(pipeline, 201, 201, 0);
  }

  @Test
  void shouldSettleEverythingAtOnceWhenATickComes() {
    List<Alert> raised = new ArrayList<>();
    TestPipeline pipeline = open(replay().listener(slow(raised)));
    for (int i = 0; i < 200; i++) {
      pipeline.arrives(promiseOf(i));
    }

    pipeline.tick(START + 30 * DAY);

    assertThat(pipeline.alerts()).hasSize(200);
    assertThat(pipeline.timers()).isEmpty();
    assertLedgers(pipeline, 200, 200, 0);
  }

  private static void assertBroken(TestPipeline pipeline) {
    Published<Alert> alert = pipeline.alerts().get(0);
    assertThat(alert.change()).isEqualTo(Change.RAISED);
    assertThat(alert.value().rule()).isEqualTo("broken-callback");
    assertThat(alert.value().at()).isEqualTo(DEADLINE);
    assertThat(alert.value().evidence()).containsExactly("t1");
    assertThat(pipeline.timers()).contains(LAPSE);
    assertThat(pipeline.timers()).extracting(Timer::at).allMatch(at -> at > DEADLINE + 1);
  }

  private static Touchpoint other(String id, long after) {
    return touchpoint(id, "page.viewed", after).identifier("customer", "C-2").build();
  }

  private static Touchpoint promiseOf(int customer) {
    return promise("t1", customer).toBuilder().identifier("customer", "C-" + customer).build();
  }

  /** Uses up real time, which the budget is measured in: 64 alerts take more than it allows. */
  private static PipelineListener slow(List<Alert> raised) {
    return new PipelineListener() {
      @Override
      public void alert(Change change, Alert alert) {
        raised.add(alert);
        long begin = System.nanoTime();
        while (System.nanoTime() - begin < 1_000_000) {
          Thread.onSpinWait();
        }
      }
    };
  }
}
