package io.fermata.serve;

import io.fermata.model.Alert;
import io.fermata.model.Change;
import io.fermata.model.DeadLetterReason;
import io.fermata.rules.CompiledRule;
import io.fermata.rules.RuleSet;
import io.fermata.topology.Ledger;
import io.fermata.topology.PipelineListener;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.ToDoubleFunction;

/**
 * The pipeline's own meters.
 *
 * <p>Those of law 7 are sums over the ledgers of the tasks that this process has: the ledgers lie
 * in stores and move with their tasks, so the sums over all instances are those since the beginning
 * of time, whatever was restarted in between. The others count since the start of the process.
 */
public final class PipelineMetrics implements PipelineListener {

  private final List<Ledger> ledgers = new CopyOnWriteArrayList<>();
  private final MeterProvider<Counter> alerts;
  private final Counter refolds;
  private final Counter refolded;

  /**
   * @param rules whose failed evaluations are counted
   */
  public PipelineMetrics(MeterRegistry registry, RuleSet rules) {
    alerts =
        Counter.builder("fermata.alerts")
            .description("Changes of alerts that were published")
            .withRegistry(registry);
    refolds =
        Counter.builder("fermata.refolds")
            .description("Late touchpoints that made touchpoints after them be folded again")
            .register(registry);
    refolded =
        Counter.builder("fermata.touchpoints.refolded")
            .description("Touchpoints that were folded again because of late ones")
            .register(registry);
    bindLedgers(registry);
    for (CompiledRule rule : rules.rules()) {
      FunctionCounter.builder("fermata.rule.failures", rule, each -> each.failures().sum())
          .description("Touchpoints on which an expression of the rule could not be evaluated")
          .tag("rule", rule.rule().id())
          .register(registry);
    }
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
    Gauge.builder("fermata.touchpoints.unaccounted", this, self -> self.totals().unaccounted())
        .description(
            "Touchpoints read and neither folded nor a duplicate nor a dead letter: those on their"
                + " way between the rooms, of all instances together; 0 at rest")
        .register(registry);
  }

  private void sum(
      MeterRegistry registry, String name, String description, ToDoubleFunction<Totals> part) {
    FunctionCounter.builder(name, this, self -> part.applyAsDouble(self.totals()))
        .description(description)
        .register(registry);
  }

  /** The sums over the open ledgers. */
  public Totals totals() {
    return Totals.of(ledgers);
  }

  /** How many late touchpoints have made others be folded again. */
  public long refolds() {
    return (long) refolds.count();
  }

  @Override
  public void alert(Change change, Alert alert) {
    alerts
        .withTags(
            "change", change.name(), "rule", alert.rule(), "severity", alert.severity().name())
        .increment();
  }

  @Override
  public void refolded(int touchpoints) {
    refolds.increment();
    refolded.increment(touchpoints);
  }

  @Override
  public void opened(Ledger ledger) {
    ledgers.add(ledger);
  }

  @Override
  public void closed(Ledger ledger) {
    ledgers.remove(ledger);
  }
}
