package io.fermata.serve;

import io.fermata.model.ScoreReport;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/**
 * The NPS of the last thirty days with its margin of error. Of the dimensions whose values anybody
 * may send only values with enough answers are shown, and so many of each at most, those that had
 * enough first: series stay bounded whatever is sent, and none is of a single person.
 */
final class NpsMeters {

  /** Values of one dimension. */
  static final int MOST_VALUES = 50;

  /** Their values are few and known. */
  private static final Set<String> CLOSED = Set.of("all", "channel", "area");

  private static final class Shown {

    private final List<Meter> meters = new ArrayList<>(3);
    private volatile ScoreReport report;
  }

  private final MeterRegistry registry;
  private final Map<String, Map<String, Shown>> shown = new HashMap<>();

  NpsMeters(MeterRegistry registry) {
    this.registry = registry;
  }

  /**
   * The latest report of a dimension's value.
   *
   * @param report null when there is none any more, or none in this process
   */
  synchronized void report(String dimension, String value, ScoreReport report) {
    Map<String, Shown> values = shown.computeIfAbsent(dimension, any -> new HashMap<>());
    Shown known = values.get(value);
    if (report == null || !(report.enough() || CLOSED.contains(dimension))) {
      if (known != null) {
        values.remove(value).meters.forEach(registry::remove);
      }
    } else if (known != null) {
      known.report = report;
    } else if (values.size() < MOST_VALUES) {
      values.put(value, show(dimension, value, report));
    }
  }

  private Shown show(String dimension, String value, ScoreReport report) {
    Shown show = new Shown();
    show.report = report;
    Tags tags = Tags.of("dimension", dimension, "value", value);
    gauge(
        show,
        tags,
        "fermata.nps",
        "Net promoter score of the last thirty days, -100 to 100",
        ScoreReport::nps);
    gauge(
        show,
        tags,
        "fermata.nps.margin",
        "Margin of error of the net promoter score, 95 %: it lies so far from it at most",
        ScoreReport::marginOfError);
    gauge(
        show,
        tags,
        "fermata.nps.answers",
        "Answers that the net promoter score is worked out from",
        ScoreReport::n);
    return show;
  }

  private void gauge(
      Shown show, Tags tags, String name, String description, ToDoubleFunction<ScoreReport> part) {
    show.meters.add(
        Gauge.builder(name, show, of -> part.applyAsDouble(of.report))
            .description(description)
            .tags(tags)
            .strongReference(true)
            .register(registry));
  }
}
