package io.fermata.app;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** The command line: {@code fermata COMMAND}. Exit status 0 done, 1 failed, 2 wrong usage. */
@Command(
    name = "fermata",
    description = "Customer journeys as they happen: what goes wrong, and when to leave in peace.",
    versionProvider = ManifestVersion.class,
    mixinStandardHelpOptions = true,
    // One line per command, in the order of the contract.
    subcommands = {
      RunCommand.class,
      DemoCommand.class,
      RulesCommand.class,
      TopicsCommand.class,
      ReplayCommand.class,
      ScoresCommand.class,
      GenerateCommand.class,
      BenchCommand.class,
      CompareCommand.class,
      DeadLettersCommand.class,
      EraseCommand.class,
    })
public final class Fermata implements Runnable {

  @Spec private CommandSpec spec;

  @Option(
      names = {"-X", "--debug"},
      scope = ScopeType.INHERIT,
      description = "Print a stack trace with every failure.")
  private boolean debug;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing");
  }

  /** The command line with its exit statuses; tests give it writers of their own. */
  public static CommandLine commandLine() {
    CommandLine commandLine = new CommandLine(new Fermata());
    commandLine.setCaseInsensitiveEnumValuesAllowed(true);
    commandLine.registerConverter(
        Duration.class, text -> parsed(Duration::parse, text, "a duration such as PT30S"));
    commandLine.registerConverter(
        Instant.class, text -> parsed(Instant::parse, text, "a time such as 2026-03-01T10:00:00Z"));
    commandLine.setExecutionExceptionHandler(
        (failure, command, parsed) -> {
          Fermata root = commandLine.getCommand();
          return report(failure, root.debug, command.getErr());
        });
    return commandLine;
  }

  private static <T> T parsed(Function<String, T> parser, String text, String expected) {
    try {
      return parser.apply(text);
    } catch (DateTimeParseException e) {
      throw new TypeConversionException("expected %s, found '%s'".formatted(expected, text));
    }
  }

  private static int report(Exception failure, boolean debug, PrintWriter err) {
    err.println("fermata: " + Failures.message(failure));
    if (debug) {
      failure.printStackTrace(err);
    } else if (!Failures.isExpected(failure)) {
      err.println("fermata: this is not an expected failure; --debug shows where it comes from");
    }
    err.flush();
    return Failures.exitStatus(failure);
  }

  public static void main(String[] arguments) {
    int status = commandLine().execute(arguments);
    System.out.flush();
    System.exit(status);
  }
}
