package io.fermata.embedded;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import kafka.server.BrokerServer;
import kafka.server.ControllerServer;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.server.SharedServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.bootstrap.BootstrapMetadata;
import org.apache.kafka.metadata.properties.MetaPropertiesEnsemble;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.raft.QuorumConfig;
import org.apache.kafka.server.fault.FaultHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real Kafka broker and controller in this process, reachable over loopback only.
 *
 * <p>Kafka offers no public API for this; the parts put together here are the ones {@code
 * KafkaRaftServer} puts together, so that sockets are bound beforehand and a fault in the broker
 * becomes an exception and a log line instead of the end of the process ({@link #fault()}). All use
 * of the server's classes stays in this package.
 */
public final class EmbeddedBroker implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedBroker.class);
  private static final Duration SHUTDOWN_TIMEOUT = Duration.ofSeconds(20);

  private final Path folder;
  private final boolean temporary;
  private final int port;
  private final AtomicReference<Throwable> fault;
  private final ControllerServer controller;
  private final BrokerServer broker;
  private boolean closed;

  private EmbeddedBroker(
      Path folder,
      boolean temporary,
      int port,
      AtomicReference<Throwable> fault,
      ControllerServer controller,
      BrokerServer broker) {
    this.folder = folder;
    this.temporary = temporary;
    this.port = port;
    this.fault = fault;
    this.controller = controller;
    this.broker = broker;
  }

  /** Starts on a free port with a temporary folder. */
  public static EmbeddedBroker start() {
    return start(BrokerOptions.defaults());
  }

  /**
   * Starts a broker and returns when it takes requests.
   *
   * @throws BrokerFailedException when it does not start; nothing is left running then
   */
  public static EmbeddedBroker start(BrokerOptions options) {
    return start(options, fault -> {});
  }

  /**
   * As {@link #start(BrokerOptions)}; {@code onFault} hears of every fault of the running broker.
   */
  static EmbeddedBroker start(BrokerOptions options, Consumer<Throwable> onFault) {
    ExitGuard.install();
    boolean temporary = options.folder() == null;
    Path folder = temporary ? Folders.temporary() : options.folder();
    EmbeddedBroker started = null;
    try (BoundSockets sockets = new BoundSockets()) {
      EmbeddedBroker broker = assemble(options, folder, temporary, sockets, onFault);
      broker.startServers();
      started = broker;
      return broker;
    } catch (Exception e) {
      throw new BrokerFailedException("the embedded broker did not start: " + e.getMessage(), e);
    } finally {
      if (started == null && temporary) {
        Folders.remove(folder);
      }
    }
  }

  private static EmbeddedBroker assemble(
      BrokerOptions options,
      Path folder,
      boolean temporary,
      BoundSockets sockets,
      Consumer<Throwable> onFault)
      throws Exception {
    int port = sockets.bind(BrokerSettings.CLIENT_LISTENER, options.port());
    int controllerPort = sockets.bind(BrokerSettings.CONTROLLER_LISTENER, 0);
    Map<String, String> settings = BrokerSettings.of(options, folder, port, controllerPort);
    format(folder);
    KafkaConfig config = new KafkaConfig(settings);
    scala.Tuple2<MetaPropertiesEnsemble, BootstrapMetadata> directories =
        KafkaRaftServer.initializeLogDirs(config, LOG, "");
    AtomicReference<Throwable> fault = new AtomicReference<>();
    QuorumConfig quorum = config.quorumConfig();
    SharedServer shared =
        new SharedServer(
            config,
            directories._1(),
            Time.SYSTEM,
            new Metrics(Time.SYSTEM),
            CompletableFuture.completedFuture(QuorumConfig.parseVoterConnections(quorum.voters())),
            List.of(),
            (name, fatal, action) -> faultHandler(name, fatal, action, fault, onFault),
            sockets);
    return new EmbeddedBroker(
        folder,
        temporary,
        port,
        fault,
        new ControllerServer(shared, KafkaRaftServer.configSchema(), directories._2()),
        new BrokerServer(shared));
  }

  private static void format(Path folder) throws Exception {
    if (Files.exists(folder.resolve("meta.properties"))) {
      return;
    }
    Files.createDirectories(folder);
    new Formatter()
        .setPrintStream(
            new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
        .setNodeId(BrokerSettings.NODE_ID)
        .setClusterId(Uuid.randomUuid().toString())
        .setIgnoreFormatted(true)
        .setControllerListenerName(BrokerSettings.CONTROLLER_LISTENER)
        .setMetadataLogDirectory(folder.toString())
        .addDirectory(folder.toString())
        .setHasDynamicQuorum(false)
        .run();
  }

  private static FaultHandler faultHandler(
      String name,
      boolean fatal,
      Runnable action,
      AtomicReference<Throwable> first,
      Consumer<Throwable> onFault) {
    return (message, cause) -> {
      BrokerFailedException failure = new BrokerFailedException(name + ": " + message, cause);
      LOG.error("Fault in the embedded broker, {}", failure.getMessage(), failure);
      action.run();
      if (fatal && first.compareAndSet(null, failure)) {
        onFault.accept(failure);
      }
      return failure;
    };
  }

  private void startServers() {
    try {
      controller.startup();
      broker.startup();
    } catch (RuntimeException e) {
      try {
        stopServers();
      } catch (RuntimeException stopFailure) {
        e.addSuppressed(stopFailure);
      }
      throw e;
    }
  }

  private void stopServers() {
    // The broker's controlled shutdown needs the controller.
    broker.shutdown(SHUTDOWN_TIMEOUT);
    controller.shutdown();
    broker.awaitShutdown();
    controller.awaitShutdown();
  }

  /** {@code 127.0.0.1:port}. */
  public String bootstrapServers() {
    return BrokerSettings.HOST + ":" + port;
  }

  public int port() {
    return port;
  }

  /** Where logs and metadata lie. */
  public Path folder() {
    return folder;
  }

  /** The first fault that Kafka would have ended the process for. */
  public Optional<Throwable> fault() {
    return Optional.ofNullable(fault.get());
  }

  /** Stops the broker; a temporary folder is removed, a given one kept for the next start. */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      stopServers();
    } finally {
      if (temporary) {
        Folders.remove(folder);
      }
    }
  }
}
