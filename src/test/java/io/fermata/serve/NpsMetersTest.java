package io.fermata.serve;

import static org.assertj.core.api.Assertions.assertThat;

import io.fermata.model.ScoreKind;
import io.fermata.model.ScoreReport;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import org.junit.jupiter.api.Test;

class NpsMetersTest {

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final NpsMeters meters = new NpsMeters(registry);

  static ScoreReport report(String dimension, String value, double nps, long n) {
    return new ScoreReport(
        ScoreKind.NPS,
        dimension,
        value,
        "P30D",
        0,
        n,
        0,
        0,
        n,
        nps,
        7.5,
        1.0,
        null,
        0,
        null,
        n >= 30);
  }

  private void report(ScoreReport report) {
    meters.report(report.dimension(), report.value(), report);
  }

  private List<Double> of(String name, String dimension) {
    return registry.find(name).tag("dimension", dimension).gauges().stream()
        .map(gauge -> gauge.value())
        .sorted()
        .toList();
  }

  @Test
  void shouldShowTheLatestReportWithItsMarginAndAnswers() {
    report(report("all", "all", 12, 5));
    report(report("all", "all", -30.5, 6));

    assertThat(of("fermata.nps", "all")).containsExactly(-30.5);
    assertThat(of("fermata.nps.margin", "all")).containsExactly(7.5);
    assertThat(of("fermata.nps.answers", "all")).containsExactly(6.0);
  }

  @Test
  void shouldForgetWhatIsNoMore() {
    report(report("all", "all", 12, 5));
    meters.report("all", "all", null);
    meters.report("channel", "VOICE", null);

    assertThat(registry.getMeters()).isEmpty();
  }

  @Test
  void shouldShowAValueThatAnybodyMaySendOnlyWhileItHasEnoughAnswers() {
    report(report("topic", "cart", 12, 29));
    assertThat(registry.getMeters()).isEmpty();
    report(report("topic", "cart", 12, 30));
    assertThat(of("fermata.nps", "topic")).containsExactly(12.0);
    report(report("topic", "cart", 12, 29));
    assertThat(registry.getMeters()).isEmpty();
  }

  @Test
  void shouldKeepSeriesBoundedWhateverIsSent() {
    for (int i = 0; i < 10 * NpsMeters.MOST_VALUES; i++) {
      report(report("campaign", "c" + i, i, 40));
    }
    assertThat(of("fermata.nps", "campaign")).hasSize(NpsMeters.MOST_VALUES).contains(0.0);
    // One that goes makes room for one that comes.
    meters.report("campaign", "c0", null);
    report(report("campaign", "c499", 499, 40));
    assertThat(of("fermata.nps", "campaign"))
        .hasSize(NpsMeters.MOST_VALUES)
        .contains(499.0)
        .doesNotContain(0.0);
    assertThat(registry.getMeters())
        .extracting(Meter::getId)
        .allSatisfy(id -> assertThat(id.getDescription()).isNotBlank());
  }
}
