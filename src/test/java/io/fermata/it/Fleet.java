package io.fermata.it;

import io.fermata.embedded.FreePorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/** Instances of one pipeline, each a process with a state folder and a port of its own. */
final class Fleet implements AutoCloseable {

  private static final Duration LIMIT = Duration.ofSeconds(30);

  private record Instance(PipelineProcess process, String address) {}

  private final Path folder;
  private final String name;
  private final Map<String, String> values;
  private final Map<Integer, String> addresses = new HashMap<>();
  private final Map<Integer, Instance> running = new ConcurrentSkipListMap<>();
  private final HttpClient client = HttpClient.newBuilder().connectTimeout(LIMIT).build();

  /**
   * @param folder for their configurations, states and logs
   * @param name what {@code streams.instanceId} begins with
   * @param values of the configuration, the same for all
   */
  Fleet(Path folder, String name, Map<String, String> values) {
    this.folder = folder;
    this.name = name;
    this.values = Map.copyOf(values);
  }

  /** Starts an instance, with the state and at the address it had if it ran before. */
  void start(int number) throws IOException {
    String address = addresses.computeIfAbsent(number, any -> "127.0.0.1:" + freePort());
    Map<String, String> own = new HashMap<>(values);
    own.putIfAbsent("streams.instanceId", name + "-" + number);
    own.put("state.dir", folder.resolve("state-" + number).toString());
    own.put("http.port", address.substring(address.indexOf(':') + 1));
    own.put("http.advertised", address);
    Path config = PipelineProcess.config(folder.resolve("fermata-" + number + ".yaml"), own);
    Path log = folder.resolve("pipeline-" + number + ".log");
    running.put(number, new Instance(PipelineProcess.start(config, log), address));
  }

  private static int freePort() {
    try {
      return FreePorts.free();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** {@code kill -9}; from before that on it is not among the {@link #running()}. */
  void kill(int number) throws InterruptedException {
    running.remove(number).process.kill();
  }

  /** SIGTERM; returns when it is gone. */
  void terminate(int number) throws InterruptedException {
    Instance instance = running.remove(number);
    if (!instance.process.terminate()) {
      throw new AssertionError(
          "instance " + number + " does not end: " + instance.process.lastWords());
    }
  }

  List<Integer> running() {
    return List.copyOf(running.keySet());
  }

  boolean isReady(int number) {
    return get(number, "/health/ready").map(answer -> answer.statusCode() == 200).orElse(false);
  }

  /** {@code host:port}. */
  String address(int number) {
    return running.get(number).address;
  }

  /** Whether its process runs. */
  boolean isAlive(int number) {
    return running.get(number).process.isAlive();
  }

  /** What it says last. */
  String lastWords() {
    StringBuilder words = new StringBuilder();
    running.forEach(
        (number, each) ->
            words.append("instance %d: %s%n".formatted(number, each.process.lastWords())));
    return words.toString();
  }

  /** Asks an instance; nothing where it cannot be reached, as one that is not there yet. */
  Optional<HttpResponse<String>> get(int number, String path) {
    Instance instance = running.get(number);
    if (instance == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          client.send(
              HttpRequest.newBuilder(URI.create("http://" + instance.address + path))
                  .timeout(LIMIT)
                  .build(),
              HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8)));
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(instance.address, e);
    }
  }

  @Override
  public void close() throws InterruptedException {
    for (int number : running()) {
      kill(number);
    }
  }
}
