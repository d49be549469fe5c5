package io.fermata.app;

import io.fermata.codec.ValueCodecs;
import io.fermata.model.Erasure;
import io.fermata.runtime.ErasureTopic;
import io.fermata.runtime.config.FermataConfig;
import io.fermata.topology.TopicNames;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code fermata erase}: asks a running pipeline to forget a customer. */
@Command(
    name = "erase",
    description = {
      "Ask the running pipeline to forget a customer, with all identifiers that are theirs alone.",
      "What is gone, when, and what is not: docs/privacy.md."
    },
    mixinStandardHelpOptions = true)
final class EraseCommand implements Callable<Integer> {

  private static final Pattern IDENTIFIER = Pattern.compile("[^:\\s]+:.*\\S.*", Pattern.DOTALL);

  @Spec private CommandSpec spec;

  @Mixin private ConfigOption option;

  @Option(
      names = "--identifier",
      required = true,
      paramLabel = "KIND:VALUE",
      description = "Any identifier of the customer, as customer:C-17.")
  private String identifier;

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      defaultValue = "requested",
      description = "For your own records; nothing of the person (${DEFAULT-VALUE}).")
  private String reason;

  @Option(
      names = "--wait",
      paramLabel = "DURATION",
      description = "Return once it is confirmed, and fail when it is not within this time (PT1M).")
  private Duration wait;

  @Override
  public Integer call() throws InterruptedException {
    if (!IDENTIFIER.matcher(identifier).matches()) {
      throw new ParameterException(
          spec.commandLine(),
          "--identifier is no identifier, expected KIND:VALUE as customer:C-17");
    }
    FermataConfig config = option.load();
    PrintWriter out = spec.commandLine().getOut();
    try (ValueCodecs codecs = ValueCodecs.of(config.registry().serializerProperties());
        ErasureTopic topic =
            new ErasureTopic(
                new TopicNames(config.topics().prefix()),
                config.kafka().clientProperties(),
                codecs,
                config.topics().startTimeout())) {
      String request = topic.request(identifier, new Erasure(Clock.systemUTC().millis(), reason));
      out.printf("erasure %s requested%n", request);
      out.flush();
      return wait == null ? ExitCode.OK : await(topic, request, out);
    }
  }

  private int await(ErasureTopic topic, String request, PrintWriter out) {
    long begin = System.nanoTime();
    ErasureTopic.Progress progress = topic.look(request);
    while (!progress.isDone()) {
      if (System.nanoTime() - begin > wait.toNanos()) {
        spec.commandLine()
            .getErr()
            .printf(
                "fermata: erasure %s is not confirmed within %s: %d names done of %d;"
                    + " it goes on without this command%n",
                request, wait, progress.names(), progress.passedOn() + 1);
        return ExitCode.SOFTWARE;
      }
      progress = topic.look(request);
    }
    out.printf(
        "erasure %s done: %d names looked at, %d views taken back%n",
        request, progress.names(), progress.views());
    out.flush();
    return ExitCode.OK;
  }
}
