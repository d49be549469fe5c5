package io.fermata.bench;

import io.fermata.embedded.Processes;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** {@code fermata run} in a process of its own, seen from outside: its metrics, its memory. */
final class RunProcess implements AutoCloseable {

  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(60);
  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(30);

  private final HttpClient http = HttpClient.newHttpClient();
  private final Process process;
  private final URI metrics;

  private RunProcess(Process process, URI metrics) {
    this.process = process;
    this.metrics = metrics;
  }

  /**
   * Starts it; returns when it serves metrics. Its standard error is this process's.
   *
   * @param command starts Fermata with the arguments that follow
   * @param environment the whole of it
   * @throws IllegalStateException when it ends instead, or the platform does not tell what memory a
   *     process takes
   */
  static RunProcess start(List<String> command, Map<String, String> environment) {
    if (!Files.isReadable(status(ProcessHandle.current().pid()))) {
      throw new IllegalStateException(
          "what memory a process takes is read from /proc, which Linux has and this system doesn't");
    }
    ProcessBuilder builder =
        new ProcessBuilder(Stream.concat(command.stream(), Stream.of("run")).toList())
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().clear();
    builder.environment().putAll(environment);
    builder.environment().put("FERMATA_HTTP_HOST", "127.0.0.1");
    builder.environment().put("FERMATA_HTTP_PORT", "0");
    try {
      Process process = builder.start();
      BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
      String serving = output.readLine();
      if (serving == null || !serving.matches(".*https?://\\S+ \\(.*")) {
        process.destroyForcibly();
        throw new IllegalStateException(
            "%s did not start: %s".formatted(String.join(" ", builder.command()), serving));
      }
      String address = serving.substring(serving.indexOf("http"), serving.indexOf(" ("));
      return new RunProcess(process, URI.create(address).resolve("/metrics"));
    } catch (IOException e) {
      throw new UncheckedIOException("the process to measure did not start", e);
    }
  }

  private static Path status(long pid) {
    return Path.of("/proc", Long.toString(pid), "status");
  }

  /**
   * The sum of a metric over its tags; 0 before there is one.
   *
   * @throws IllegalStateException when the process has ended
   */
  long metric(String name) throws InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(metrics).timeout(ANSWER_TIMEOUT).build();
    try {
      double sum =
          http.send(request, HttpResponse.BodyHandlers.ofString())
              .body()
              .lines()
              .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
              .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
              .sum();
      return Math.round(sum);
    } catch (IOException e) {
      throw new IllegalStateException(
          process.isAlive()
              ? "the process to measure does not answer"
              : "the process to measure has ended; see the standard error",
          e);
    }
  }

  /** The most memory that it has had so far, in bytes: its resident set. */
  long peakBytes() {
    return kibibytes("VmHWM:") * 1024;
  }

  /** The memory that it has now, in bytes: its resident set. */
  long residentBytes() {
    return kibibytes("VmRSS:") * 1024;
  }

  private long kibibytes(String field) {
    Path status = status(process.pid());
    try (Stream<String> lines = Files.lines(status)) {
      String line = lines.filter(one -> one.startsWith(field)).findFirst().orElseThrow();
      return Long.parseLong(line.replaceAll("\\D", ""));
    } catch (IOException e) {
      throw new IllegalStateException(status + " can't be read: has the process ended?", e);
    }
  }

  /** Stops it as an operator does, by force when that takes too long. */
  @Override
  public void close() {
    process.destroy();
    Processes.awaitEnd(process, STOP_TIMEOUT);
  }
}
