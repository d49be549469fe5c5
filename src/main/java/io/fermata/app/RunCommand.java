package io.fermata.app;

import io.fermata.rules.RuleSet;
import io.fermata.rules.cel.RuleCompiler;
import io.fermata.rules.load.RuleLoader;
import io.fermata.runtime.Pipeline;
import io.fermata.runtime.ShutdownHook;
import io.fermata.runtime.config.FermataConfig;
import io.fermata.serve.HttpServer;
import io.fermata.serve.Metrics;
import io.fermata.topology.PipelineListener;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code fermata run}: the pipeline against a Kafka cluster, until it is told to stop. */
@Command(
    name = "run",
    description = "Run the pipeline against a Kafka cluster until SIGTERM or SIGINT.",
    mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {

  @Mixin private ConfigOption option;

  @Override
  public Integer call() throws Exception {
    FermataConfig config = option.load();
    RuleSet rules = RuleCompiler.compile(RuleLoader.load(config.rules().path()));
    try (Metrics metrics = new Metrics();
        Pipeline pipeline = Pipeline.live(config, rules, PipelineListener.NONE);
        ShutdownHook hook = new ShutdownHook(pipeline::close);
        HttpServer http =
            HttpServer.start(
                config.http().host(),
                config.http().port(),
                pipeline.runner().health(),
                metrics.registry())) {
      pipeline.start();
      pipeline.runner().awaitEnd();
      return pipeline.runner().failure().isPresent() ? 1 : 0;
    }
  }
}
