package io.fermata.it;

import io.fermata.app.Fermata;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** {@code fermata run --config FILE} in a process of its own. */
final class PipelineProcess {

  private static final int LOG_LINES = 30;

  private final Process process;
  private final Path log;

  private PipelineProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /** A configuration file with these keys. */
  static Path config(Path file, Map<String, String> values) throws IOException {
    List<String> lines = new ArrayList<>();
    values.forEach((key, value) -> lines.add("%s: '%s'".formatted(key, value)));
    return Files.write(file, lines);
  }

  /**
   * @param log what it says is appended here
   */
  static PipelineProcess start(Path config, Path log) throws IOException {
    File output = log.toFile();
    return new PipelineProcess(
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                // Its life is short: it must start quickly, not become fast.
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Fermata.class.getName(),
                "run",
                "--config",
                config.toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(output))
            .start(),
        log);
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** {@code kill -9}; returns when it is gone. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** SIGTERM; whether it is gone within a minute. */
  boolean terminate() throws InterruptedException {
    process.destroy();
    return process.waitFor(1, TimeUnit.MINUTES);
  }

  /** The end of its log. */
  String lastWords() {
    try {
      List<String> lines = Files.readAllLines(log);
      return String.join("\n", lines.subList(Math.max(0, lines.size() - LOG_LINES), lines.size()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
