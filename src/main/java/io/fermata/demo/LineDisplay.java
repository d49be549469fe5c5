package io.fermata.demo;

import io.fermata.demo.DemoStatus.Figure;
import io.fermata.model.Alert;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Collectors;

/** A line every few seconds, for logs and pipes. */
final class LineDisplay implements DemoDisplay {

  private static final Duration INTERVAL = Duration.ofSeconds(5);
  private static final int RULES = 4;

  private final PrintWriter out;
  private DemoStatus last;

  LineDisplay(PrintWriter out) {
    this.out = out;
  }

  @Override
  public void show(DemoStatus status) {
    if (last == null) {
      last = status;
    }
    if (status.running().minus(last.running()).compareTo(INTERVAL) >= 0) {
      out.println(line(last, status));
      out.flush();
      last = status;
    }
  }

  static String line(DemoStatus earlier, DemoStatus now) {
    String rates =
        Arrays.stream(Figure.values())
            .map(figure -> figure.title() + " " + Texts.rounded(figure.rate(earlier, now)) + "/s")
            .collect(Collectors.joining("  "));
    return Texts.minute(now.eventTime())
        + (now.caughtUp() ? " (real time)  " : "  ")
        + rates
        + "  alerts "
        + Texts.count(now.alerts().raised())
        + rules(now)
        + now.alerts().newest().stream()
            .limit(1)
            .map(LineDisplay::newest)
            .collect(Collectors.joining());
  }

  private static String rules(DemoStatus status) {
    return status.alerts().counts().isEmpty()
        ? ""
        : status.alerts().counts().stream()
            .limit(RULES)
            .map(count -> count.rule() + " " + Texts.count(count.raised()) + " " + count.last())
            .collect(Collectors.joining(", ", " (", ")"));
  }

  private static String newest(Alert alert) {
    return "  newest: "
        + Texts.title(alert)
        + ", "
        + alert.customer()
        + ", "
        + alert.severity()
        + ", "
        + Texts.measure(alert.measure());
  }
}
