package io.fermata.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TaskGaugesTest {

  private static final long STEP = TaskGauges.STEP.toMillis();
  private static final long START = 1000 * STEP;

  private final KeyValueStore<String, byte[]> store =
      Stores.keyValueStoreBuilder(
              Stores.inMemoryKeyValueStore("gauges"), Serdes.String(), Serdes.ByteArray())
          .withLoggingDisabled()
          .build();
  private TaskGauges gauges;

  @BeforeEach
  void open() {
    MockProcessorContext<Void, Void> context = new MockProcessorContext<>();
    store.init(context.getStateStoreContext(), store);
    gauges = new TaskGauges(store);
    gauges.advance(START);
  }

  private void restart() {
    gauges = new TaskGauges(store);
  }

  @Test
  void shouldCountAPauseUntilTheClockReachesTheStepItEndsIn() {
    gauges.pause(null, START + 1);
    gauges.pause(null, START + STEP);
    gauges.pause(null, START + STEP + 1);
    assertThat(gauges.customersPaused()).isEqualTo(3);

    gauges.advance(START + STEP - 1);
    assertThat(gauges.customersPaused()).isEqualTo(3);

    gauges.advance(START + STEP);
    assertThat(gauges.customersPaused()).isEqualTo(1);
  }

  @Test
  void shouldMoveAPauseThatBecomesLongerAndForgetOneThatIsTakenBack() {
    gauges.pause(null, START + STEP);
    gauges.pause(START + STEP, START + 9 * STEP);
    gauges.pause(null, START + 3 * STEP);
    gauges.pause(START + 3 * STEP, null);
    gauges.advance(START + 4 * STEP);

    assertThat(gauges.customersPaused()).isOne();
  }

  @Test
  void shouldNotTakeAPauseOffTwiceWhenItEndsAfterItWasOverAlsoAcrossARestart() {
    gauges.pause(null, START + STEP);
    gauges.pause(null, START + 5 * STEP);
    gauges.advance(START + 2 * STEP);
    restart();

    // Before the clock is known again.
    gauges.pause(START + STEP, null);
    gauges.pause(null, START + STEP);

    assertThat(gauges.customersPaused()).isOne();
    restart();
    assertThat(gauges.customersPaused()).isOne();
  }

  @Test
  void shouldKnowEverythingAgainAfterARestart() {
    gauges.openJourneys(3);
    gauges.openJourneys(-1);
    gauges.pause(null, START + Duration.ofDays(7).toMillis());
    restart();

    assertThat(gauges.openJourneys()).isEqualTo(2);
    assertThat(gauges.customersPaused()).isOne();
  }

  @Test
  void shouldLeaveNothingOfPausesThatAreOver() {
    for (int i = 1; i <= 100; i++) {
      gauges.pause(null, START + i * STEP);
    }
    gauges.advance(START + 100 * STEP);

    assertThat(store.approximateNumEntries()).isOne(); // until when they are over
  }
}
