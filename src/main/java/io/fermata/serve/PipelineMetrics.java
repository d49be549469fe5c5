package io.fermata.serve;

import io.fermata.identity.Refusal;
import io.fermata.model.Alert;
import io.fermata.model.Change;
import io.fermata.model.ContactGuidance;
import io.fermata.model.DeadLetterReason;
import io.fermata.model.Journey;
import io.fermata.model.Pillar;
import io.fermata.model.Polarity;
import io.fermata.model.Purpose;
import io.fermata.model.ScoreReport;
import io.fermata.model.Severity;
import io.fermata.model.Touchpoint;
import io.fermata.rules.CompiledRule;
import io.fermata.rules.Rule;
import io.fermata.rules.RuleSet;
import io.fermata.topology.Ledger;
import io.fermata.topology.PipelineListener;
import io.fermata.topology.TaskGauges;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import java.util.stream.LongStream;

/**
 * The pipeline's own meters, all of them: a new one is declared and fed here and nowhere else. Tags
 * are names of rules, symbols of enumerations, and values of the dimensions of scores that many
 * customers share: never anything of one customer.
 *
 * <p>Those of law 7 and the gauges of customers are sums over the tasks that this process has: what
 * is counted lies in stores and moves with the tasks, so the sums over all instances are those
 * since the beginning of time, whatever was restarted in between. The others count since the start
 * of the process.
 */
public final class PipelineMetrics implements PipelineListener {

  /** From what is felt as at once to what needs a look at the lag. */
  private static final Duration[] LATENCIES =
      LongStream.of(
              10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 60_000, 600_000, 3_600_000)
          .mapToObj(Duration::ofMillis)
          .toArray(Duration[]::new);

  private static final double[] DEPTHS = {1, 2, 5, 10, 20, 50, 100, 200, 500, 1000};
  private static final double[] CONTACTS = {0.5, 1, 2, 3, 4, 5, 7, 10, 20};
  private static final String PRESSURE_WINDOW = "P7D";

  private final List<Ledger> ledgers = new CopyOnWriteArrayList<>();
  private final List<TaskGauges> gauges = new CopyOnWriteArrayList<>();
  private final RuleEvaluations evaluations;
  private final NpsMeters nps;
  private final MeterProvider<Counter> alerts;
  private final MeterProvider<Counter> experiences;
  private final MeterProvider<Counter> journeys;
  private final MeterProvider<Counter> guidance;
  private final MeterProvider<Counter> pauses;
  private final DistributionSummary pressure;
  private final DistributionSummary refolds;
  private final Timer sinceOccurrence;
  private final Timer sinceArrival;

  /**
   * @param rules whose evaluations and failed evaluations are counted
   */
  public PipelineMetrics(MeterRegistry registry, RuleSet rules) {
    evaluations = new RuleEvaluations(rules);
    nps = new NpsMeters(registry);
    alerts =
        Counter.builder("fermata.alerts")
            .description("Changes of alerts that were published")
            .withRegistry(registry);
    experiences =
        Counter.builder("fermata.experiences")
            .description("Alerts raised, by what they are about")
            .withRegistry(registry);
    journeys =
        Counter.builder("fermata.journeys")
            .description("Changes of journeys that were published, with the status after them")
            .withRegistry(registry);
    guidance =
        Counter.builder("fermata.guidance")
            .description("Contact guidance that was published, with a pause in force or without")
            .withRegistry(registry);
    pauses =
        Counter.builder("fermata.guidance.reasons")
            .description("Contact guidance that was published with this reason to leave in peace")
            .withRegistry(registry);
    pressure =
        DistributionSummary.builder("fermata.contact.pressure")
            .description(
                "Marketing contacts of a customer in the last seven days, whenever their contact"
                    + " guidance was published")
            .serviceLevelObjectives(CONTACTS)
            .register(registry);
    refolds =
        DistributionSummary.builder("fermata.refolds")
            .description("Touchpoints that were folded again because of a late one")
            .serviceLevelObjectives(DEPTHS)
            .register(registry);
    sinceOccurrence = latency(registry, "occurrence");
    sinceArrival = latency(registry, "arrival");
    bindLedgers(registry);
    bindGauges(registry);
    rules.rules().forEach(rule -> bindRule(registry, rule));
    beginAtZero(rules);
  }

  /** Prometheus sees no increase in a counter that begins with the first that is counted. */
  private void beginAtZero(RuleSet rules) {
    for (CompiledRule each : rules.rules()) {
      Rule rule = each.rule();
      rule.severities().forEach(severity -> alertsOf(Change.RAISED, rule.id(), severity));
      experiencesOf(rule.pillar(), rule.polarity());
    }
  }

  private static Timer latency(MeterRegistry registry, String since) {
    return Timer.builder("fermata.touchpoint.latency")
        .description(
            "Time from a touchpoint's occurrence, or its record's arrival in Kafka, until it was"
                + " folded and its changes were sent; readable with the next commit")
        .tag("since", since)
        .serviceLevelObjectives(LATENCIES)
        .register(registry);
  }

