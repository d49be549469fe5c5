package io.fermata.demo;

import io.fermata.generate.GeneratorSettings;
import io.fermata.generate.TouchpointGenerator;
import io.fermata.rules.RuleSet;
import io.fermata.runtime.Pipeline;
import io.fermata.runtime.config.FermataConfig;
import io.fermata.runtime.config.HttpConfig;
import io.fermata.serve.Api;
import io.fermata.serve.ApiAccess;
import io.fermata.serve.HttpServer;
import io.fermata.serve.Metrics;
import io.fermata.serve.PipelineMetrics;
import io.fermata.topology.TopicNames;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.BindException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/**
 * Broker, registry and pipeline in this process, fed with simulated touchpoints in accelerated
 * time, until the time is over or somebody stops it.
 */
public final class Demo {

  /** How far back event time begins: 24 minutes of looking on at the default speed. */
  private static final Duration BACK = Duration.ofDays(365);

  private static final double LATE = 0.01;
  private static final double DUPLICATES = 0.005;
  private static final double ANONYMOUS = 0.1;

  private static final Duration TICK = Duration.ofSeconds(1);
  private static final Duration POLL = Duration.ofMillis(50);
  private static final Duration START_TIMEOUT = Duration.ofMinutes(2);
  private static final Duration DRAIN_TIMEOUT = Duration.ofMinutes(1);

  private final DemoSettings settings;
  private final RuleSet rules;
  private final Output output;
  private final Clock clock;
  private final CountDownLatch stop = new CountDownLatch(1);

  /**
   * How it is shown.
   *
   * @param screenWidth columns of the terminal, or 0 for lines instead of a page
   * @param quiet neither lines nor a page, only the beginning and the summary
   */
  public record Output(PrintWriter writer, int screenWidth, boolean quiet) {

    private void line(String line) {
      writer.println(line);
      writer.flush();
    }
  }

  public Demo(DemoSettings settings, RuleSet rules, Output output, Clock clock) {
    this.settings = settings;
    this.rules = rules;
    this.output = output;
    this.clock = clock;
  }

  /** Makes {@link #run} come to its end; from any thread. */
  public void stop() {
    stop.countDown();
  }

  /**
   * Runs it from start to the summary.
   *
   * @return whether law 7 adds up at the end
   * @throws DemoFailedException when a part of it fails
   * @throws IOException when a port cannot be had
   */
  public boolean run() throws IOException, InterruptedException {
    output.line("Starting a broker, a schema registry and the pipeline ...");
    Instant start = clock.instant().minus(BACK).truncatedTo(ChronoUnit.DAYS);
    try (QuietLogs logs = new QuietLogs();
        DemoCluster cluster = DemoCluster.start(settings.bootstrapPort());
        Metrics metrics = new Metrics()) {
      if (stop.getCount() == 0) {
        output.line("Stopped before it had begun.");
        return true;
      }
      FermataConfig config = cluster.config(Duration.between(start, clock.instant()));
      PipelineMetrics counters = new PipelineMetrics(metrics.registry(), rules);
      try (Pipeline pipeline = Pipeline.live(config, rules, counters);
          HttpServer http = serve(config.http(), pipeline, metrics)) {
        // Loopback, so without tokens.
        new Api(
                new ApiAccess(List.of(), config.http().requestsPerSecond(), System::nanoTime),
                rules,
                pipeline.customers(),
                pipeline.reservations(),
                pipeline.scores(),
                clock)
            .serveOn(http);
        metrics.bind(pipeline.runner().streams(), pipeline.runner().health());
        pipeline.start();
        Run run = new Run(start, cluster, pipeline, counters, config);
        await(() -> pipeline.runner().health().ready(), START_TIMEOUT, run);
        TopicNames topics = new TopicNames(config.topics().prefix());
        return run.toTheEnd(
            new Attachments(
                cluster.bootstrapServers(),
                cluster.registryUrl(),
                http.address(),
                List.of(
                    topics.touchpoints(),
                    topics.alerts(),
                    topics.alertsLatest(),
                    topics.journeys(),
                    topics.contactGuidance(),
                    topics.deadLetters())));
      }
    }
  }

  private HttpServer serve(HttpConfig config, Pipeline pipeline, Metrics metrics)
      throws IOException {
    int port = settings.httpPort() == null ? config.port() : settings.httpPort();
    try {
      return HttpServer.start(config.host(), port, pipeline.runner().health(), metrics.registry());
    } catch (IOException e) {
      if (settings.httpPort() == null && e.getCause() instanceof BindException) {
        return HttpServer.start(config.host(), 0, pipeline.runner().health(), metrics.registry());
      }
      throw e;
    }
  }

  /** Waits for a condition as long as all goes well; gives up silently when it is to stop. */
  private void await(BooleanSupplier condition, Duration timeout, Run run)
      throws InterruptedException {
    long deadline = System.nanoTime() + timeout.toNanos();
    while (!condition.getAsBoolean()
        && System.nanoTime() < deadline
        && !stop.await(POLL.toNanos(), TimeUnit.NANOSECONDS)) {
      run.check();
    }
  }

  /** What runs between the start of the pipeline and its end. */
  private final class Run {

    private final Instant start;
    private final DemoCluster cluster;
    private final Pipeline pipeline;
    private final PipelineMetrics counters;
    private final AlertLog alerts = new AlertLog();
    private final EventClock eventClock;
    private final Feeder feeder;
    private final AlertWatcher watcher;
    private Future<?> feeding;
    private Future<?> watching;
    private long begun;

