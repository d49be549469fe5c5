package io.fermata.app;

import io.fermata.runtime.TopicAdmin;
import io.fermata.runtime.TopicDifference;
import io.fermata.runtime.config.FermataConfig;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code fermata topics check|create}. */
@Command(
    name = "topics",
    description = "Compare the cluster's topics with the contract, or create them.",
    mixinStandardHelpOptions = true)
final class TopicsCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "say check or create");
  }

  @Command(
      name = "check",
      description = "List what differs from the contract; exit status 1 when anything does.",
      mixinStandardHelpOptions = true)
  int check(@Mixin ConfigOption option) {
    FermataConfig config = option.load();
    try (TopicAdmin admin = admin(config)) {
      List<TopicDifference> differences = admin.check();
      differences.forEach(out()::println);
      if (differences.isEmpty()) {
        out().println("The topics are as the contract says.");
      }
      out().flush();
      return differences.isEmpty() ? ExitCode.OK : ExitCode.SOFTWARE;
    }
  }

  @Command(
      name = "create",
      description = "Create the topics that are missing.",
      mixinStandardHelpOptions = true)
  int create(@Mixin ConfigOption option) {
    FermataConfig config = option.load();
    try (TopicAdmin admin = admin(config)) {
      List<String> created = admin.create();
      created.forEach(topic -> out().println("created " + topic));
      if (created.isEmpty()) {
        out().println("Nothing is missing.");
      }
      out().flush();
      return ExitCode.OK;
    }
  }

  private static TopicAdmin admin(FermataConfig config) {
    return new TopicAdmin(config.kafka().clientProperties(), config.topics());
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}
