package io.fermata.embedded;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * An {@link EmbeddedBroker} in a process of its own, so that its processor time is counted apart
 * and it can be killed. It ends when this process ends, however that happens.
 *
 * <p>{@link #kill} and {@link #stop} keep the folder, so that a new broker can be started on {@code
 * options()}; {@link #close} removes it when it was temporary.
 */
public final class BrokerProcess implements AutoCloseable {

  private static final Duration START_TIMEOUT = Duration.ofSeconds(90);
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(40);

  private final Process process;
  private final BrokerOptions options;
  private final boolean temporary;
  private final String bootstrapServers;

  private BrokerProcess(
      Process process, BrokerOptions options, boolean temporary, String bootstrapServers) {
    this.process = process;
    this.options = options;
    this.temporary = temporary;
    this.bootstrapServers = bootstrapServers;
  }

  public static BrokerProcess start() {
    return start(BrokerOptions.defaults());
  }

  /**
   * Starts the child and returns when it takes requests. Its standard error is this process's.
   *
   * @throws BrokerFailedException when the child ends first, or is not ready in time
   */
  public static BrokerProcess start(BrokerOptions options) {
    if (!options.settings().isEmpty()) {
      throw new IllegalArgumentException("a broker process takes no further settings");
    }
    boolean temporary = options.folder() == null;
    Path folder = temporary ? Folders.temporary() : options.folder();
    return launch(options.withFolder(folder), temporary);
  }

  private static BrokerProcess launch(BrokerOptions options, boolean temporary) {
    Process process = null;
    try {
      process =
          new ProcessBuilder(command(options, temporary))
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      String address = awaitAddress(process);
      int port = Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
      return new BrokerProcess(process, options.withPort(port), temporary, address);
    } catch (IOException | TimeoutException | ExecutionException e) {
      throw abandoned(process, options, temporary, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw abandoned(process, options, temporary, e);
    }
  }

  private static BrokerFailedException abandoned(
      Process process, BrokerOptions options, boolean temporary, Exception cause) {
    if (process != null) {
      process.destroyForcibly();
    }
    if (temporary) {
      Folders.remove(options.folder());
    }
    return new BrokerFailedException("the broker process did not start: " + cause, cause);
  }

  private static List<String> command(BrokerOptions options, boolean temporary) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx512m");
    command.add("-XX:+UseSerialGC");
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(BrokerMain.class.getName());
    command.add(Integer.toString(options.port()));
    command.add(options.folder().toAbsolutePath().toString());
    command.add(Integer.toString(options.messageMaxBytes()));
    command.add(Boolean.toString(temporary));
    return command;
  }

  private static String awaitAddress(Process process)
      throws InterruptedException, ExecutionException, TimeoutException {
    return CompletableFuture.supplyAsync(() -> readAddress(process))
        .get(START_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
  }

  private static String readAddress(Process process) {
    try {
      BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        if (line.startsWith(BrokerMain.READY)) {
          return line.substring(BrokerMain.READY.length());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    throw new BrokerFailedException("it ended before it was ready; see its standard error");
  }

  /** {@code 127.0.0.1:port}. */
  public String bootstrapServers() {
    return bootstrapServers;
  }

  /** What starts the same broker again: same port, same folder. */
  public BrokerOptions options() {
    return options;
  }

  public long pid() {
    return process.pid();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** Processor time of the child so far; empty time where the platform does not tell. */
  public Duration cpuTime() {
    return process.toHandle().info().totalCpuDuration().orElse(Duration.ZERO);
  }

  /** {@code kill -9}; returns when the process is gone. */
  public void kill() {
    process.destroyForcibly();
    Processes.awaitEnd(process, STOP_TIMEOUT);
  }

  /** Stops cleanly, by force when that takes too long; returns when the process is gone. */
  public void stop() {
    if (process.isAlive()) {
      try {
        process.getOutputStream().write((BrokerMain.STOP + "\n").getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
      } catch (IOException e) {
        // The pipe breaks when the child is already on its way out.
        process.destroyForcibly();
      }
    }
    Processes.awaitEnd(process, STOP_TIMEOUT);
  }

  @Override
  public void close() {
    stop();
    if (temporary) {
      Folders.remove(options.folder());
    }
  }
}
