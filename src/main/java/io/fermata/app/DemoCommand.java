package io.fermata.app;

import io.fermata.demo.Demo;
import io.fermata.demo.DemoSettings;
import io.fermata.rules.RuleSet;
import io.fermata.runtime.ShutdownHook;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code fermata demo}: everything in one process, with simulated customers. */
@Command(
    name = "demo",
    description = {
      "Run a broker, a registry and the pipeline in one process, fed with simulated customers in"
          + " accelerated time, until Ctrl-C.",
      "Event time begins a year ago; once it has caught up with the clock it goes on in real time.",
      "On a terminal a page is drawn, otherwise a line is printed every five seconds."
    },
    mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Seed of the simulation (${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--customers",
      paramLabel = "N",
      defaultValue = "" + DemoSettings.DEFAULT_CUSTOMERS,
      description = "Simulated customers (${DEFAULT-VALUE}).")
  private int customers;

  @Option(
      names = "--speed",
      paramLabel = "FACTOR",
      defaultValue = "" + DemoSettings.DEFAULT_SPEED,
      description =
          "Seconds of event time in a second, at least 1 (${DEFAULT-VALUE}: a day in 4 seconds).")
  private double speed;

  @Option(
      names = "--rate",
      paramLabel = "N",
      defaultValue = "0",
      description = "Most touchpoints in a second; event time waits. By default no limit.")
  private int rate;

  @Option(
      names = "--for",
      paramLabel = "DURATION",
      description = "Stop by itself after this time (PT30S), with a summary.")
  private Duration duration;

  @Option(
      names = "--http-port",
      paramLabel = "PORT",
      description =
          "Port of metrics and health, 0 for a free one; by default 8484, or a free one when that"
              + " is taken.")
  private Integer httpPort;

  @Option(
      names = "--bootstrap-port",
      paramLabel = "PORT",
      defaultValue = "0",
      description = "Port of the broker; by default a free one.")
  private int bootstrapPort;

  @Option(
      names = "--rules",
      paramLabel = "DIR",
      description = "Folder or file of rules; by default 'rules', here or beside the program.")
  private Path rulesOption;

  @Option(
      names = {"-q", "--quiet"},
      description = "Print where to attach and the summary only.")
  private boolean quiet;

  @Override
  public Integer call() throws Exception {
    Demo demo = new Demo(settings(), rules(), output(), Clock.systemUTC());
    try (ShutdownHook hook = new ShutdownHook(demo::stop)) {
      return demo.run() ? ExitCode.OK : ExitCode.SOFTWARE;
    }
  }

  private DemoSettings settings() {
    try {
      return new DemoSettings(seed, customers, speed, rate, duration, httpPort, bootstrapPort);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--" + e.getMessage(), e);
    }
  }

  private RuleSet rules() {
    return RulesPath.load(rulesOption);
  }

  private Demo.Output output() {
    int width = 0;
    if (Ansi.AUTO.enabled()) {
      spec.usageMessage().autoWidth(true);
      width = spec.usageMessage().width();
    }
    return new Demo.Output(spec.commandLine().getOut(), width, quiet);
  }
}
