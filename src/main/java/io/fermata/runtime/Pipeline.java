package io.fermata.runtime;

import io.fermata.codec.ValueCodecs;
import io.fermata.identity.IdentitySettings;
import io.fermata.identity.Pseudonyms;
import io.fermata.journey.FoldSettings;
import io.fermata.journey.KeeperSettings;
import io.fermata.model.CustomerKeys;
import io.fermata.rules.RuleSet;
import io.fermata.runtime.config.FermataConfig;
import io.fermata.serve.CustomerSource;
import io.fermata.serve.ReservationSource;
import io.fermata.serve.ScoreSource;
import io.fermata.topology.ClockSettings;
import io.fermata.topology.CodecWire;
import io.fermata.topology.CustomerReader;
import io.fermata.topology.FermataTopology;
import io.fermata.topology.PipelineListener;
import io.fermata.topology.RegistryPatience;
import io.fermata.topology.RouteSettings;
import io.fermata.topology.ScoreReader;
import io.fermata.topology.TopicNames;
import io.fermata.topology.Topics;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The whole pipeline of one process, made from its configuration: topics, codecs, topology, run.
 */
public final class Pipeline implements AutoCloseable {

  /** Below Kafka's default {@code max.poll.interval.ms} of five minutes. */
  private static final Duration REGISTRY_PATIENCE = Duration.ofMinutes(4);

  private static final Logger LOG = LoggerFactory.getLogger(Pipeline.class);

  private final CountDownLatch closing = new CountDownLatch(1);
  private final Object startLock = new Object();
  private final FermataConfig config;
  private final ValueCodecs codecs;
  private final StreamsRunner runner;
  private final CustomerReader reader;
  private final ScoreReader scoreReader;
  private final ReservationClient reservations;
  private final Pseudonyms pseudonyms;
  private Thread starter;

  private Pipeline(
      FermataConfig config,
      RuleSet rules,
      ClockSettings clock,
      long latenessMillis,
      boolean retractRemoved,
      PipelineListener listener) {
    this.config = config;
    TopicNames topics = new TopicNames(config.topics().prefix());
    IdentitySettings identity =
        new IdentitySettings(
            new CustomerKeys(config.identity().order()),
            Set.copyOf(config.identity().ignore()),
            config.identity().maxLinks());
    pseudonyms = PseudonymKey.of(config.privacy(), identity);
    codecs = ValueCodecs.of(config.registry().serializerProperties());
    FermataTopology topology =
        new FermataTopology(
                topics,
                new CodecWire(topics, codecs),
                rules,
                new RouteSettings(identity, config.limits().recordBytes(), pseudonyms),
                KeeperSettings.of(
                        new FoldSettings(
                            config.journey().gap().toMillis(),
                            config.journey().settle().toMillis()),
                        latenessMillis)
                    .withRetractRemoved(retractRemoved),
                clock,
                new RegistryPatience(REGISTRY_PATIENCE, this::isOpenAfter),
                listener,
                config.score().settings(),
                config.reservations().hold().toMillis())
            .withCloudEvents(config.topics().cloudEvents());
    reservations =
        new ReservationClient(config.kafka().clientProperties(), topics, codecs, pseudonyms);
    reader = topology.reader();
    scoreReader = topology.scoreReader();
    runner =
        new StreamsRunner(
            topology.build(), StreamsSettings.of(config), config.streams().closeTimeout());
  }

  /** A pipeline whose clock is the wall clock's too; alerts of rules that are gone stay. */
  public static Pipeline live(FermataConfig config, RuleSet rules, PipelineListener listener) {
    return live(config, rules, false, listener);
  }

  /**
   * A pipeline whose clock is the wall clock's too.
   *
   * @param retractRemoved whether alerts of rules that are gone since the last run are taken back
   */
  public static Pipeline live(
      FermataConfig config, RuleSet rules, boolean retractRemoved, PipelineListener listener) {
    return new Pipeline(
        config,
        rules,
        new ClockSettings(
            true, config.lateness().settle().toMillis(), config.clock().maxSkew().toMillis()),
        config.lateness().allowed().toMillis(),
        retractRemoved,
        listener);
  }

  /**
   * A pipeline for a replay: stream time alone is the clock.
   *
   * @param latenessMillis how late a touchpoint may come, or {@link KeeperSettings#ANY_LATENESS}
   */
  public static Pipeline replay(
      FermataConfig config, RuleSet rules, long latenessMillis, PipelineListener listener) {
    return new Pipeline(config, rules, ClockSettings.REPLAY, latenessMillis, false, listener);
  }

  /**
   * Creates or checks the topics and the schemas, then starts. Returns early when it is closed
   * meanwhile.
   *
   * @throws TopicMismatchException when the topics can't be used as they are
   * @throws SchemasRefusedException when the registry refuses schemas, or has not those it should
   * @throws ClusterUnavailableException when the cluster or the registry does not answer in time
   */
  public void start() {
    synchronized (startLock) {
      starter = Thread.currentThread();
    }
    try {
      prepare();
      runner.start();
      reservations.start();
    } catch (RuntimeException e) {
      if (closing.getCount() > 0) {
        throw e;
      }
      LOG.info("Closed before it had started ({})", e.getMessage());
    } finally {
      synchronized (startLock) {
        starter = null;
        if (closing.getCount() == 0) {
          // The interruption was for the start alone.
          Thread.interrupted();
        }
      }
    }
  }

  private void prepare() {
    try (TopicAdmin admin = new TopicAdmin(config.kafka().clientProperties(), config.topics())) {
      admin.prepare();
    }
    new SchemaAdmin(Topics.withPrefix(config.topics().prefix()), codecs)
        .prepare(config.topics().startTimeout(), this::isOpenAfter);
  }

  private boolean isOpenAfter(Duration time) throws InterruptedException {
    return !closing.await(time.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Its run: state, health, metrics, failure. */
  public StreamsRunner runner() {
    return runner;
  }

  /** Answers for the customers whose state is here, and tells where the others are. */
  public CustomerSource customers() {
    return new CustomerQueries(
        runner.streams(), reader, runner.health()::ready, InstanceAddress.of(config), pseudonyms);
  }

  /** Gives out permissions, whoever has the customer. */
  public ReservationSource reservations() {
    return reservations;
  }

  /** Tells the scores that are here, and who has the others. */
  public ScoreSource scores() {
    return new ScoreQueries(
        runner.streams(), scoreReader, runner.health()::ready, InstanceAddress.of(config));
  }

  /** The codecs of its topics. */
  public ValueCodecs codecs() {
    return codecs;
  }

  @Override
  public void close() {
    synchronized (startLock) {
      closing.countDown();
      if (starter != null) {
        // It may be waiting for a cluster that does not answer.
        starter.interrupt();
      }
    }
    reservations.close();
    runner.close();
    codecs.close();
  }
}