  private void bindLedgers(MeterRegistry registry) {
    sum(registry, "fermata.touchpoints.in", "Touchpoints read", Totals::in);
    sum(
        registry,
        "fermata.touchpoints.folded",
        "Touchpoints that became part of a customer's history",
        Totals::folded);
    sum(
        registry,
        "fermata.touchpoints.duplicates",
        "Touchpoints that were part of their customer's history already",
        Totals::duplicates);
    for (DeadLetterReason reason : DeadLetterReason.values()) {
      FunctionCounter.builder(
              "fermata.dead.letters", this, self -> self.totals().deadLetters().get(reason))
          .description("Records that were sent to the dead letters")
          .tag("reason", reason.name())
          .register(registry);
    }
    sum(registry, "fermata.identity.links.in", "Links read from their topic", Totals::links);
    sum(registry, "fermata.identity.links.taken", "Links read that were good", Totals::linked);
    count(
        registry,
        "fermata.identity.moved",
        "Touchpoints that went on to another name after they had been folded under one",
        Ledger.Identity.MOVED);
    count(
        registry,
        "fermata.identity.stranded",
        "Touchpoints that moved to a customer for whom they were too late: dead letters",
        Ledger.Identity.STRANDED);
    for (Refusal reason : Refusal.values()) {
      FunctionCounter.builder(
              "fermata.identity.refused",
              ledgers,
              all -> all.stream().mapToLong(ledger -> ledger.count(reason)).sum())
          .description("Links that link nothing, and touchpoints that went in a circle of names")
          .tag("reason", reason.reason())
          .register(registry);
    }
    Gauge.builder("fermata.touchpoints.unaccounted", this, self -> self.totals().unaccounted())
        .description(
            "Touchpoints read and neither folded nor a duplicate nor a dead letter: those on their"
                + " way between the rooms, of all instances together; 0 at rest")
        .register(registry);
  }

  private void bindGauges(MeterRegistry registry) {
    Gauge.builder("fermata.journeys.open", gauges, all -> sum(all, TaskGauges::openJourneys))
        .description("Journeys that are neither completed nor abandoned nor lapsed")
        .register(registry);
    Gauge.builder("fermata.customers.paused", gauges, all -> sum(all, TaskGauges::customersPaused))
        .description(
            "Customers to be left in peace: their guidance has a pauseUntil that is to come, to"
                + " five minutes")
        .register(registry);
  }

  private static long sum(List<TaskGauges> gauges, ToLongFunction<TaskGauges> of) {
    return gauges.stream().mapToLong(of).sum();
  }

  private void bindRule(MeterRegistry registry, CompiledRule rule) {
    FunctionCounter.builder("fermata.rule.failures", rule, each -> each.failures().sum())
        .description("Touchpoints on which an expression of the rule could not be evaluated")
        .tag("rule", rule.rule().id())
        .register(registry);
    if (!rule.onExperiences()) {
      FunctionCounter.builder("fermata.rule.evaluations", rule, evaluations::of)
          .description("Touchpoints folded that are of a type the rule looks at")
          .tag("rule", rule.rule().id())
          .register(registry);
    }
  }

  private void sum(
      MeterRegistry registry, String name, String description, ToDoubleFunction<Totals> part) {
    FunctionCounter.builder(name, this, self -> part.applyAsDouble(self.totals()))
        .description(description)
        .register(registry);
  }

  private void count(
      MeterRegistry registry, String name, String description, Ledger.Identity entry) {
    FunctionCounter.builder(
            name, ledgers, all -> all.stream().mapToLong(ledger -> ledger.count(entry)).sum())
        .description(description)
        .register(registry);
  }

  /** The sums over the open ledgers. */
  public Totals totals() {
    return Totals.of(ledgers);
  }

  /** How many late touchpoints have made others be folded again. */
  public long refolds() {
    return refolds.count();
  }

  @Override
  public void alert(Change change, Alert alert) {
    alertsOf(change, alert.rule(), alert.severity()).increment();
    if (change == Change.RAISED) {
      experiencesOf(alert.pillar(), alert.polarity()).increment();
    }
  }

  private Counter alertsOf(Change change, String rule, Severity severity) {
    return alerts.withTags("change", change.name(), "rule", rule, "severity", severity.name());
  }

  private Counter experiencesOf(Pillar pillar, Polarity polarity) {
    return experiences.withTags("pillar", pillar.name(), "polarity", polarity.name());
  }

  @Override
  public void journey(Change change, Journey journey) {
    journeys.withTags("change", change.name(), "status", journey.status().name()).increment();
  }

  @Override
  public void guidance(Change change, ContactGuidance view) {
    guidance.withTag("paused", Boolean.toString(view.pauseUntil() != null)).increment();
    for (String reason : view.pauseReasons()) {
      pauses.withTag("reason", reason).increment();
    }
    Map<String, Integer> marketing = view.pressure().get(Purpose.MARKETING.name());
    pressure.record(marketing == null ? 0 : marketing.getOrDefault(PRESSURE_WINDOW, 0));
  }

  @Override
  public void folded(Touchpoint touchpoint, long arrivedAt, long now) {
    evaluations.count(touchpoint.type());
    sinceOccurrence.record(Math.max(0, now - touchpoint.occurredAt()), TimeUnit.MILLISECONDS);
    sinceArrival.record(Math.max(0, now - arrivedAt), TimeUnit.MILLISECONDS);
  }

  @Override
  public void nps(String dimension, String value, ScoreReport latest) {
    nps.report(dimension, value, latest);
  }

  @Override
  public void refolded(int touchpoints) {
    refolds.record(touchpoints);
  }

  @Override
  public void opened(Ledger ledger) {
    ledgers.add(ledger);
  }

  @Override
  public void closed(Ledger ledger) {
    ledgers.remove(ledger);
  }

  @Override
  public void opened(TaskGauges of) {
    gauges.add(of);
  }

  @Override
  public void closed(TaskGauges of) {
    gauges.remove(of);
  }
}
