package io.fermata.serve;

import com.sun.net.httpserver.HttpExchange;
import io.fermata.codec.json.ViewJson;
import io.fermata.journey.Views;
import io.fermata.model.Alert;
import io.fermata.model.ContactGuidance;
import io.fermata.model.Journey;
import io.fermata.rules.RuleSet;
import io.fermata.rules.load.CanonicalJson;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code /api/v1}: what is known of a customer, and the rules. Its description is {@code
 * openapi.yaml} beside this class, which it serves itself.
 */
public final class Api {

  private static final Logger LOG = LoggerFactory.getLogger(Api.class);
  private static final String ROOT = "/api/v1";
  private static final String DOCUMENT = "openapi.yaml";
  private static final String DECISIONS = "contact-decisions";
  private static final String JSON = "application/json";
  private static final int LONGEST_CUSTOMER = 512;
  private static final String NO_CUSTOMER =
      "expected a customer as kind:value, at most 512 characters";

  /** On a request that another instance has handed on: it goes no further. */
  private static final String HANDED_ON = "Fermata-Handed-On";

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final ApiAccess access;
  private final RuleSet rules;
  private final CustomerSource customers;
  private final Clock clock;
  private final byte[] document;
  private final HttpClient others = HttpClient.newBuilder().connectTimeout(PATIENCE).build();

  public Api(ApiAccess access, RuleSet rules, CustomerSource customers, Clock clock)
      throws IOException {
    this.clock = clock;
    this.access = access;
    this.rules = rules;
    this.customers = customers;
    try (InputStream stream = Api.class.getResourceAsStream(DOCUMENT)) {
      if (stream == null) {
        throw new IllegalStateException(DOCUMENT + " is not in the build");
      }
      document = stream.readAllBytes();
    }
  }

  /** Makes a server serve it. */
  public void serveOn(HttpServer server) {
    server.handle(ROOT + "/", this::handle);
  }

  private void handle(HttpExchange exchange) throws IOException {
    ApiAccess.Refusal refusal = access.refusal(exchange);
    if (refusal != null) {
      refusal.headers().forEach(exchange.getResponseHeaders()::set);
      error(exchange, refusal.status(), refusal.error());
      return;
    }
    // Views are nobody else's: no cache between may keep them.
    exchange.getResponseHeaders().set("Cache-Control", "no-store");
    List<String> path;
    try {
      path = path(exchange.getRequestURI());
    } catch (IllegalArgumentException e) {
      error(exchange, 400, "the path is not well encoded: " + e.getMessage());
      return;
    }
    String resource = path.get(0);
    String allowed = resource.equals(DECISIONS) ? "POST" : "GET, HEAD";
    if (!List.of(allowed.split(", ", -1)).contains(exchange.getRequestMethod())) {
      exchange.getResponseHeaders().set("Allow", allowed);
      error(exchange, 405, "method not allowed");
      return;
    }
    if (resource.equals(DOCUMENT) && path.size() == 1) {
      HttpServer.send(exchange, 200, "application/yaml", document);
    } else if (resource.equals("rules") && path.size() <= 2) {
      rules(exchange, path.size() == 1 ? null : path.get(1));
    } else if (resource.equals(DECISIONS) && path.size() == 1) {
      decide(exchange);
    } else if (resource.equals("customers") && (path.size() == 2 || path.size() == 3)) {
      customer(exchange, path.get(1), path.size() == 2 ? "" : path.get(2));
    } else {
      notFound(exchange);
    }
  }

