package io.fermata.codec.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.fermata.codec.UnknownSchemaException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.avro.Schema;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RegistryClientTest {

  private static final Schema SCHEMA = Schema.create(Schema.Type.STRING);
  private static final String SCHEMA_7 = "{\"schema\":\"\\\"string\\\"\"}";

  /** Answers what it was told to, in order, and keeps what it was asked. */
  private record Script(
      HttpServer server, Queue<Map.Entry<Integer, String>> answers, List<String> asked) {}

  private Script script;
  private final List<Duration> slept = new ArrayList<>();
  private final AtomicLong nanos = new AtomicLong();
  private final Map<String, Object> config = new HashMap<>();

  @BeforeEach
  void startServer() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    script = new Script(server, new ArrayDeque<>(), new CopyOnWriteArrayList<>());
    server.createContext(
        "/",
        exchange -> {
          script
              .asked()
              .add(
                  exchange.getRequestMethod()
                      + " "
                      + exchange.getRequestURI()
                      + " "
                      + exchange.getRequestHeaders().getFirst("Authorization"));
          Map.Entry<Integer, String> answer = script.answers().remove();
          byte[] body = answer.getValue().getBytes(StandardCharsets.UTF_8);
          exchange.getRequestBody().readAllBytes();
          exchange.sendResponseHeaders(answer.getKey(), body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    config.put("schema.registry.url", url() + "/");
  }

  @AfterEach
  void stopServer() {
    script.server().stop(0);
  }

  @Test
  void shouldRetryWithGrowingWaitsUntilTheRegistryAnswers() {
    answer(503, "{\"error_code\":50302,\"message\":\"busy\"}");
    answer(500, "oops");
    answer(200, SCHEMA_7);

    assertThat(client().byId(7)).isEqualTo(SCHEMA);
    assertThat(slept).hasSize(2);
    assertThat(slept.get(0)).isBetween(Duration.ofMillis(500), Duration.ofMillis(1_000));
    assertThat(slept.get(1)).isBetween(Duration.ofMillis(1_000), Duration.ofMillis(2_000));
  }

  @Test
  void shouldGiveUpWhenTheRetriesAreUsedUp() {
    config.put("max.retries", "1");
    answer(503, "{}");
    answer(503, "{}");

    assertThatThrownBy(() -> client().byId(7))
        .isInstanceOf(RegistryUnavailableException.class)
        .hasMessageContaining("503");
    assertThat(script.asked()).hasSize(2);
  }

  @Test
  void shouldTurnToTheNextAddressWhenOneIsDown() {
    config.put("schema.registry.url", "http://127.0.0.1:1, " + url());
    answer(200, SCHEMA_7);

    assertThat(client().byId(7)).isEqualTo(SCHEMA);
    assertThat(slept).isEmpty();
  }

  @Test
  void shouldRememberSchemasIdsAndForAWhileUnknownIds() {
    RegistryClient client = client();
    answer(200, "{\"id\":7}");
    answer(200, SCHEMA_7);
    answer(404, "{\"error_code\":40403,\"message\":\"Schema not found\"}");
    for (int i = 0; i < 3; i++) {
      assertThat(client.register("a/b c-value", SCHEMA)).isEqualTo(7);
      assertThat(client.byId(7)).isEqualTo(SCHEMA);
      assertThatThrownBy(() -> client.byId(8)).isInstanceOf(UnknownSchemaException.class);
    }
    assertThat(script.asked())
        .containsExactly(
            "POST /subjects/a%2Fb%20c-value/versions null",
            "GET /schemas/ids/7 null", "GET /schemas/ids/8 null");

    nanos.addAndGet(Duration.ofSeconds(6).toNanos());
    answer(200, SCHEMA_7);
    assertThat(client.byId(8)).isEqualTo(SCHEMA);
  }

  @Test
  void shouldRefuseAtOnceWhenTheAnswerIsNo() {
    answer(401, "{\"error_code\":401,\"message\":\"Unauthorized\"}");
    answer(409, "{\"error_code\":409,\"message\":\"incompatible\"}");
    answer(404, "<html>no registry here</html>");
    answer(200, "<html>welcome</html>");

    assertThatThrownBy(() -> client().byId(7))
        .isInstanceOf(RegistryRefusedException.class)
        .hasMessageContaining("check basic.auth.user.info");
    assertThatThrownBy(() -> client().register("s", SCHEMA))
        .isInstanceOf(RegistryRefusedException.class)
        .hasMessageContaining("incompatible; the schema breaks the compatibility");
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> client().byId(7))
          .isInstanceOf(RegistryRefusedException.class)
          .hasMessageContaining("is schema.registry.url the base address");
    }
    assertThat(slept).isEmpty();
  }

  @Test
  void shouldSendCredentialsUnderEveryNameConfluentHasForThem() {
    List<Map<String, String>> ways =
        List.of(
            Map.of("basic.auth.credentials.source", "USER_INFO", "basic.auth.user.info", "u:p"),
            Map.of("schema.registry.basic.auth.user.info", "u:p"),
            Map.of(
                "basic.auth.credentials.source",
                "URL",
                "schema.registry.url",
                url().replace("//", "//u:p@")));
    for (Map<String, String> way : ways) {
      Map<String, Object> all = new HashMap<>(config);
      all.putAll(way);
      answer(200, SCHEMA_7);
      new RegistryClient(RegistryConfig.of(all)).byId(7);
    }
    assertThat(script.asked()).hasSize(3).allMatch(line -> line.endsWith(" Basic dTpw"));
  }

  @Test
  void shouldSayWhichPropertyIsWrong() {
    assertWrong(Map.of(), "schema.registry.url is missing");
    assertWrong(Map.of("schema.registry.url", "localhost:8081"), "no http or https URL");
    assertWrong(with("max.retries", "many"), "max.retries is many, expected a whole number");
    assertWrong(with("auto.register.schemas", "yes"), "is yes, expected true or false");
    assertWrong(with("basic.auth.credentials.source", "SASL_INHERIT"), "expected USER_INFO or URL");
    assertWrong(
        with("basic.auth.credentials.source", "USER_INFO"), "basic.auth.user.info is missing");
  }

  private Map<String, Object> with(String name, String value) {
    Map<String, Object> all = new HashMap<>(config);
    all.put(name, value);
    return all;
  }

  private static void assertWrong(Map<String, ?> properties, String message) {
    assertThatThrownBy(() -> RegistryConfig.of(properties))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(message);
  }

  private RegistryClient client() {
    return new RegistryClient(
        RegistryConfig.of(config), new Random(1)::nextLong, slept::add, nanos::get);
  }

  private void answer(int status, String body) {
    script.answers().add(Map.entry(status, body));
  }

  private String url() {
    return "http://127.0.0.1:" + script.server().getAddress().getPort();
  }
}
