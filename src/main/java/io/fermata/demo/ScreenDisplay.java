package io.fermata.demo;

import io.fermata.demo.DemoStatus.Figure;
import io.fermata.model.Alert;
import io.fermata.model.Severity;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.Ansi.IStyle;
import picocli.CommandLine.Help.Ansi.Style;

/** A page that is drawn again and again, on a terminal's second screen. Fits 24 lines. */
final class ScreenDisplay implements DemoDisplay {

  private static final String OPEN = "\u001b[?1049h\u001b[?25l";
  private static final String HOME = "\u001b[H";
  private static final String END_OF_LINE = "\u001b[K";
  private static final String END_OF_PAGE = "\u001b[J";
  private static final String CLOSE = "\u001b[?25h\u001b[?1049l";

  private static final Duration RATES_OVER = Duration.ofSeconds(5);
  private static final int RULES = 6;
  private static final int NEWEST = 4;

  private final PrintWriter out;
  private final int width;
  private final String heading;
  private final Attachments attachments;
  private final Deque<DemoStatus> recent = new ArrayDeque<>();

  ScreenDisplay(PrintWriter out, int width, String heading, Attachments attachments) {
    this.out = out;
    this.width = width;
    this.heading = heading;
    this.attachments = attachments;
    out.print(OPEN);
    out.flush();
  }

  @Override
  public void show(DemoStatus status) {
    recent.addLast(status);
    while (status.running().minus(recent.peekFirst().running()).compareTo(RATES_OVER) > 0) {
      recent.removeFirst();
    }
    StringBuilder page = new StringBuilder(HOME);
    for (Line line : page(recent.peekFirst(), status)) {
      page.append(line.drawn(width)).append(END_OF_LINE).append("\r\n");
    }
    out.print(page.append(END_OF_PAGE));
    out.flush();
  }

  /** A line and how it looks; null for plain. */
  record Line(String text, IStyle style) {

    private static Line plain(String text) {
      return new Line(text, null);
    }

    String drawn(int width) {
      String clipped = text.length() > width ? text.substring(0, width) : text;
      return style == null || clipped.isEmpty()
          ? clipped
          : Ansi.ON.apply(clipped, List.of(style)).toString();
    }
  }

  private List<Line> page(DemoStatus earlier, DemoStatus now) {
    List<Line> page = new ArrayList<>();
    page.add(new Line(heading, Style.bold));
    page.add(Line.plain(clock(now)));
    page.add(Line.plain(""));
    page.add(new Line(row("touchpoints", Figure::title), Style.bold));
    page.add(Line.plain(row("total", figure -> Texts.count(figure.of(now)))));
    page.add(Line.plain(row("per second", figure -> Texts.rounded(figure.rate(earlier, now)))));
    page.add(Line.plain(""));
    page.add(
        new Line(
            "%-26s %9s %9s %9s  %s"
                .formatted(
                    "alerts " + Texts.count(now.alerts().raised()),
                    "raised",
                    "ended",
                    "retracted",
                    "last severity"),
            Style.bold));
    now.alerts().counts().stream().limit(RULES).forEach(count -> page.add(rule(count)));
    page.add(Line.plain(""));
    now.alerts().newest().stream().limit(NEWEST).forEach(alert -> page.add(alert(alert)));
    page.add(Line.plain(""));
    attachments.lines().forEach(line -> page.add(Line.plain(line)));
    return page;
  }

  private static String clock(DemoStatus status) {
    return "event time "
        + Texts.minute(status.eventTime())
        + (status.caughtUp() ? " (caught up with the clock: real time)" : "")
        + "   running "
        + Duration.ofSeconds(status.running().toSeconds())
        + "   Ctrl-C stops it";
  }

  private static String row(String name, Function<Figure, String> cell) {
    StringBuilder row = new StringBuilder("%-12s".formatted(name));
    for (Figure figure : Figure.values()) {
      row.append(String.format(Locale.ROOT, "%13s", cell.apply(figure)));
    }
    return row.toString();
  }

  private static Line rule(AlertLog.Count count) {
    return new Line(
        "%-26s %9s %9s %9s  %s"
            .formatted(
                count.rule(),
                Texts.count(count.raised()),
                Texts.count(count.ended()),
                Texts.count(count.retracted()),
                count.last()),
        colour(count.last()));
  }

  private static Line alert(Alert alert) {
    return new Line(
        "%s  %-8s  %-18s %8s  %s"
            .formatted(
                Texts.minute(alert.at()),
                alert.severity(),
                alert.customer(),
                Texts.measure(alert.measure()),
                Texts.title(alert)),
        colour(alert.severity()));
  }

  private static Style colour(Severity severity) {
    return switch (severity) {
      case CRITICAL -> Style.fg_red;
      case HIGH -> Style.fg_magenta;
      case MEDIUM -> Style.fg_yellow;
      case LOW, UNKNOWN -> null;
    };
  }

  @Override
  public void close() {
    out.print(CLOSE);
    out.flush();
  }
}
