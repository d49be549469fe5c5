package io.fermata.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class CoreProcessTest {

  private static final BenchSettings SETTINGS =
      new BenchSettings(7, 1000, 20, 1, 2, 1, 0.05, 0.1, 0.25);

  @Test
  void shouldFoldTheSameTouchpointsAtEveryRequest() {
    long expected = new CoreRun(Workload.generate(SETTINGS)).run(rules().compile()).touchpoints();
    try (CoreProcess core = CoreProcess.start(rules(), SETTINGS)) {
      Measurement first = core.run();
      Measurement second = core.run();

      assertThat(first.touchpoints()).isEqualTo(expected);
      assertThat(second.touchpoints()).isEqualTo(expected);
      assertThat(second.cpuNanos()).isPositive();
    }
  }

  @Test
  void shouldSayThatTheProcessHasEndedWhenThereAreNoRules() {
    try (CoreProcess core =
        CoreProcess.start(new RuleSource(Path.of("no-such-folder"), 0), SETTINGS)) {
      assertThatThrownBy(core::run)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("has ended");
    }
  }

  @Test
  void shouldReadTheSettingsItWrites() {
    assertThat(BenchSettings.parse(SETTINGS.arguments())).isEqualTo(SETTINGS);
  }

  private static RuleSource rules() {
    return new RuleSource(Path.of("rules"), 0);
  }
}
