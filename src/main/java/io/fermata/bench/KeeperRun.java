package io.fermata.bench;

import io.fermata.codec.TouchpointCodec;
import io.fermata.journey.KeeperSettings;
import io.fermata.journey.MemoryJourneys;
import io.fermata.journey.ViewCollector;
import io.fermata.model.Touchpoint;
import io.fermata.rules.RuleSet;
import java.nio.charset.StandardCharsets;

/**
 * Touchpoints kept as the Journey room keeps them (record and history read and written as bytes),
 * on the heap and without Kafka: what a touchpoint costs by how much its customer has behind them.
 */
final class KeeperRun {

  private final Workload workload;
  private final KeeperSettings settings;

  KeeperRun(Workload workload, KeeperSettings settings) {
    this.workload = workload;
    this.settings = settings;
  }

  /** Takes every touchpoint once, as it arrives. */
  Measurement run(RuleSet rules) {
    MemoryJourneys journeys = new MemoryJourneys(rules, settings, TouchpointCodec.INSTANCE::decode);
    ViewCollector views = new ViewCollector();
    long cpu = CpuClock.now();
    long wall = System.nanoTime();
    for (int i = 0; i < workload.size(); i++) {
      Touchpoint touchpoint = workload.touchpoints().get(i);
      journeys.accept(
          new String(workload.keys().get(i), StandardCharsets.UTF_8),
          touchpoint,
          workload.encoded().get(i),
          views);
    }
    Measurement measurement =
        new Measurement(workload.size(), System.nanoTime() - wall, CpuClock.now() - cpu);
    if (views.views().journeys().isEmpty()) {
      throw new IllegalStateException("the touchpoints made no journeys: nothing was measured");
    }
    return measurement;
  }
}
