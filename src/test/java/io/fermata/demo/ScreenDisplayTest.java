package io.fermata.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.fermata.model.Alert;
import io.fermata.model.AlertStatus;
import io.fermata.model.Change;
import io.fermata.model.DeadLetterReason;
import io.fermata.model.Pillar;
import io.fermata.model.Polarity;
import io.fermata.model.Severity;
import io.fermata.serve.Totals;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ScreenDisplayTest {

  private static final int WIDTH = 90;
  private static final int HEIGHT = 24;

  private final StringWriter written = new StringWriter();
  private final AlertLog alerts = new AlertLog();

  private DemoStatus status(int seconds, long in) {
    return new DemoStatus(
        Duration.ofSeconds(seconds),
        Instant.parse("2026-03-01T10:15:30Z").toEpochMilli(),
        false,
        new Totals(in, in - 3, 2, Map.of(DeadLetterReason.INVALID, 1L)),
        7,
        alerts.snapshot());
  }

  private static Alert alert(String rule, Severity severity) {
    return new Alert(
        "id",
        rule,
        "version",
        AlertStatus.RAISED,
        Polarity.BAD,
        severity,
        "customer:C-17",
        "",
        Instant.parse("2026-03-01T10:00:00Z").toEpochMilli(),
        null,
        640,
        600,
        Pillar.EMPATHY,
        null,
        null,
        List.of(),
        Map.of("en", "Title of " + rule),
        Map.of(),
        Map.of());
  }

  @Test
  void shouldFitAScreenAndLeaveItAsItWas() {
    for (int rule = 0; rule < 12; rule++) {
      alerts.add(Change.RAISED, alert("rule-" + rule, Severity.HIGH));
    }
    alerts.add(Change.RETRACTED, alert("rule-3", Severity.HIGH));
    Attachments attachments =
        new Attachments("127.0.0.1:9092", "http://127.0.0.1:8081", "http://x", List.of("topic"));
    try (ScreenDisplay display =
        new ScreenDisplay(new PrintWriter(written), WIDTH, "Heading", attachments)) {
      display.show(status(1, 1_000));
      written.getBuffer().setLength(0);
      display.show(status(3, 3_000));
      String page = written.toString().replaceAll("\u001b\\[[0-9;?]*[A-Za-z]", "");
      assertThat(page.lines().toList())
          // The cursor stands below the last line.
          .hasSizeLessThan(HEIGHT)
          .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(WIDTH))
          .anySatisfy(line -> assertThat(line).contains("event time 2026-03-01 10:15"))
          .anySatisfy(line -> assertThat(line).startsWith("total").contains("3,000", "2,997"))
          .anySatisfy(line -> assertThat(line).startsWith("per second").contains("1,000"))
          .anySatisfy(line -> assertThat(line).contains("Title of rule-11", "customer:C-17", "640"))
          .anySatisfy(line -> assertThat(line).contains("127.0.0.1:9092"));
      written.getBuffer().setLength(0);
    }
    assertThat(written.toString()).isEqualTo("\u001b[?25h\u001b[?1049l");
  }

  @Test
  void shouldSayRatesAndTheNewestAlertInOneLine() {
    DemoStatus earlier = status(0, 1_000);
    alerts.add(Change.RAISED, alert("long-wait", Severity.HIGH));
    assertThat(LineDisplay.line(earlier, status(5, 2_000)))
        .isEqualTo(
            "2026-03-01 10:15  in 200/s  folded 200/s  late 0/s  duplicates 0/s  dead letters 0/s"
                + "  alerts 1 (long-wait 1 HIGH)"
                + "  newest: Title of long-wait, customer:C-17, HIGH, 640");
  }
}
