package io.fermata.bench;

import io.fermata.bench.Bench.Variant;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * What a bench has measured.
 *
 * @param measured one measurement per round, in the order of the rounds
 */
public record BenchResult(
    BenchSettings settings,
    int rules,
    long customers,
    double touchpointBytes,
    IoProfile profile,
    Map<Variant, List<Measurement>> measured) {

  /** Least, middle and greatest of some figures. */
  public record Spread(double min, double median, double max) {

    static Spread of(List<Double> values) {
      List<Double> sorted = values.stream().sorted().toList();
      int middle = sorted.size() / 2;
      double median =
          sorted.size() % 2 == 1
              ? sorted.get(middle)
              : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
      return new Spread(sorted.get(0), median, sorted.get(sorted.size() - 1));
    }
  }

  public Spread cpuMicros(Variant variant) {
    return spread(variant, Measurement::cpuMicros);
  }

  public Spread perWallSecond(Variant variant) {
    return spread(variant, Measurement::perWallSecond);
  }

  public Spread perCpuSecond(Variant variant) {
    return spread(variant, Measurement::perCpuSecond);
  }

  /** CPU time per touchpoint of one variant over that of another, round by round. */
  public Spread cpuRatio(Variant variant, Variant over) {
    List<Measurement> upper = measured.get(variant);
    List<Measurement> lower = measured.get(over);
    return Spread.of(
        IntStream.range(0, upper.size())
            .mapToObj(i -> upper.get(i).cpuMicros() / lower.get(i).cpuMicros())
            .toList());
  }

  private Spread spread(Variant variant, ToDoubleFunction<Measurement> figure) {
    return Spread.of(measured.get(variant).stream().map(figure::applyAsDouble).toList());
  }

  /** The result as lines of text. */
  public String text() {
    StringBuilder text = new StringBuilder();
    text.append(
        "%,d touchpoints of %.0f bytes, %,d customers, %d rules, %d rounds, %d partitions, %d threads%n"
            .formatted(
                settings.touchpoints(),
                touchpointBytes,
                customers,
                rules,
                settings.rounds(),
                settings.partitions(),
                settings.threads()));
    text.append(
        "per touchpoint: record of %d B, once more %.3f times for the clock, %.3f history writes of %d B, %.3f lookups and %.3f ranges, %.3f timers, %.3f entries of what is published, %.2f counts, %.3f alerts of %d B, %.2f journeys of %d B, %.2f guidance of %d B%n%n"
            .formatted(
                profile.rootBytes(),
                profile.settles(),
                profile.history().puts(),
                profile.history().bytes(),
                profile.lookups(),
                profile.scans().opened(),
                profile.timers().puts(),
                profile.published().puts(),
                profile.counts(),
                profile.alerts().count(),
                profile.alerts().bytes(),
                profile.journeys().count(),
                profile.journeys().bytes(),
                profile.guidance().count(),
                profile.guidance().bytes()));
    text.append(
        "%-36s %32s %36s%n".formatted("", "CPU us per touchpoint", "touchpoints per second"));
    text.append(
        "%-36s %10s %10s %10s   %11s %11s %11s%n"
            .formatted("", "min", "median", "max", "min", "median", "max"));
    for (Variant variant : measured.keySet()) {
      Spread cpu = cpuMicros(variant);
      Spread wall = perWallSecond(variant);
      text.append(
          "%-36s %10.2f %10.2f %10.2f   %,11.0f %,11.0f %,11.0f%n"
              .formatted(
                  variant.title(),
                  cpu.min(),
                  cpu.median(),
                  cpu.max(),
                  wall.min(),
                  wall.median(),
                  wall.max()));
    }
    text.append("%n%-48s %10s %10s %10s%n".formatted("ratios of CPU time", "min", "median", "max"));
    ratio(text, "pipeline / bare, same I/O", cpuRatio(Variant.PIPELINE, Variant.SAME_IO));
    ratio(text, "pipeline / bare get+put", cpuRatio(Variant.PIPELINE, Variant.GET_AND_PUT));
    ratio(
        text,
        "one customer of 100,000 / thousand of 100",
        cpuRatio(Variant.BUSY_CUSTOMER, Variant.USUAL_CUSTOMERS));
    Spread core = perCpuSecond(Variant.CORE);
    text.append(
        "%-48s %,10.0f %,10.0f %,10.0f%n"
            .formatted(
                "pure core, touchpoints per CPU second", core.min(), core.median(), core.max()));
    return text.toString();
  }

  private static void ratio(StringBuilder text, String name, Spread spread) {
    text.append(
        "%-48s %10.2f %10.2f %10.2f%n"
            .formatted(name, spread.min(), spread.median(), spread.max()));
  }
}
