package io.fermata.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.fermata.codec.json.ViewJson;
import io.fermata.embedded.EmbeddedRegistry;
import io.fermata.embedded.FreePorts;
import io.fermata.model.Alert;
import io.fermata.model.ContactGuidance;
import io.fermata.model.Journey;
import io.fermata.runtime.Pipeline;
import io.fermata.serve.Api;
import io.fermata.serve.ApiAccess;
import io.fermata.serve.HttpServer;
import io.fermata.serve.Metrics;
import io.fermata.serve.OpenApi;
import io.fermata.topology.PipelineListener;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Two instances, each asked for every customer: they tell what lies in the topics. */
@ExtendWith(SharedBroker.class)
@Timeout(value = 300, unit = TimeUnit.SECONDS)
class CustomerApiTest {

  private static final long SEED = 17;
  private static final String DECISIONS = "/api/v1/contact-decisions";
  private static final String CUSTOMER = "/api/v1/customers/{customer}";

  @TempDir Path folder;

  private record Instance(Pipeline pipeline, HttpServer http, Metrics metrics) {}

  private static Instance start(Sandbox sandbox, Path folder, int number) throws IOException {
    int port = FreePorts.free();
    Pipeline pipeline =
        Pipeline.live(
            sandbox.config(
                Map.of(
                    "FERMATA_STREAMS_INSTANCE_ID",
                    "instance-" + number,
                    "FERMATA_STATE_DIR",
                    folder.resolve("state-" + number).toString(),
                    "FERMATA_HTTP_ADVERTISED",
                    "127.0.0.1:" + port,
                    // Alerts are told of as long as history is kept: here all of it.
                    "FERMATA_LATENESS_ALLOWED",
                    "P3650D")),
            Sandbox.RULES,
            PipelineListener.NONE);
    Metrics metrics = new Metrics();
    HttpServer http =
        HttpServer.start("127.0.0.1", port, pipeline.runner().health(), metrics.registry());
    new Api(
            new ApiAccess(List.of(), 100_000, System::nanoTime),
            Sandbox.RULES,
            pipeline.customers(),
            pipeline.reservations(),
            pipeline.scores(),
            Clock.systemUTC())
        .serveOn(http);
    return new Instance(pipeline, http, metrics);
  }

  private static HttpResponse<String> get(Instance instance, String path) {
    return send(instance, HttpRequest.newBuilder(URI.create(instance.http.address() + path)));
  }

