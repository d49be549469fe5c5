package io.fermata.app;

import io.fermata.rules.RuleSet;
import io.fermata.runtime.Pipeline;
import io.fermata.runtime.ShutdownHook;
import io.fermata.runtime.config.FermataConfig;
import io.fermata.serve.Api;
import io.fermata.serve.ApiAccess;
import io.fermata.serve.HttpServer;
import io.fermata.serve.Metrics;
import io.fermata.serve.PipelineMetrics;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code fermata run}: the pipeline against a Kafka cluster, until it is told to stop. */
@Command(
    name = "run",
    description = "Run the pipeline against a Kafka cluster until SIGTERM or SIGINT.",
    mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Mixin private ConfigOption option;

  @Option(
      names = "--retract-removed",
      description =
          "Where rules have changed since the last run: take back the alerts of rules that are"
              + " gone, as far as the kept history tells.")
  private boolean retractRemoved;

  @Override
  public Integer call() throws Exception {
    FermataConfig config = option.load();
    ServingSecurity security = ServingSecurity.of(config.http());
    RuleSet rules = RulesPath.load(config.rules().path());
    try (Metrics metrics = new Metrics()) {
      Pipeline pipeline =
          Pipeline.live(
              config, rules, retractRemoved, new PipelineMetrics(metrics.registry(), rules));
      metrics.bind(pipeline.runner().streams(), pipeline.runner().health());
      // The hook is closed last: until then the process waits with its end.
      try (ShutdownHook hook = new ShutdownHook(pipeline::close);
          pipeline;
          HttpServer http =
              HttpServer.start(
                  config.http().host(),
                  config.http().port(),
                  pipeline.runner().health(),
                  metrics.registry(),
                  security.tls())) {
        new Api(
                new ApiAccess(
                    security.tokens(), config.http().requestsPerSecond(), System::nanoTime),
                rules,
                pipeline.customers(),
                pipeline.reservations(),
                pipeline.scores(),
                Clock.systemUTC())
            .serveOn(http);
        say(
            "fermata: serving %s (/metrics, /health/live, /health/ready, /api/v1); Kafka %s, registry %s,"
                    .formatted(
                        http.address(),
                        config.kafka().bootstrapServers(),
                        withoutPassword(config.registry().url()))
                + " topics %s*, %d rules"
                    .formatted(config.topics().prefix(), rules.rules().size()));
        pipeline.start();
        pipeline.runner().awaitEnd();
        return exitStatus(pipeline.runner().failure());
      }
    }
  }

  private static String withoutPassword(String urls) {
    return urls.replaceAll("//[^/@,]*@", "//");
  }

  private int exitStatus(Optional<Throwable> failure) {
    failure.ifPresent(
        cause -> spec.commandLine().getErr().println("fermata: the pipeline failed: " + cause));
    return failure.isPresent() ? ExitCode.SOFTWARE : ExitCode.OK;
  }

  private void say(String line) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(line);
    out.flush();
  }
}
