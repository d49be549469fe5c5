package io.fermata.demo;

import io.fermata.serve.Totals;
import java.util.ArrayList;
import java.util.List;

/**
 * What a demonstration came to.
 *
 * @param sent touchpoints that the feeder sent
 * @param from event time at the beginning
 * @param status at the end, with all work done
 */
record DemoSummary(long sent, long from, DemoStatus status) {

  /** Law 7, and nothing that was sent is missing; others may have sent more. */
  boolean addsUp() {
    return status.totals().unaccounted() == 0 && status.totals().in() >= sent;
  }

  List<String> lines() {
    Totals totals = status.totals();
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s s, in which event time went from %s to %s"
            .formatted(
                Texts.measure(status.running().toMillis() / 1000.0),
                Texts.minute(from),
                Texts.minute(status.eventTime())));
    lines.add(figure("touchpoints sent", sent));
    lines.add(figure("in", totals.in()));
    lines.add(figure("folded", totals.folded()));
    lines.add(figure("duplicates", totals.duplicates()));
    lines.add(figure("dead letters", totals.dead()));
    totals
        .deadLetters()
        .forEach(
            (reason, count) -> {
              if (count > 0) {
                lines.add(figure("  " + reason, count));
              }
            });
    lines.add(figure("late, folded again", status.late()));
    lines.add(figure("alerts raised", status.alerts().raised()));
    status
        .alerts()
        .counts()
        .forEach(
            count ->
                lines.add(
                    figure("  " + count.rule(), count.raised())
                        + (count.retracted() > 0
                            ? "  (" + Texts.count(count.retracted()) + " retracted)"
                            : "")));
    lines.add(
        addsUp()
            ? "in = folded + duplicates + dead letters: it adds up"
            : "in = folded + duplicates + dead letters: it does NOT add up, %s unaccounted for"
                .formatted(Texts.count(Math.max(totals.unaccounted(), sent - totals.in()))));
    return lines;
  }

  private static String figure(String name, long value) {
    return "  %-26s %12s".formatted(name, Texts.count(value));
  }
}
