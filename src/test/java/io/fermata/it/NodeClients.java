package io.fermata.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The programs of a folder of {@code src/test/clients}, installed below {@code target}. */
public final class NodeClients {

  private static final Duration LIMIT = Duration.ofMinutes(2);

  private record Outcome(int status, String output, String errors) {}

  private final Path installed;

  private NodeClients(Path installed) {
    this.installed = installed;
  }

  /**
   * Installs what the lock file names; as {@link Tool#require} where Node isn't there or its
   * packages can't be had.
   */
  public static NodeClients install(String folder) throws IOException, InterruptedException {
    NodeClients clients = new NodeClients(Path.of("target/clients", folder));
    Files.createDirectories(clients.installed);
    try (Stream<Path> files = Files.list(Path.of("src/test/clients", folder))) {
      List<Path> sources = files.filter(Files::isRegularFile).toList();
      for (Path source : sources) {
        Files.copy(
            source,
            clients.installed.resolve(source.getFileName()),
            StandardCopyOption.REPLACE_EXISTING);
      }
    }
    clients.require(List.of("node", "--version"));
    clients.require(
        List.of("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline"));
    return clients;
  }

  private void require(List<String> command) throws IOException, InterruptedException {
    String reason;
    try {
      Outcome outcome = execute(command, null);
      if (outcome.status() == 0) {
        return;
      }
      reason = "exit status " + outcome.status() + "\n" + outcome.errors();
    } catch (UncheckedIOException e) {
      reason = e.getMessage();
    }
    Tool.isMissing("no Node packages here, " + String.join(" ", command) + ": " + reason);
  }

  /**
   * Runs a script to its end.
   *
   * @param input its standard input, or null for none
   * @return the lines it printed
   * @throws AssertionError with its errors when it fails or takes more than two minutes
   */
  public List<String> run(Path input, String script, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("node", script));
    command.addAll(List.of(arguments));
    Outcome outcome = execute(command, input);
    if (outcome.status() != 0) {
      throw new AssertionError(
          "%s: exit status %d%n%s".formatted(command, outcome.status(), outcome.errors()));
    }
    return outcome.output().lines().toList();
  }

  private Outcome execute(List<String> command, Path input)
      throws IOException, InterruptedException {
    Path output = Files.createTempFile(installed, "output-", ".txt");
    Path errors = Files.createTempFile(installed, "errors-", ".txt");
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(installed.toFile())
              .redirectOutput(output.toFile())
              .redirectError(errors.toFile());
      if (input != null) {
        builder.redirectInput(input.toFile());
      }
      Process process = start(builder);
      if (!process.waitFor(LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly().waitFor();
        throw new AssertionError(
            "%s did not end within %s%n%s%n%s"
                .formatted(command, LIMIT, Files.readString(output), Files.readString(errors)));
      }
      return new Outcome(process.exitValue(), Files.readString(output), Files.readString(errors));
    } finally {
      Files.delete(output);
      Files.delete(errors);
    }
  }

  private static Process start(ProcessBuilder builder) {
    try {
      return builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }
}
