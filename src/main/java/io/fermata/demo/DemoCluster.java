package io.fermata.demo;

import io.fermata.embedded.BrokerOptions;
import io.fermata.embedded.EmbeddedBroker;
import io.fermata.embedded.EmbeddedRegistry;
import io.fermata.embedded.Folders;
import io.fermata.runtime.StreamsSettings;
import io.fermata.runtime.config.FermataConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** A broker, a registry and a folder, all gone once it is closed. */
final class DemoCluster implements AutoCloseable {

  private static final int PARTITIONS = 2;

  /** A busy machine must not cost the broker its session with the controller. */
  private static final Map<String, String> PATIENT = Map.of("broker.session.timeout.ms", "30000");

  private final Path folder;
  private final EmbeddedRegistry registry;
  private final EmbeddedBroker broker;

  private DemoCluster(Path folder, EmbeddedRegistry registry, EmbeddedBroker broker) {
    this.folder = folder;
    this.registry = registry;
    this.broker = broker;
  }

  /**
   * Starts them.
   *
   * @param port of the broker; 0 takes a free one
   */
  static DemoCluster start(int port) throws IOException {
    Path folder = Folders.temporary();
    EmbeddedRegistry registry = null;
    EmbeddedBroker broker = null;
    try {
      registry = EmbeddedRegistry.start(0);
      broker =
          EmbeddedBroker.start(
              BrokerOptions.defaults()
                  .withPort(port)
                  .withFolder(folder.resolve("broker"))
                  .withSettings(PATIENT));
      return new DemoCluster(folder, registry, broker);
    } finally {
      if (broker == null) {
        if (registry != null) {
          registry.close();
        }
        Folders.remove(folder);
      }
    }
  }

  /**
   * A pipeline's configuration.
   *
   * @param headStart how far event time lies behind the wall clock at the beginning. Settling as
   *     much behind the wall clock, the pipeline's clock follows the touchpoints: the wall clock's
   *     own pace brings it to the present only long after them
   */
  FermataConfig config(Duration headStart) {
    Map<String, String> settings = new HashMap<>();
    settings.put("FERMATA_KAFKA_BOOTSTRAP_SERVERS", bootstrapServers());
    settings.put("FERMATA_REGISTRY_SCHEMA_REGISTRY_URL", registryUrl());
    settings.put("FERMATA_TOPICS_PARTITIONS", Integer.toString(PARTITIONS));
    settings.put("FERMATA_STREAMS_APPLICATION_ID", "fermata-demo");
    settings.put("FERMATA_STREAMS_INSTANCE_ID", StreamsSettings.NO_INSTANCE_ID);
    settings.put("FERMATA_STATE_DIR", folder.resolve("state").toString());
    // Not every client that may attach knows lz4; over loopback nothing is gained by it.
    settings.put("FERMATA_KAFKA_PRODUCER_COMPRESSION_TYPE", "none");
    settings.put("FERMATA_LATENESS_SETTLE", headStart.toString());
    return FermataConfig.load(null, settings);
  }

  String bootstrapServers() {
    return broker.bootstrapServers();
  }

  String registryUrl() {
    return registry.url();
  }

  /**
   * Says so when the broker can't go on.
   *
   * @throws DemoFailedException with the broker's fault
   */
  void check() {
    broker
        .fault()
        .ifPresent(
            fault -> {
              throw new DemoFailedException("the broker failed: " + fault.getMessage(), fault);
            });
  }

  @Override
  public void close() {
    try {
      broker.close();
    } finally {
      registry.close();
      Folders.remove(folder);
    }
  }
}
