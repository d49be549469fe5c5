package io.fermata.embedded;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A schema registry on loopback, in memory: as much of Confluent's REST API as clients need to
 * write and read Avro. The same schema has one id in all subjects; ids count from 1 in the order of
 * registration.
 */
public final class EmbeddedRegistry implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedRegistry.class);
  private static final String MEDIA_TYPE = "application/vnd.schemaregistry.v1+json";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int LARGEST_REQUEST = 4 * 1024 * 1024;

  private final SubjectStore subjects = new SubjectStore();
  private final HttpServer server;
  private final ExecutorService threads;

  private EmbeddedRegistry(HttpServer server) {
    this.server = server;
    this.threads =
        Executors.newFixedThreadPool(
            4,
            task -> {
              Thread thread = new Thread(task, "embedded-registry");
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * Starts a registry.
   *
   * @param port 0 for any that is free
   * @throws IOException when the port is taken
   */
  public static EmbeddedRegistry start(int port) throws IOException {
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    EmbeddedRegistry registry = new EmbeddedRegistry(HttpServer.create(address, 0));
    registry.server.setExecutor(registry.threads);
    registry.server.createContext("/", registry::handle);
    registry.server.start();
    return registry;
  }

  public int port() {
    return server.getAddress().getPort();
  }

  /** The value of {@code schema.registry.url}. */
  public String url() {
    return "http://" + InetAddress.getLoopbackAddress().getHostAddress() + ":" + port();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      int status = 200;
      JsonNode answer;
      try {
        answer = answer(exchange);
      } catch (RegistryError e) {
        status = e.status();
        answer = error(e.code(), e.getMessage());
      } catch (RuntimeException e) {
        LOG.error("{} {} failed", exchange.getRequestMethod(), exchange.getRequestURI(), e);
        status = 500;
        answer = error(50001, "Error in the registry: " + e);
      }
      byte[] body = JSON.writeValueAsBytes(answer);
      exchange.getResponseHeaders().set("Content-Type", MEDIA_TYPE);
      exchange.sendResponseHeaders(status, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private JsonNode answer(HttpExchange exchange) throws IOException {
    List<String> path = segments(exchange.getRequestURI().getRawPath());
    String query = exchange.getRequestURI().getRawQuery();
    String route = exchange.getRequestMethod() + " " + route(path);
    return switch (route) {
      case "GET " -> JSON.createObjectNode();
      case "GET subjects" -> JSON.valueToTree(subjects.names());
      case "GET subjects/*/versions" -> JSON.valueToTree(subjects.versions(path.get(1)));
      case "GET subjects/*/versions/*" -> version(subjects.version(path.get(1), path.get(3)));
      case "GET subjects/*/versions/*/schema" ->
          schemaTree(subjects.version(path.get(1), path.get(3)).schema().toString());
      case "POST subjects/*/versions" ->
          JSON.createObjectNode().put("id", subjects.register(path.get(1), schema(exchange)).id());
      case "POST subjects/*" -> version(subjects.lookUp(path.get(1), schema(exchange)));
      case "GET schemas/types" -> JSON.valueToTree(List.of("AVRO"));
      case "GET schemas/ids/*" ->
          JSON.createObjectNode().put("schema", subjects.byId(path.get(2)).toString());
      case "GET schemas/ids/*/schema" -> schemaTree(subjects.byId(path.get(2)).toString());
      case "GET schemas/ids/*/versions" -> uses(subjects.uses(path.get(2)));
      case "GET config" ->
          JSON.createObjectNode().put("compatibilityLevel", subjects.compatibility().name());
      case "PUT config" -> level(subjects.setCompatibility(text(exchange, "compatibility")));
      case "GET config/*" ->
          JSON.createObjectNode()
              .put(
                  "compatibilityLevel",
                  subjects.compatibility(path.get(1), asksForDefault(query)).name());
      case "PUT config/*" ->
          level(subjects.setCompatibility(path.get(1), text(exchange, "compatibility")));
      case "POST compatibility/subjects/*/versions" ->
          compatibility(subjects.problems(path.get(2), schema(exchange)));
      case "POST compatibility/subjects/*/versions/*" ->
          compatibility(subjects.problems(path.get(2), path.get(4), schema(exchange)));
      default -> throw new RegistryError(404, 404, "HTTP 404 Not Found");
    };
  }

  /** The path with a star for each part that is a name or a number of the caller's. */
  private static String route(List<String> path) {
    List<String> route = new ArrayList<>(path);
    for (int i = 1; i < route.size(); i++) {
      String before = route.get(i - 1);
      boolean subject =
          before.equals("subjects") && (i == 1 || route.get(0).equals("compatibility"));
      boolean version = before.equals("versions") && i >= 3;
      boolean id = i == 2 && before.equals("ids");
      boolean config = i == 1 && before.equals("config");
      if (subject || version || id || config) {
        route.set(i, "*");
      }
    }
    return String.join("/", route);
  }

  private static List<String> segments(String rawPath) {
    List<String> segments = new ArrayList<>();
    for (String segment : rawPath.split("/", -1)) {
      if (!segment.isEmpty()) {
        segments.add(URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8));
      }
    }
    return segments;
  }

  private static boolean asksForDefault(String query) {
    return query != null && query.contains("defaultToGlobal=true");
  }

  private static JsonNode version(SubjectStore.Version version) {
    return JSON.createObjectNode()
        .put("subject", version.subject())
        .put("version", version.number())
        .put("id", version.id())
        .put("schema", version.schema().toString());
  }

  private static JsonNode uses(List<SubjectStore.Version> versions) {
    var uses = JSON.createArrayNode();
    for (SubjectStore.Version version : versions) {
      uses.addObject().put("subject", version.subject()).put("version", version.number());
    }
    return uses;
  }

  private static JsonNode schemaTree(String schema) throws IOException {
    return JSON.readTree(schema);
  }

  private static JsonNode level(Compatibility level) {
    return JSON.createObjectNode().put("compatibility", level.name());
  }

  private static JsonNode compatibility(List<String> problems) {
    ObjectNode answer = JSON.createObjectNode().put("is_compatible", problems.isEmpty());
    answer.set("messages", JSON.valueToTree(problems));
    return answer;
  }

  private static JsonNode error(int code, String message) {
    return JSON.createObjectNode().put("error_code", code).put("message", message);
  }

  private static String schema(HttpExchange exchange) throws IOException {
    JsonNode request = request(exchange);
    String type = request.path("schemaType").asText("AVRO");
    if (!type.equals("AVRO")) {
      throw new RegistryError(422, 42201, "schemaType is " + type + ", expected AVRO");
    }
    if (!request.path("references").isEmpty()) {
      throw new RegistryError(
          422, 42201, "references are not supported, expected a schema complete in itself");
    }
    return text(request, "schema");
  }

  private static String text(HttpExchange exchange, String field) throws IOException {
    return text(request(exchange), field);
  }

  private static String text(JsonNode request, String field) {
    if (!request.path(field).isTextual()) {
      throw new RegistryError(422, 422, field + " is missing, expected a text");
    }
    return request.path(field).textValue();
  }

  private static JsonNode request(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readNBytes(LARGEST_REQUEST + 1);
    if (body.length > LARGEST_REQUEST) {
      throw new RegistryError(413, 413, "the request is over " + LARGEST_REQUEST + " bytes");
    }
    try {
      return JSON.readTree(body);
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new RegistryError(400, 400, "the request is no JSON: " + e.getOriginalMessage());
    }
  }
}
