package io.fermata.operations;

import io.fermata.demo.Demo;
import io.fermata.demo.DemoSettings;
import io.fermata.it.Await;
import io.fermata.rules.cel.RuleCompiler;
import io.fermata.rules.load.RuleLoader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The demonstration as a user starts it, in a thread of this process. */
final class RunningDemo implements AutoCloseable {

  private static final Pattern METRICS = Pattern.compile("(http://[^ ]+)/metrics");
  private static final int CUSTOMERS = 500;
  private static final int RATE = 400;

  private final StringWriter output = new StringWriter();
  private final ExecutorService thread = Executors.newSingleThreadExecutor();
  private final Demo demo =
      new Demo(
          new DemoSettings(1, CUSTOMERS, DemoSettings.DEFAULT_SPEED, RATE, null, 0, 0),
          RuleCompiler.compile(RuleLoader.load(Path.of("rules"))),
          new Demo.Output(new PrintWriter(output, true), 0, true),
          Clock.systemUTC());
  private final Future<Boolean> run;

  RunningDemo() {
    run = thread.submit(demo::run);
    Await.until("the demo has begun", () -> run.isDone() || line().find(), () -> output);
  }

  private Matcher line() {
    return METRICS.matcher(output.toString());
  }

  /** {@code http://host:port}. */
  String address() {
    Matcher matcher = line();
    if (!matcher.find()) {
      throw new AssertionError("the demo did not begin: " + output);
    }
    return matcher.group(1);
  }

  String host() {
    return URI.create(address()).getAuthority();
  }

  String get(String path) {
    try {
      return HttpClient.newHttpClient()
          .send(
              HttpRequest.newBuilder(URI.create(address() + path)).build(),
              HttpResponse.BodyHandlers.ofString())
          .body();
    } catch (IOException e) {
      throw new UncheckedIOException(path, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(path, e);
    }
  }

  @Override
  public void close() throws Exception {
    demo.stop();
    run.get(2, TimeUnit.MINUTES);
    thread.shutdown();
  }
}
