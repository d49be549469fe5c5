package io.fermata.runtime;

import io.fermata.codec.ValueCodecs;
import io.fermata.journey.FoldSettings;
import io.fermata.journey.KeeperSettings;
import io.fermata.rules.RuleSet;
import io.fermata.runtime.config.FermataConfig;
import io.fermata.topology.ClockSettings;
import io.fermata.topology.CodecWire;
import io.fermata.topology.FermataTopology;
import io.fermata.topology.PipelineListener;
import io.fermata.topology.RegistryPatience;
import io.fermata.topology.RouteSettings;
import io.fermata.topology.TopicNames;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The whole pipeline of one process, made from its configuration: topics, codecs, topology, run.
 */
public final class Pipeline implements AutoCloseable {

  /** Below Kafka's default {@code max.poll.interval.ms} of five minutes. */
  private static final Duration REGISTRY_PATIENCE = Duration.ofMinutes(4);

  private final CountDownLatch closing = new CountDownLatch(1);
  private final FermataConfig config;
  private final ValueCodecs codecs;
  private final StreamsRunner runner;

  private Pipeline(
      FermataConfig config,
      RuleSet rules,
      ClockSettings clock,
      long latenessMillis,
      PipelineListener listener) {
    this.config = config;
    codecs = ValueCodecs.of(config.registry().serializerProperties());
    TopicNames topics = new TopicNames(config.topics().prefix());
    FermataTopology topology =
        new FermataTopology(
            topics,
            new CodecWire(topics, codecs),
            rules,
            new RouteSettings(config.identity().order(), config.limits().recordBytes()),
            KeeperSettings.of(
                new FoldSettings(
                    config.journey().gap().toMillis(), config.journey().settle().toMillis()),
                latenessMillis),
            clock,
            new RegistryPatience(
                REGISTRY_PATIENCE, time -> !closing.await(time.toMillis(), TimeUnit.MILLISECONDS)),
            listener);
    runner =
        new StreamsRunner(
            topology.build(), StreamsSettings.of(config), config.streams().closeTimeout());
  }

  /** A pipeline whose clock is the wall clock's too. */
  public static Pipeline live(FermataConfig config, RuleSet rules, PipelineListener listener) {
    return new Pipeline(
        config,
        rules,
        new ClockSettings(
            true, config.lateness().settle().toMillis(), config.clock().maxSkew().toMillis()),
        config.lateness().allowed().toMillis(),
        listener);
  }

  /**
   * A pipeline for a replay: stream time alone is the clock.
   *
   * @param latenessMillis how late a touchpoint may come, or {@link KeeperSettings#ANY_LATENESS}
   */
  public static Pipeline replay(
      FermataConfig config, RuleSet rules, long latenessMillis, PipelineListener listener) {
    return new Pipeline(config, rules, ClockSettings.REPLAY, latenessMillis, listener);
  }

  /**
   * Creates or checks the topics, then starts.
   *
   * @throws TopicMismatchException when the topics can't be used as they are
   * @throws ClusterUnavailableException when the cluster does not answer in time
   */
  public void start() {
    try (TopicAdmin admin = new TopicAdmin(config.kafka().clientProperties(), config.topics())) {
      admin.prepare();
    }
    runner.start();
  }

  /** Its run: state, health, metrics, failure. */
  public StreamsRunner runner() {
    return runner;
  }

  /** The codecs of its topics. */
  public ValueCodecs codecs() {
    return codecs;
  }

  @Override
  public void close() {
    closing.countDown();
    runner.close();
    codecs.close();
  }
}
