package io.fermata.runtime;

import io.fermata.codec.Schemas;
import io.fermata.codec.ValueCodecs;
import io.fermata.codec.registry.RegistryRefusedException;
import io.fermata.codec.registry.RegistryUnavailableException;
import io.fermata.topology.TopicSpec;
import io.fermata.topology.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the registry know the schema of every topic of the contract before anything runs, so that
 * outside producers find the one of the touchpoints, and a registry that is wrongly configured is
 * told of at start.
 */
final class SchemaAdmin {

  /** Between two rounds; the client itself has tried several times in each. */
  static final Duration PAUSE = Duration.ofSeconds(1);

  private static final Logger LOG = LoggerFactory.getLogger(SchemaAdmin.class);

  private final Map<String, Schema> schemas = new LinkedHashMap<>();
  private final ValueCodecs codecs;

  /** Waits; false when the pipeline is to end meanwhile. */
  @FunctionalInterface
  interface Waiter {
    boolean await(Duration time) throws InterruptedException;
  }

  SchemaAdmin(Topics topics, ValueCodecs codecs) {
    this.codecs = codecs;
    for (TopicSpec spec : topics.specs()) {
      for (Schema schema : Schemas.all()) {
        if (schema.getName().equals(spec.value())) {
          schemas.put(spec.name(topics.prefix()), schema);
        }
      }
    }
  }

  /**
   * Registers or looks for every schema, as {@code auto.register.schemas} says. Waits for a
   * registry that does not answer yet.
   *
   * @throws SchemasRefusedException when the registry refuses some; all of them are named
   * @throws ClusterUnavailableException when it does not answer for {@code patience}
   */
  void prepare(Duration patience, Waiter waiter) {
    long deadline = System.nanoTime() + patience.toNanos();
    List<String> refused = new ArrayList<>();
    for (Map.Entry<String, Schema> entry : schemas.entrySet()) {
      try {
        declare(entry.getKey(), entry.getValue(), deadline, waiter);
      } catch (RegistryRefusedException e) {
        refused.add(
            entry.getKey() + " (" + entry.getValue().getFullName() + "): " + e.getMessage());
      }
    }
    if (!refused.isEmpty()) {
      throw new SchemasRefusedException(refused);
    }
  }

  private void declare(String topic, Schema schema, long deadline, Waiter waiter) {
    while (true) {
      try {
        codecs.declare(topic, schema);
        return;
      } catch (RegistryUnavailableException e) {
        if (System.nanoTime() + PAUSE.toNanos() > deadline) {
          throw new ClusterUnavailableException(e.getMessage(), e);
        }
        LOG.warn("{}; asking again in {}", e.getMessage(), PAUSE);
      }
      pause(waiter);
    }
  }

  private static void pause(Waiter waiter) {
    try {
      if (waiter.await(PAUSE)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ClusterUnavailableException("interrupted while waiting for the registry", e);
    }
    throw new ClusterUnavailableException("stopped while waiting for the registry", null);
  }
}
