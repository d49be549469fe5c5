package io.fermata.it;

import io.fermata.embedded.EmbeddedRegistry;
import io.fermata.rules.Rule;
import io.fermata.rules.RuleSet;
import io.fermata.rules.cel.RuleCompiler;
import io.fermata.rules.load.RuleLoader;
import io.fermata.runtime.Pipeline;
import io.fermata.topology.PipelineListener;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A pipeline stopped and started again with other rules ends in the views of these. */
@ExtendWith(SharedBroker.class)
@Timeout(value = 180, unit = TimeUnit.SECONDS)
class RuleChangeTest {

  private static final long SEED = Long.getLong("fermata.seed", 20_260_311);
  private static final int CUSTOMERS = 30;
  private static final int RECORDS = 900;

  @TempDir Path folder;

  @Test
  void shouldEndInTheViewsOfTheRulesOfTheLastStart(TestBroker broker) throws Exception {
    List<Rule> all = RuleLoader.load(Path.of("rules"));
    RuleSet some = some(all, new Random(SEED));
    RuleSet others = some(all, new Random(SEED + 1));
    try (EmbeddedRegistry registry = EmbeddedRegistry.start(0);
        Sandbox sandbox = new Sandbox(broker, registry.url(), "rule-change", folder, Map.of())) {
      Workload workload =
          Workload.of(
              SEED, CUSTOMERS, RECORDS, 0.02, sandbox.topics().touchpoints(), sandbox.codecs());
      int half = workload.size() / 2;
      try (Pipeline pipeline =
          Pipeline.live(sandbox.config(Map.of()), some, PipelineListener.NONE)) {
        pipeline.start();
        sandbox.send(workload, 0, half);
        Await.until(
            "the first half is through",
            sandbox::isThrough,
            () -> "committed " + sandbox.group().committed());
      }
      try (Pipeline pipeline =
          Pipeline.live(sandbox.config(Map.of()), others, true, PipelineListener.NONE)) {
        pipeline.start();
        sandbox.send(workload, half, workload.size());
        sandbox.awaitEnd("rule change, seed " + SEED, workload, others);
      }
    }
  }

  private static RuleSet some(List<Rule> rules, Random random) {
    List<Rule> some = new ArrayList<>(rules);
    some.removeIf(rule -> random.nextInt(3) == 0);
    return RuleCompiler.compile(some);
  }
}
