package io.fermata.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpServerTest {

  private static final class FakeHealth implements HealthState {
    private boolean live = true;
    private boolean ready;

    @Override
    public boolean live() {
      return live;
    }

    @Override
    public boolean ready() {
      return ready;
    }

    @Override
    public Map<String, String> details() {
      return Map.of("state", "REBALANCING");
    }
  }

  private final FakeHealth health = new FakeHealth();
  private final HttpClient client = HttpClient.newHttpClient();
  private Metrics metrics;
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    metrics = new Metrics();
    server = HttpServer.start("127.0.0.1", 0, health, metrics.registry());
  }

  @AfterEach
  void stop() {
    server.close();
    metrics.close();
  }

  private HttpResponse<String> send(String method, String path, String accept)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(server.address() + path))
            .method(method, HttpRequest.BodyPublishers.noBody());
    if (accept != null) {
      request.header("Accept", accept);
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
  }

  private static String contentType(HttpResponse<?> response) {
    return response.headers().firstValue("Content-Type").orElse("");
  }

  @Test
  void shouldServeMetricsInTheFormatThatIsAccepted() throws Exception {
    metrics.registry().counter("fermata.touchpoints").increment();
    HttpResponse<String> plain = send("GET", "/metrics", null);
    assertThat(plain.statusCode()).isEqualTo(200);
    assertThat(contentType(plain)).startsWith("text/plain; version=0.0.4");
    assertThat(plain.body())
        .contains("fermata_touchpoints_total 1.0", "jvm_memory_used_bytes", "process_cpu_usage");
    HttpResponse<String> open =
        send("GET", "/metrics", "application/openmetrics-text; version=1.0.0");
    assertThat(contentType(open)).startsWith("application/openmetrics-text; version=1.0.0");
    assertThat(open.body()).endsWith("# EOF\n");
  }

  @Test
  void shouldAskToComeAgainAsLongAsTheApiIsNotThere() throws Exception {
    HttpResponse<String> early = send("GET", "/api/v1/rules", null);

    assertThat(early.statusCode()).isEqualTo(503);
    assertThat(early.headers().firstValue("Retry-After")).isPresent();
  }

  @Test
  void shouldTellLifeAndReadinessApartWithTheReasons() throws Exception {
    HttpResponse<String> live = send("GET", "/health/live", null);
    assertThat(live.statusCode()).isEqualTo(200);
    HttpResponse<String> notReady = send("GET", "/health/ready", null);
    assertThat(notReady.statusCode()).isEqualTo(503);
    assertThat(contentType(notReady)).isEqualTo("application/json");
    assertThat(notReady.body())
        .isEqualTo("{\"status\":\"DOWN\",\"details\":{\"state\":\"REBALANCING\"}}");
    health.ready = true;
    assertThat(send("GET", "/health/ready", null).statusCode()).isEqualTo(200);
    health.live = false;
    assertThat(send("GET", "/health/live", null).statusCode()).isEqualTo(503);
  }

  @Test
  void shouldAnswerWithJsonWhenAPathIsUnknown() throws Exception {
    for (String path : new String[] {"/", "/nothing", "/metricsandmore", "/health"}) {
      HttpResponse<String> response = send("GET", path, null);
      assertThat(response.statusCode()).as(path).isEqualTo(404);
      assertThat(response.body()).contains("\"error\":\"not found\"", "\"path\":\"" + path + "\"");
    }
  }

  @Test
  void shouldRefuseOtherMethodsAndAnswerHeadWithoutABody() throws Exception {
    assertThat(send("POST", "/metrics", null).statusCode()).isEqualTo(405);
    HttpResponse<String> head = send("HEAD", "/health/live", null);
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
  }

  @Test
  void shouldNameTheAddressWhenItIsTaken() {
    assertThatThrownBy(
            () -> HttpServer.start("127.0.0.1", server.port(), health, metrics.registry()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("cannot serve HTTP on 127.0.0.1:" + server.port());
  }
}
