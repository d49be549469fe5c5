package io.fermata.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.fermata.generate.GeneratorSettings;
import io.fermata.generate.TouchpointGenerator;
import io.fermata.it.SharedBroker;
import io.fermata.it.TestBroker;
import io.fermata.model.Touchpoint;
import io.fermata.runtime.PipelineEnvironment;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

@ExtendWith(SharedBroker.class)
@Timeout(value = 180, unit = TimeUnit.SECONDS)
class RunCommandTest {

  private static final int KILLED_BY_SIGTERM = 143;

  @TempDir Path folder;

  private final StringWriter err = new StringWriter();

  private int run(String config) throws IOException {
    Path file = Files.writeString(folder.resolve("fermata.yaml"), config);
    CommandLine commandLine = Fermata.commandLine().setErr(new PrintWriter(err, true));
    return commandLine.execute("run", "--config", file.toString());
  }

  @Test
  void shouldEndWithTwoAndThePlaceWhenTheConfigurationIsWrong() throws IOException {
    assertThat(run("lateness:\n  allowed: a week\n")).isEqualTo(2);
    assertThat(err.toString())
        .contains("fermata.yaml:2:3: lateness.allowed: expected an ISO-8601 duration");
  }

  @Test
  void shouldEndWithTwoWhenRulesAreWrongOrMissing() throws IOException {
    Path rules =
        Files.writeString(folder.resolve("rules.yaml"), "rules:\n  - {id: a, severty: LOW}\n");
    assertThat(run("rules.path: " + rules)).isEqualTo(2);
    assertThat(err.toString()).contains("rules.yaml:2:", "severty");
    assertThat(run("rules.path: " + folder.resolve("nowhere"))).isEqualTo(2);
    assertThat(err.toString()).contains("nowhere");
  }

  @Test
  void shouldEndWithTwoWhenAPropertyOfTheClientsIsWrong() throws IOException {
    assertThat(run("kafka: {security.protocol: NONSENSE}\nhttp.port: 0\n"))
        .as(err.toString())
        .isEqualTo(2);
    assertThat(err.toString()).contains("security.protocol", "NONSENSE");
  }

  @Test
  void shouldEndWithOneWhenNoClusterAnswers() throws IOException {
    assertThat(
            run(
                """
                kafka: {bootstrap.servers: "127.0.0.1:1"}
                topics.startTimeout: PT0S
                http.port: 0
                state.dir: %s
                """
                    .formatted(folder.resolve("state"))))
        .isEqualTo(1);
    assertThat(err.toString()).contains("the Kafka cluster at 127.0.0.1:1");
  }

  @Test
  void shouldCloseCleanlyWhenToldToStop(TestBroker broker) throws Exception {
    Path log = folder.resolve("log");
    try (PipelineEnvironment embedded =
        new PipelineEnvironment(broker, "run-command", folder.resolve("state"))) {
      ProcessBuilder builder =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-Xmx512m",
                  "-XX:+UseSerialGC",
                  "-cp",
                  System.getProperty("java.class.path"),
                  Fermata.class.getName(),
                  "run")
              .redirectError(log.toFile());
      builder.environment().putAll(embedded.environment());
      Process process = builder.start();
      try {
        String serving = process.inputReader(StandardCharsets.UTF_8).readLine();
        assertThat(serving)
            .startsWith("fermata: serving http://127.0.0.1:")
            .contains(embedded.config().kafka().bootstrapServers(), "topics run-command.*");
        List<Touchpoint> touchpoints = new ArrayList<>();
        new TouchpointGenerator(GeneratorSettings.of(1, 20, 20)).forEachRemaining(touchpoints::add);
        URI address = URI.create(serving.substring(serving.indexOf("http"), serving.indexOf(" (")));
        PipelineEnvironment.await(() -> status(address, process) == 200);
        embedded.send(touchpoints);
        PipelineEnvironment.await(() -> read(address, process) == touchpoints.size());

        process.destroy();
        assertThat(process.waitFor()).as(Files.readString(log)).isEqualTo(KILLED_BY_SIGTERM);
        assertThat(Files.readString(log))
            .contains("Pipeline closed cleanly in")
            .doesNotContain(" ERROR ");
      } finally {
        process.destroyForcibly().waitFor();
      }
    }
  }

  private static int status(URI address, Process process) {
    return get(address.resolve("/health/ready"), process).statusCode();
  }

  private static long read(URI address, Process process) {
    Matcher matcher =
        Pattern.compile("(?m)^fermata_touchpoints_in_total (\\S+)$")
            .matcher(get(address.resolve("/metrics"), process).body());
    return matcher.find() ? (long) Double.parseDouble(matcher.group(1)) : -1;
  }

  private static HttpResponse<String> get(URI uri, Process process) {
    assertThat(process.isAlive()).isTrue();
    try {
      return HttpClient.newHttpClient()
          .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