  private static List<String> path(URI uri) {
    List<String> parts = new ArrayList<>();
    for (String part : uri.getRawPath().substring(ROOT.length() + 1).split("/", -1)) {
      parts.add(URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8));
    }
    return parts;
  }

  private void rules(HttpExchange exchange, String id) throws IOException {
    List<String> wanted =
        rules.rules().stream()
            .map(rule -> rule.rule())
            .filter(rule -> id == null || rule.id().equals(id))
            .map(
                rule ->
                    "{\"id\":%s,\"version\":\"%s\",\"definition\":%s}"
                        .formatted(
                            HttpServer.text(rule.id()), rule.version(), CanonicalJson.of(rule)))
            .toList();
    if (id == null) {
      ok(exchange, array(wanted, Function.identity()));
    } else if (wanted.isEmpty()) {
      error(exchange, 404, "no rule " + id);
    } else {
      ok(exchange, wanted.get(0));
    }
  }

  private void customer(HttpExchange exchange, String customer, String part) throws IOException {
    Function<Views, String> view =
        switch (part) {
          case "" -> views -> all(customer, views);
          case "alerts" -> views -> array(views.alerts(), (Alert alert) -> ViewJson.write(alert));
          case "journeys" ->
              views -> array(views.journeys(), (Journey journey) -> ViewJson.write(journey));
          case "guidance" -> Api::guidance;
          default -> null;
        };
    if (view == null) {
      notFound(exchange);
      return;
    }
    if (!isCustomer(customer)) {
      error(exchange, 400, NO_CUSTOMER);
      return;
    }
    CustomerSource.Answer answer = customers.find(customer);
    if (answer instanceof CustomerSource.Found found) {
      String body = view.apply(found.views());
      if (body == null) {
        error(exchange, 404, "no guidance for " + customer);
      } else {
        ok(exchange, body);
      }
    } else if (answer instanceof CustomerSource.Unknown) {
      error(exchange, 404, "no touchpoint of " + customer + " was folded");
    } else {
      elsewhereOrLater(exchange, answer, null);
    }
  }

  private static boolean isCustomer(String name) {
    int colon = name.indexOf(':');
    return colon >= 1 && name.length() <= LONGEST_CUSTOMER && !name.substring(colon + 1).isBlank();
  }

  private void decide(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readNBytes(DecisionRequest.LARGEST + 1);
    if (body.length > DecisionRequest.LARGEST) {
      error(exchange, 413, "expected at most " + DecisionRequest.LARGEST + " bytes");
      return;
    }
    DecisionRequest request;
    try {
      request = DecisionRequest.read(body);
    } catch (IllegalArgumentException e) {
      error(exchange, 400, e.getMessage());
      return;
    }
    if (!isCustomer(request.customer())) {
      error(exchange, 400, NO_CUSTOMER);
      return;
    }
    long at = request.at() == null ? clock.millis() : request.at();
    CustomerSource.Answer answer = customers.decide(request.customer(), request.channel(), at);
    if (answer instanceof CustomerSource.Decided decided) {
      ok(exchange, ViewJson.write(decided.decision()));
    } else {
      elsewhereOrLater(exchange, answer, body);
    }
  }

  /**
   * @param body of the request, null for a GET
   */
  private void elsewhereOrLater(HttpExchange exchange, CustomerSource.Answer answer, byte[] body)
      throws IOException {
    if (answer instanceof CustomerSource.Elsewhere elsewhere) {
      handOn(exchange, elsewhere.authority(), body);
    } else if (answer instanceof CustomerSource.NotReady notReady) {
      tryAgain(exchange, notReady.reason());
    } else {
      throw new IllegalStateException("no answer to that question: " + answer);
    }
  }

  private static String all(String customer, Views views) {
    String guidance = guidance(views);
    return "{\"customer\":%s,\"alerts\":%s,\"journeys\":%s%s}"
        .formatted(
            HttpServer.text(customer),
            array(views.alerts(), (Alert alert) -> ViewJson.write(alert)),
            array(views.journeys(), (Journey journey) -> ViewJson.write(journey)),
            guidance == null ? "" : ",\"guidance\":" + guidance);
  }

  /** Null where nothing was ever said. */
  private static String guidance(Views views) {
    List<ContactGuidance> guidance = views.guidance();
    return guidance.isEmpty() ? null : ViewJson.write(guidance.get(0));
  }

  private static <V> String array(List<V> views, Function<V, String> write) {
    return "[" + String.join(",", views.stream().map(write).toList()) + "]";
  }

  private void handOn(HttpExchange exchange, String authority, byte[] body) throws IOException {
    if (exchange.getRequestHeaders().containsKey(HANDED_ON)) {
      tryAgain(exchange, "the instances do not agree yet on who has the customer");
      return;
    }
    HttpRequest.Builder request =
        HttpRequest.newBuilder(
                URI.create("http://" + authority + exchange.getRequestURI().getRawPath()))
            .timeout(PATIENCE)
            .header(HANDED_ON, "1");
    if (body != null) {
      request.POST(HttpRequest.BodyPublishers.ofByteArray(body));
    }
    String token = exchange.getRequestHeaders().getFirst("Authorization");
    if (token != null) {
      request.header("Authorization", token);
    }
    try {
      HttpResponse<byte[]> answer =
          others.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
      answer
          .headers()
          .firstValue("Retry-After")
          .ifPresent(after -> exchange.getResponseHeaders().set("Retry-After", after));
      HttpServer.send(exchange, answer.statusCode(), JSON, answer.body());
    } catch (IOException e) {
      LOG.warn("The instance at {} did not answer for a customer it has", authority, e);
      tryAgain(exchange, "the instance that has the customer does not answer");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      tryAgain(exchange, "this instance is ending");
    }
  }

  private static void tryAgain(HttpExchange exchange, String reason) throws IOException {
    exchange.getResponseHeaders().set("Retry-After", "1");
    error(exchange, 503, reason);
  }

  private static void notFound(HttpExchange exchange) throws IOException {
    error(exchange, 404, "not found; " + ROOT + "/" + DOCUMENT + " says what there is");
  }

  private static void ok(HttpExchange exchange, String body) throws IOException {
    HttpServer.send(exchange, 200, JSON, body.getBytes(StandardCharsets.UTF_8));
  }

  private static void error(HttpExchange exchange, int status, String error) throws IOException {
    HttpServer.json(exchange, status, Map.of("error", error));
  }
}
