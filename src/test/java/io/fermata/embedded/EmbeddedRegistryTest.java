package io.fermata.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EmbeddedRegistryTest {

  private static final String FIRST =
      "{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"a\",\"type\":\"int\"}]}";
  private static final String WIDER =
      "{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"a\",\"type\":\"int\"},"
          + "{\"name\":\"b\",\"type\":\"int\",\"default\":0}]}";
  private static final String BROKEN =
      "{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"c\",\"type\":\"int\"}]}";

  private final HttpClient http = HttpClient.newHttpClient();
  private EmbeddedRegistry registry;

  @BeforeEach
  void start() throws IOException {
    registry = EmbeddedRegistry.start(0);
  }

  @AfterEach
  void stop() {
    registry.close();
  }

  @Test
  void shouldGiveOneIdToOneSchemaInAllSubjects() throws Exception {
    expect("POST", "/subjects/s-value/versions", body(FIRST), 200, "{\"id\":1}");
    expect("POST", "/subjects/s-value/versions", body(FIRST), 200, "{\"id\":1}");
    expect("POST", "/subjects/t-value/versions", body(FIRST), 200, "{\"id\":1}");
    expect("POST", "/subjects/s-value/versions", body(WIDER), 200, "{\"id\":2}");
    expect("GET", "/subjects", null, 200, "[\"s-value\",\"t-value\"]");
    expect("GET", "/subjects/s-value/versions", null, 200, "[1,2]");
    expect(
        "GET",
        "/subjects/s-value/versions/latest",
        null,
        200,
        "{\"subject\":\"s-value\",\"version\":2,\"id\":2,\"schema\":" + quoted(WIDER) + "}");
    expect(
        "POST",
        "/subjects/t-value",
        body(FIRST),
        200,
        "{\"subject\":\"t-value\",\"version\":1,\"id\":1,\"schema\":" + quoted(FIRST) + "}");
    expect("GET", "/schemas/ids/2", null, 200, "{\"schema\":" + quoted(WIDER) + "}");
    expect(
        "GET",
        "/schemas/ids/1/versions",
        null,
        200,
        "[{\"subject\":\"s-value\",\"version\":1},{\"subject\":\"t-value\",\"version\":1}]");
    expect("GET", "/schemas/types", null, 200, "[\"AVRO\"]");
  }

  @Test
  void shouldRefuseWhatBreaksTheCompatibilityOfTheSubject() throws Exception {
    send("POST", "/subjects/s/versions", body(FIRST));

    HttpResponse<String> refusal = send("POST", "/subjects/s/versions", body(BROKEN));
    assertThat(refusal.statusCode()).isEqualTo(409);
    assertThat(refusal.body()).contains("\"error_code\":409", "READER_FIELD_MISSING_DEFAULT_VALUE");
    assertThat(send("POST", "/compatibility/subjects/s/versions/latest", body(BROKEN)).body())
        .startsWith("{\"is_compatible\":false");
    expect(
        "POST",
        "/compatibility/subjects/s/versions/1",
        body(WIDER),
        200,
        "{\"is_compatible\":true,\"messages\":[]}");

    expect("PUT", "/config/s", level("NONE"), 200, level("NONE"));
    expect("POST", "/subjects/s/versions", body(BROKEN), 200, "{\"id\":2}");
  }

  @Test
  void shouldKeepCompatibilityForAllAndForEachSubject() throws Exception {
    expect("GET", "/config", null, 200, "{\"compatibilityLevel\":\"BACKWARD\"}");
    assertThat(send("GET", "/config/s", null).statusCode()).isEqualTo(404);
    expect("PUT", "/config", level("FULL_TRANSITIVE"), 200, level("FULL_TRANSITIVE"));
    expect(
        "GET",
        "/config/s?defaultToGlobal=true",
        null,
        200,
        "{\"compatibilityLevel\":\"FULL_TRANSITIVE\"}");
    expect("PUT", "/config/s", level("FORWARD"), 200, level("FORWARD"));
    expect("GET", "/config/s", null, 200, "{\"compatibilityLevel\":\"FORWARD\"}");
    assertThat(send("PUT", "/config", level("SIDEWARD")).body()).contains("\"error_code\":42203");
  }

  @Test
  void shouldAnswerMistakesWithConfluentsCodes() throws Exception {
    send("POST", "/subjects/s/versions", body(FIRST));

    assertCode("GET", "/schemas/ids/99", null, 404, 40403);
    assertCode("GET", "/subjects/none/versions", null, 404, 40401);
    assertCode("GET", "/subjects/s/versions/7", null, 404, 40402);
    assertCode("GET", "/subjects/s/versions/zero", null, 422, 42202);
    assertCode("POST", "/subjects/s", body(WIDER), 404, 40403);
    assertCode("POST", "/subjects/none", body(FIRST), 404, 40401);
    assertCode("POST", "/subjects/s/versions", body("{\"type\":\"nonsense\"}"), 422, 42201);
    assertCode("POST", "/subjects/s/versions", "no json", 400, 400);
    assertCode("GET", "/nowhere", null, 404, 404);
  }

  private void assertCode(String method, String path, String body, int status, int code)
      throws Exception {
    HttpResponse<String> response = send(method, path, body);
    assertThat(response.statusCode()).as("%s %s", method, path).isEqualTo(status);
    assertThat(response.body()).as("%s %s", method, path).startsWith("{\"error_code\":" + code);
  }

  private void expect(String method, String path, String body, int status, String answer)
      throws Exception {
    HttpResponse<String> response = send(method, path, body);
    assertThat(response.body()).as("%s %s", method, path).isEqualTo(answer);
    assertThat(response.statusCode()).isEqualTo(status);
  }

  private HttpResponse<String> send(String method, String path, String body) throws Exception {
    HttpRequest.BodyPublisher publisher =
        body == null
            ? HttpRequest.BodyPublishers.noBody()
            : HttpRequest.BodyPublishers.ofString(body);
    return http.send(
        HttpRequest.newBuilder(URI.create(registry.url() + path)).method(method, publisher).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private static String level(String level) {
    return "{\"compatibility\":\"" + level + "\"}";
  }

  private static String body(String schema) {
    return "{\"schema\":" + quoted(schema) + "}";
  }

  private static String quoted(String text) {
    return '"' + text.replace("\"", "\\\"") + '"';
  }
}
