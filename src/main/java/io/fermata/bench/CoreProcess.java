package io.fermata.bench;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The pure core in a process of its own, as a replay runs it: beside the pipeline in one process
 * the compiler would have to suit both. It ends when this process ends, however that happens.
 */
final class CoreProcess implements AutoCloseable {

  private final Process process;
  private final BufferedWriter requests;
  private final BufferedReader answers;

  private CoreProcess(Process process) {
    this.process = process;
    this.requests = process.outputWriter(StandardCharsets.UTF_8);
    this.answers = process.inputReader(StandardCharsets.UTF_8);
  }

  /** Starts it; its standard error is this process's. */
  static CoreProcess start(RuleSource source, BenchSettings settings) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:+UseParallelGC");
    command.add("-XX:MaxRAMPercentage=25");
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(CoreMain.class.getName());
    command.add(source.path().toString());
    command.add(Integer.toString(source.count()));
    command.addAll(settings.arguments());
    try {
      return new CoreProcess(
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
    } catch (IOException e) {
      throw new UncheckedIOException("the process of the pure core did not start", e);
    }
  }

  /**
   * Folds every customer once.
   *
   * @throws IllegalStateException when the process has ended
   */
  Measurement run() {
    try {
      requests.write("run\n");
      requests.flush();
      String line = answers.readLine();
      while (line != null && !line.startsWith(CoreMain.MEASURED)) {
        line = answers.readLine();
      }
      if (line == null) {
        throw new IllegalStateException(
            "the process of the pure core has ended; see the standard error");
      }
      return Measurement.parse(line.substring(CoreMain.MEASURED.length()));
    } catch (IOException e) {
      throw new IllegalStateException("the process of the pure core has ended", e);
    }
  }

  @Override
  public void close() {
    process.destroy();
  }
}
