package io.fermata.bench;

import io.fermata.embedded.Folders;
import io.fermata.runtime.StreamsSettings;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;

/** Topics, an application and a folder for state that one run has to itself; gone once closed. */
final class Sandbox implements AutoCloseable {

  /** Of all of this process: a group that is used again waits for its former member. */
  private static final AtomicInteger COUNT = new AtomicInteger();

  private final String bootstrapServers;
  private final String prefix;
  private final Path folder = Folders.temporary();
  private final Map<String, String> environment;

  /**
   * @param more settings that differ from those of {@code run}
   */
  Sandbox(
      String bootstrapServers,
      String registryUrl,
      BenchSettings settings,
      Map<String, String> more) {
    this.bootstrapServers = bootstrapServers;
    prefix = "bench-%d-%d.".formatted(ProcessHandle.current().pid(), COUNT.incrementAndGet());
    // What the environment says of the pipeline holds for every variant, except for what follows.
    environment = new HashMap<>(System.getenv());
    environment.putAll(more);
    environment.put("FERMATA_KAFKA_BOOTSTRAP_SERVERS", bootstrapServers);
    environment.put("FERMATA_REGISTRY_SCHEMA_REGISTRY_URL", registryUrl);
    environment.put("FERMATA_TOPICS_PREFIX", prefix);
    environment.put("FERMATA_TOPICS_PARTITIONS", Integer.toString(settings.partitions()));
    environment.put("FERMATA_STREAMS_THREADS", Integer.toString(settings.threads()));
    environment.put("FERMATA_STREAMS_APPLICATION_ID", prefix + "app");
    environment.put("FERMATA_STREAMS_INSTANCE_ID", StreamsSettings.NO_INSTANCE_ID);
    environment.put("FERMATA_STATE_DIR", folder.toString());
  }

  /** Of the names of its topics. */
  String prefix() {
    return prefix;
  }

  /** The whole environment of a run, as {@code run} reads it. */
  Map<String, String> environment() {
    return environment;
  }

  /**
   * Deletes the topics and the folder.
   *
   * @throws IllegalStateException when the broker does not delete the topics
   */
  @Override
  public void close() {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
      List<String> ours =
          admin.listTopics().names().get().stream()
              .filter(name -> name.startsWith(prefix))
              .toList();
      admin.deleteTopics(ours).all().get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("could not delete the topics " + prefix + "*", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      Folders.remove(folder);
    }
  }
}
