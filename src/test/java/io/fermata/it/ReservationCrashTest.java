package io.fermata.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fermata.embedded.EmbeddedRegistry;
import io.fermata.embedded.FreePorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A thousand at once ask two instances for permissions to write to one customer, both instances are
 * killed meanwhile, and everybody asks until they are told: as many are allowed as the rules say.
 */
@ExtendWith(SharedBroker.class)
@Timeout(value = 300, unit = TimeUnit.SECONDS)
class ReservationCrashTest {

  private static final Logger LOG = LoggerFactory.getLogger(ReservationCrashTest.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int REQUESTS = 1_000;
  private static final int CAP = 7;

  private static final String RULES =
      """
      rules:
        - id: flood
          title: {en: Flood}
          pillar: EXPECTATIONS
          severity: LOW
          count: {where: "type == 'message.sent' && purpose == 'MARKETING'", atLeast: %d, within: P30D}
      """
          .formatted(CAP + 1);

  @TempDir Path folder;

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Executor later = CompletableFuture.delayedExecutor(2, TimeUnit.SECONDS);
  private final PipelineProcess[] instances = new PipelineProcess[2];
  private final int[] ports = new int[2];
  private final Map<String, String> told = new ConcurrentHashMap<>();

  /** Answers that nobody should get. */
  private final Queue<String> odd = new ConcurrentLinkedQueue<>();

  private final AtomicInteger again = new AtomicInteger();
  private EmbeddedRegistry registry;

  @BeforeEach
  void startRegistry() throws IOException {
    registry = EmbeddedRegistry.start(0);
  }

  @AfterEach
  void stopAll() throws InterruptedException {
    for (PipelineProcess instance : instances) {
      if (instance != null) {
        instance.kill();
      }
    }
    registry.close();
  }

  @Test
  void shouldAllowAsManyAsTheRulesSayWhoeverDiesMeanwhile(TestBroker broker) throws Exception {
    Files.writeString(folder.resolve("rules.yaml"), RULES);
    try (Sandbox sandbox = new Sandbox(broker, registry.url(), "reserve", folder, Map.of())) {
      for (int i = 0; i < instances.length; i++) {
        ports[i] = FreePorts.free();
        start(i, broker, sandbox);
      }
      CompletableFuture<?>[] asked = new CompletableFuture<?>[REQUESTS];
      for (int i = 0; i < REQUESTS; i++) {
        asked[i] = ask("r" + i, i % 2);
      }
      Await.until("some were told", () -> told.size() >= REQUESTS / 5, instances[0]::lastWords);
      for (PipelineProcess instance : instances) {
        instance.kill();
      }
      int before = told.size();
      for (int i = 0; i < instances.length; i++) {
        start(i, broker, sandbox);
      }
      Await.until(
          "everybody was told",
          () -> told.size() == REQUESTS,
          () -> told.size() + " were told, and " + odd + "; " + instances[0].lastWords());
      CompletableFuture.allOf(asked).join();
      assertThat(odd).isEmpty();
      Map<String, String> allowed = new TreeMap<>(told);
      allowed.values().removeIf(answer -> !verdict(answer).equals("ALLOW"));
      assertThat(allowed).hasSize(CAP);
      assertThat(told.values()).extracting(ReservationCrashTest::verdict).contains("DEFER");
      for (Map.Entry<String, String> each : allowed.entrySet()) {
        told.clear();
        ask(each.getKey(), 1).join();
        assertThat(told).as("asked again").containsOnly(each);
      }
      LOG.info(
          "{} requests for one customer under a cap of {}, both instances killed after {} answers: {}"
              + " allowed, {} times asked again",
          REQUESTS,
          CAP,
          before,
          allowed.size(),
          again.get());
    }
  }

  /** Until it is told, each time another instance. */
  private CompletableFuture<Void> ask(String requestId, int instance) {
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + ports[instance] + "/api/v1/contact-decisions"))
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    """
                    {"customer":"customer:C-1","channel":"EMAIL","purpose":"MARKETING",
                     "reserve":true,"requestId":"%s"}"""
                        .formatted(requestId)))
            .build();
    return client
        .sendAsync(request, HttpResponse.BodyHandlers.ofString())
        .handle(
            (answer, failure) -> {
              if (answer != null && answer.statusCode() == 200) {
                told.put(requestId, answer.body());
                return CompletableFuture.<Void>completedFuture(null);
              }
              if (answer != null && answer.statusCode() != 503) {
                odd.add(answer.statusCode() + " " + answer.body());
              }
              again.incrementAndGet();
              return CompletableFuture.supplyAsync(() -> ask(requestId, 1 - instance), later)
                  .thenCompose(asked -> asked);
            })
        .thenCompose(asked -> asked);
  }

  private static String verdict(String answer) {
    try {
      JsonNode json = JSON.readTree(answer);
      return json.get("verdict").textValue();
    } catch (IOException e) {
      throw new UncheckedIOException(answer, e);
    }
  }

  private void start(int number, TestBroker broker, Sandbox sandbox) throws IOException {
    Map<String, String> values = new HashMap<>();
    values.put("kafka.bootstrap.servers", broker.bootstrapServers());
    values.put("registry.schema.registry.url", registry.url());
    values.put("topics.prefix", sandbox.topics().prefix());
    values.put("topics.partitions", "3");
    values.put("streams.applicationId", "reserve");
    values.put("streams.instanceId", "reserve-" + number);
    values.put("state.dir", folder.resolve("state-" + number).toString());
    values.put("rules.path", folder.resolve("rules.yaml").toString());
    values.put("http.port", Integer.toString(ports[number]));
    values.put("http.advertised", "127.0.0.1:" + ports[number]);
    values.put("http.requestsPerSecond", "100000");
    Path config = PipelineProcess.config(folder.resolve("fermata-" + number + ".yaml"), values);
    instances[number] =
        PipelineProcess.start(config, folder.resolve("pipeline-" + number + ".log"));
  }
}
