package io.fermata.it;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A program of the machine that a test needs. Where it is missing the test is skipped, or fails
 * when the environment has {@code REQUIRE_TEST_TOOLS=true}, as {@code .ci/run} sets it.
 */
public record Tool(String program) {

  private static final Logger LOG = LoggerFactory.getLogger(Tool.class);
  private static final Duration LIMIT = Duration.ofMinutes(2);

  /**
   * What a run came to.
   *
   * @param output what it printed, errors included
   */
  public record Outcome(int status, String output) {}

  /** As {@link #isMissing(String)} where there is no such program. */
  public static Tool require(String program) {
    if (!isThere(program)) {
      isMissing("there is no " + program);
    }
    return new Tool(program);
  }

  /** Ends the test as skipped, and says why in the log too, or as failed. */
  static void isMissing(String reason) {
    String message = "not tested here: " + reason;
    if (Boolean.parseBoolean(System.getenv("REQUIRE_TEST_TOOLS"))) {
      throw new AssertionError(message);
    }
    LOG.warn("{}", message);
    abort(message);
  }

  /** Whether the path has it. */
  public static boolean isThere(String program) {
    for (String folder : System.getenv("PATH").split(":", -1)) {
      if (Files.isExecutable(Path.of(folder, program))) {
        return true;
      }
    }
    return false;
  }

  /**
   * Runs it to its end, in the working directory.
   *
   * @param input its standard input
   * @throws AssertionError when it takes more than two minutes
   */
  public Outcome run(String input, String... arguments) throws InterruptedException {
    List<String> command = new ArrayList<>(List.of(program));
    command.addAll(List.of(arguments));
    try {
      Path given = Files.createTempFile("fermata-", ".in");
      Path output = Files.createTempFile("fermata-", ".out");
      try {
        Files.writeString(given, input);
        Process process =
            new ProcessBuilder(command)
                .redirectInput(given.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        if (!process.waitFor(LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
          process.destroyForcibly().waitFor();
          throw new AssertionError(command + " did not end within " + LIMIT);
        }
        return new Outcome(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
      } finally {
        Files.delete(given);
        Files.delete(output);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(String.join(" ", command), e);
    }
  }
}
