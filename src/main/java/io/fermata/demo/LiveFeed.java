package io.fermata.demo;

import io.fermata.generate.GeneratorSettings;
import io.fermata.generate.TouchpointGenerator;
import io.fermata.runtime.config.FermataConfig;
import io.fermata.topology.TopicNames;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Sends simulated touchpoints to a cluster, from now on and in real time. */
public final class LiveFeed {

  private static final double REAL_TIME = 1;
  private static final int NO_LIMIT = 0;

  private final Feeder feeder;

  /**
   * @param config where the cluster and its registry are
   * @param simulation whom to simulate; its period is not looked at
   */
  public LiveFeed(FermataConfig config, GeneratorSettings simulation, Clock clock) {
    Map<String, String> connection = new HashMap<>(config.registry().serializerProperties());
    connection.putAll(config.kafka().clientProperties());
    Instant begin = clock.instant();
    feeder =
        new Feeder(
            new DemoSettings(
                simulation.seed(), simulation.customers(), REAL_TIME, NO_LIMIT, null, 0, 0),
            new TouchpointGenerator(simulation.withEndlessFrom(begin)),
            new EventClock(begin.toEpochMilli(), REAL_TIME, clock::millis, System::nanoTime),
            new TopicNames(config.topics().prefix()).touchpoints(),
            connection,
            // Nobody here sees what becomes of them, so nobody is waited for.
            () -> Long.MAX_VALUE);
  }

  /**
   * Sends until it is stopped.
   *
   * @throws DemoFailedException when a touchpoint cannot be sent
   */
  public void run() {
    feeder.run();
  }

  /** Makes {@link #run} end; from any thread. */
  public void stop() {
    feeder.stop();
  }

  /** How many touchpoints it has sent. */
  public long sent() {
    return feeder.sent();
  }
}