    private Run(
        Instant start,
        DemoCluster cluster,
        Pipeline pipeline,
        PipelineMetrics counters,
        FermataConfig config) {
      this.start = start;
      this.cluster = cluster;
      this.pipeline = pipeline;
      this.counters = counters;
      TopicNames topics = new TopicNames(config.topics().prefix());
      eventClock =
          new EventClock(start.toEpochMilli(), settings.speed(), clock::millis, System::nanoTime);
      feeder =
          new Feeder(
              settings,
              new TouchpointGenerator(
                  GeneratorSettings.endless(settings.seed(), settings.customers())
                      .withEndlessFrom(start)
                      .withArrivals(LATE, DUPLICATES)
                      .withAnonymous(ANONYMOUS)),
              eventClock,
              topics.touchpoints(),
              Map.of(
                  "bootstrap.servers",
                  cluster.bootstrapServers(),
                  "schema.registry.url",
                  cluster.registryUrl()),
              () -> counters.totals().settled());
      watcher =
          new AlertWatcher(
              topics.alerts(), cluster.bootstrapServers(), cluster.registryUrl(), alerts);
    }

    private boolean toTheEnd(Attachments attachments) throws InterruptedException {
      ExecutorService threads = Executors.newFixedThreadPool(2);
      try {
        greet(attachments);
        begun = System.nanoTime();
        eventClock.holdBack(start.toEpochMilli());
        feeding = threads.submit(feeder);
        watching = threads.submit(watcher);
        try (DemoDisplay display = display(attachments)) {
          while (goesOn()) {
            check();
            display.show(status());
          }
        }
        return finish();
      } finally {
        feeder.stop();
        watcher.finish();
        threads.shutdown();
      }
    }

    private void greet(Attachments attachments) {
      output.line(heading());
      attachments.lines().forEach(line -> output.line("  " + line));
      output.line(
          "Event time begins at %s; once it has caught up with the clock it goes on in real time."
              .formatted(Texts.minute(start.toEpochMilli())));
      output.line(
          settings.duration() == null
              ? "Ctrl-C stops it."
              : "It stops after " + settings.duration() + ".");
    }

    private String heading() {
      return String.format(
          Locale.ROOT,
          "Fermata demo: %,d customers, seed %d, %,.0f seconds of event time in a second",
          settings.customers(),
          settings.seed(),
          settings.speed());
    }

    private DemoDisplay display(Attachments attachments) {
      if (output.quiet()) {
        return DemoDisplay.NONE;
      }
      return output.screenWidth() > 0
          ? new ScreenDisplay(output.writer(), output.screenWidth(), heading(), attachments)
          : new LineDisplay(output.writer());
    }

    /** Waits a tick; false when it is to stop or its time is over. */
    private boolean goesOn() throws InterruptedException {
      long wait = TICK.toNanos();
      if (settings.duration() != null) {
        wait = Math.min(wait, settings.duration().toNanos() - (System.nanoTime() - begun));
      }
      return wait > 0 && !stop.await(wait, TimeUnit.NANOSECONDS);
    }

    /** Throws when a part has failed. */
    private void check() throws InterruptedException {
      cluster.check();
      pipeline
          .runner()
          .failure()
          .ifPresent(
              failure -> {
                throw new DemoFailedException("the pipeline failed: " + failure, failure);
              });
      if (feeding != null && feeding.isDone()) {
        result(feeding, "the feeder");
      }
      if (watching != null && watching.isDone()) {
        result(watching, "the reader of the alerts");
      }
    }

    private void result(Future<?> future, String name) throws InterruptedException {
      try {
        future.get(DRAIN_TIMEOUT.toSeconds(), TimeUnit.SECONDS);
      } catch (ExecutionException e) {
        throw new DemoFailedException(name + " failed: " + e.getCause().getMessage(), e.getCause());
      } catch (TimeoutException e) {
        throw new DemoFailedException(name + " has not ended after " + DRAIN_TIMEOUT, e);
      }
    }

    private DemoStatus status() {
      return new DemoStatus(
          Duration.ofNanos(System.nanoTime() - begun),
          eventClock.now(),
          eventClock.hasCaughtUp(),
          counters.totals(),
          counters.refolds(),
          alerts.snapshot());
    }

    /** Stops the feeder, lets the pipeline finish what is under way, and tells what it came to. */
    private boolean finish() throws InterruptedException {
      output.line("Stopping ...");
      DemoStatus fed = status();
      feeder.stop();
      result(feeding, "the feeder");
      long deadline = System.nanoTime() + DRAIN_TIMEOUT.toNanos();
      while ((counters.totals().in() < feeder.sent() || counters.totals().unaccounted() > 0)
          && System.nanoTime() < deadline) {
        check();
        TimeUnit.NANOSECONDS.sleep(POLL.toNanos());
      }
      DemoStatus drained = status();
      // Closing commits; only then the last alerts can be read.
      pipeline.close();
      watcher.finish();
      result(watching, "the reader of the alerts");
      DemoSummary summary =
          new DemoSummary(
              feeder.sent(),
              start.toEpochMilli(),
              new DemoStatus(
                  fed.running(),
                  fed.eventTime(),
                  fed.caughtUp(),
                  drained.totals(),
                  drained.late(),
                  alerts.snapshot()));
      summary.lines().forEach(output::line);
      return summary.addsUp();
    }
  }
}
