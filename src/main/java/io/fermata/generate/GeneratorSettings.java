package io.fermata.generate;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What to simulate. The same settings always give the same touchpoints.
 *
 * @param seed every draw derives from it
 * @param customers how many customers, at least 1
 * @param start the first moment simulated
 * @param end the moment before which every touchpoint occurs, or null to go on for ever
 * @param late share (0..1) of touchpoints that arrive late
 * @param duplicates share (0..1) of touchpoints that arrive twice
 * @param anonymous share (0..1) of customers who are seen under weaker identifiers first
 * @param surveys share (0..1) of finished contacts and deliveries that are followed by a survey
 * @param incidents share (0..1) of needs in whose place a bad experience is injected
 * @param industries where the customers are customers, in turns
 */
public record GeneratorSettings(
    long seed,
    int customers,
    Instant start,
    Instant end,
    double late,
    double duplicates,
    double anonymous,
    double surveys,
    double incidents,
    List<Industry> industries) {

  public static final Instant DEFAULT_START = Instant.parse("2026-03-01T00:00:00Z");
  public static final double DEFAULT_SURVEYS = 0.3;
  public static final double DEFAULT_INCIDENTS = 0.05;

  public GeneratorSettings {
    if (customers < 1) {
      throw new IllegalArgumentException("customers is " + customers + ", expected at least 1");
    }
    if (end != null && !end.isAfter(start)) {
      throw new IllegalArgumentException("end " + end + " is not after start " + start);
    }
    share("late", late);
    share("duplicates", duplicates);
    share("anonymous", anonymous);
    share("surveys", surveys);
    share("incidents", incidents);
    if (industries.isEmpty()) {
      throw new IllegalArgumentException("industries is empty, expected telecom, bank or shop");
    }
    industries = List.copyOf(industries);
  }

  /** All industries from the default start for so many days, everything in order and once. */
  public static GeneratorSettings of(long seed, int customers, int days) {
    return endless(seed, customers).withPeriod(DEFAULT_START, days);
  }

  /** As {@link #of}, without an end. */
  public static GeneratorSettings endless(long seed, int customers) {
    return new GeneratorSettings(
        seed,
        customers,
        DEFAULT_START,
        null,
        0,
        0,
        0,
        DEFAULT_SURVEYS,
        DEFAULT_INCIDENTS,
        List.of(Industry.values()));
  }

  /** These settings for the {@code days} from {@code from} on. */
  public GeneratorSettings withPeriod(Instant from, int days) {
    return new GeneratorSettings(
        seed,
        customers,
        from,
        from.plus(Duration.ofDays(days)),
        late,
        duplicates,
        anonymous,
        surveys,
        incidents,
        industries);
  }

  /** These settings, beginning elsewhere and without an end. */
  public GeneratorSettings withEndlessFrom(Instant from) {
    return new GeneratorSettings(
        seed, customers, from, null, late, duplicates, anonymous, surveys, incidents, industries);
  }

  /** These settings with shares of late and of duplicate arrivals. */
  public GeneratorSettings withArrivals(double lateShare, double duplicateShare) {
    return new GeneratorSettings(
        seed,
        customers,
        start,
        end,
        lateShare,
        duplicateShare,
        anonymous,
        surveys,
        incidents,
        industries);
  }

  public GeneratorSettings withAnonymous(double share) {
    return new GeneratorSettings(
        seed, customers, start, end, late, duplicates, share, surveys, incidents, industries);
  }

  public GeneratorSettings withSurveys(double share) {
    return new GeneratorSettings(
        seed, customers, start, end, late, duplicates, anonymous, share, incidents, industries);
  }

  public GeneratorSettings withIncidents(double share) {
    return new GeneratorSettings(
        seed, customers, start, end, late, duplicates, anonymous, surveys, share, industries);
  }

  public GeneratorSettings withIndustries(List<Industry> list) {
    return new GeneratorSettings(
        seed, customers, start, end, late, duplicates, anonymous, surveys, incidents, list);
  }

  private static void share(String name, double value) {
    if (!(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException(name + " is " + value + ", expected 0 .. 1");
    }
  }
}
