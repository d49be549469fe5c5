package io.fermata.oracle;

import io.fermata.model.Touchpoint;
import io.fermata.rules.Rule;
import java.util.ArrayList;
import java.util.List;

/** A case as text that can be worked through by hand; times are milliseconds since its start. */
final class CaseText {

  private CaseText() {}

  static String of(RandomCase c) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "seed %d, journey gap %d, settle %d, clock +%d"
            .formatted(c.seed(), c.journeyGap(), c.journeySettle(), time(c.clock())));
    for (Rule rule : c.rules()) {
      lines.add("rule " + rule.id() + ": " + rule.kind());
      lines.add(
          "     %s%s severity %s, levels %s, quietFor %s, pause %s, area %s, channel %s, attributes %s"
              .formatted(
                  rule.onExperiences() ? "on experiences, " : "",
                  rule.polarity(),
                  rule.severity(),
                  rule.levels(),
                  rule.quietForMillis(),
                  rule.pause(),
                  rule.area(),
                  rule.channel(),
                  rule.attributes()));
    }
    for (Touchpoint t : c.touchpoints()) {
      StringBuilder line = new StringBuilder();
      line.append("+%d %s %s %s".formatted(time(t.occurredAt()), t.id(), t.type(), t.channel()));
      add(line, "direction", t.direction());
      add(line, "purpose", t.purpose());
      add(line, "topic", t.topic());
      add(line, "case", t.caseId());
      add(line, "area", t.area());
      add(line, "outcome", t.outcome());
      add(line, "wait", t.waitSeconds());
      add(line, "transfers", t.transfers());
      add(line, "sentiment", t.sentiment());
      add(line, "due", t.dueAt() == null ? null : "+" + time(t.dueAt()));
      add(line, "zone", t.timeZone());
      add(line, "attributes", t.attributes().isEmpty() ? null : t.attributes());
      lines.add(line.toString());
    }
    return String.join("\n", lines);
  }

  private static long time(long millis) {
    return millis - CaseMaker.START;
  }

  private static void add(StringBuilder line, String name, Object value) {
    if (value != null) {
      line.append(' ').append(name).append('=').append(value.equals("") ? "''" : value);
    }
  }
}