  private static HttpResponse<String> send(Instance instance, HttpRequest.Builder request) {
    try {
      return HttpClient.newHttpClient()
          .send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new AssertionError(instance.http.address(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(instance.http.address(), e);
    }
  }

  @Test
  void shouldTellOfEveryCustomerWhateverInstanceIsAsked(TestBroker broker) throws Exception {
    List<Instance> instances = new ArrayList<>();
    try (EmbeddedRegistry registry = EmbeddedRegistry.start(0);
        Sandbox sandbox = new Sandbox(broker, registry.url(), "api", folder, Map.of())) {
      for (int i = 0; i < 2; i++) {
        instances.add(start(sandbox, folder, i));
        HttpResponse<String> early = get(instances.get(i), "/api/v1/customers/customer:C-1");
        assertThat(early.statusCode()).isEqualTo(503);
        assertThat(early.headers().firstValue("Retry-After")).hasValue("1");
        instances.get(i).pipeline.start();
      }
      Workload workload =
          Workload.of(SEED, 15, 500, 0, sandbox.topics().touchpoints(), sandbox.codecs());
      sandbox.send(workload);
      FinalViews views = sandbox.awaitEnd("the API, seed " + SEED, workload, Sandbox.RULES).last();
      OpenApi document = new OpenApi(get(instances.get(0), "/api/v1/openapi.yaml").body());
      TreeSet<String> customers =
          views.journeys().values().stream()
              .map(Journey::customer)
              .collect(Collectors.toCollection(TreeSet::new));
      assertThat(customers).hasSizeGreaterThan(10);
      for (Instance instance : instances) {
        for (String customer : customers) {
          check(document, instance, customer, views);
        }
        HttpResponse<String> unknown = ask(instance, "/api/v1/customers/customer:nobody");
        document.check(CUSTOMER, unknown);
        assertThat(unknown.statusCode()).isEqualTo(404);
      }
      assertThat(document.seen())
          .contains(
              DECISIONS,
              CUSTOMER,
              CUSTOMER + "/alerts",
              CUSTOMER + "/journeys",
              CUSTOMER + "/guidance");
    } finally {
      for (Instance instance : instances) {
        instance.pipeline.close();
        instance.http.close();
        instance.metrics.close();
      }
    }
  }

  /** As a client asks: again, while it is told to. */
  private static HttpResponse<String> ask(Instance instance, String path) {
    return ask(instance, HttpRequest.newBuilder(URI.create(instance.http.address() + path)));
  }

  private static HttpResponse<String> ask(Instance instance, HttpRequest.Builder request) {
    AtomicReference<HttpResponse<String>> answer = new AtomicReference<>();
    Await.until(
        "the instance has an answer",
        () -> {
          answer.set(send(instance, request));
          return answer.get().statusCode() != 503;
        },
        () -> answer.get().body());
    return answer.get();
  }

  private static void check(OpenApi document, Instance instance, String customer, FinalViews views)
      throws IOException {
    String alerts =
        views.alerts().values().stream()
            .filter(alert -> alert.customer().equals(customer))
            .map((Alert alert) -> ViewJson.write(alert))
            .collect(Collectors.joining(",", "[", "]"));
    String journeys =
        views.journeys().values().stream()
            .filter(journey -> journey.customer().equals(customer))
            .map((Journey journey) -> ViewJson.write(journey))
            .collect(Collectors.joining(",", "[", "]"));
    ContactGuidance guidance = views.guidance().get(customer);
    String path = "/api/v1/customers/" + URLEncoder.encode(customer, StandardCharsets.UTF_8);
    HttpResponse<String> all = ask(instance, path);
    document.check(CUSTOMER, all);
    assertThat(all.body())
        .as("%s, seed %d", customer, SEED)
        .isEqualTo(
            "{\"customer\":\"%s\",\"alerts\":%s,\"journeys\":%s%s}"
                .formatted(
                    customer,
                    alerts,
                    journeys,
                    guidance == null ? "" : ",\"guidance\":" + ViewJson.write(guidance)));
    HttpResponse<String> onlyAlerts = ask(instance, path + "/alerts");
    document.check(CUSTOMER + "/alerts", onlyAlerts);
    assertThat(onlyAlerts.body()).isEqualTo(alerts);
    HttpResponse<String> onlyJourneys = ask(instance, path + "/journeys");
    document.check(CUSTOMER + "/journeys", onlyJourneys);
    assertThat(onlyJourneys.body()).isEqualTo(journeys);
    HttpResponse<String> onlyGuidance = ask(instance, path + "/guidance");
    document.check(CUSTOMER + "/guidance", onlyGuidance);
    assertThat(onlyGuidance.statusCode()).isEqualTo(guidance == null ? 404 : 200);
    HttpResponse<String> decision =
        ask(
            instance,
            HttpRequest.newBuilder(URI.create(instance.http.address() + DECISIONS))
                .POST(
                    HttpRequest.BodyPublishers.ofString(
                        "{\"customer\":\"%s\",\"channel\":\"EMAIL\",\"purpose\":\"MARKETING\"}"
                            .formatted(customer))));
    document.check(DECISIONS, decision);
    boolean denied = guidance != null && !guidance.nextAllowedAt().containsKey("EMAIL");
    // Everything lies months back: what could be given a time may be sent by now.
    assertThat(decision.body())
        .contains("\"customer\":\"" + customer + "\"")
        .contains(denied ? "\"verdict\":\"DENY\"" : "\"verdict\":\"ALLOW\"");
  }
}
