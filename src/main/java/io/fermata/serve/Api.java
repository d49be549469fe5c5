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
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Function;

/**
 * {@code /api/v1}: what is known of a customer, scores, and the rules. Its description is {@code
 * openapi.yaml} beside this class, which it serves itself.
 */
public final class Api {

  static final String ROOT = "/api/v1";
  private static final String DOCUMENT = "openapi.yaml";
  private static final String DECISIONS = "contact-decisions";

  private final ApiAccess access;
  private final RuleSet rules;
  private final CustomerSource customers;
  private final Clock clock;
  private final byte[] document;
  private final ReservationSource reservations;
  private OtherInstances others;
  private final ScoreSource scoreSource;
  private DecisionApi decisions;
  private ScoreApi scores;

  public Api(
      ApiAccess access,
      RuleSet rules,
      CustomerSource customers,
      ReservationSource reservations,
      ScoreSource scores,
      Clock clock)
      throws IOException {
    this.clock = clock;
    this.reservations = reservations;
    this.scoreSource = scores;
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

  /** Makes a server serve it; the others are asked in the same way, by HTTP or HTTPS. */
  public void serveOn(HttpServer server) {
    others =
        server.tls() == null
            ? new OtherInstances("http", HttpClient.newBuilder())
            : new OtherInstances("https", server.tls().client());
    scores = new ScoreApi(scoreSource, others);
    decisions = new DecisionApi(customers, reservations, others, clock);
    server.handleApi(exchange -> handle(exchange, server.executor()));
  }

  /** Whether it has been answered. */
  private boolean handle(HttpExchange exchange, Executor executor) throws IOException {
    ApiAccess.Refusal refusal = access.refusal(exchange);
    if (refusal != null) {
      refusal.headers().forEach(exchange.getResponseHeaders()::set);
      Answers.problem(exchange, refusal.status(), refusal.error());
      return true;
    }
    // Views are nobody else's: no cache between may keep them.
    exchange.getResponseHeaders().set("Cache-Control", "no-store");
    List<String> path;
    try {
      path = path(exchange.getRequestURI());
    } catch (IllegalArgumentException e) {
      Answers.problem(exchange, 400, "the path is not well encoded: " + e.getMessage());
      return true;
    }
    String resource = path.get(0);
    String allowed = resource.equals(DECISIONS) ? "POST" : "GET, HEAD";
    if (!List.of(allowed.split(", ", -1)).contains(exchange.getRequestMethod())) {
      exchange.getResponseHeaders().set("Allow", allowed);
      Answers.problem(exchange, 405, "expected " + allowed);
      return true;
    }
    if (resource.equals(DOCUMENT) && path.size() == 1) {
      HttpServer.send(exchange, 200, "application/yaml", document);
    } else if (resource.equals("rules") && path.size() <= 2) {
      rules(exchange, path.size() == 1 ? null : path.get(1));
    } else if (resource.equals(DECISIONS) && path.size() == 1) {
      return decisions.decide(exchange, executor);
    } else if (resource.equals("scores") && path.size() == 1) {
      scores.scores(exchange);
    } else if (resource.equals("drivers") && path.size() == 1) {
      scores.drivers(exchange);
    } else if (resource.equals("customers") && (path.size() == 2 || path.size() == 3)) {
      customer(exchange, path.get(1), path.size() == 2 ? "" : path.get(2));
    } else {
      notFound(exchange);
    }
    return true;
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
      Answers.ok(exchange, array(wanted, Function.identity()));
    } else if (wanted.isEmpty()) {
      Answers.problem(exchange, 404, "no rule " + id);
    } else {
      Answers.ok(exchange, wanted.get(0));
    }
  }

  private void customer(HttpExchange exchange, String customer, String part) throws IOException {
    Function<CustomerSource.Found, String> view =
        switch (part) {
          case "" -> found -> all(found.customer(), found.views());
          case "alerts" -> found -> alerts(found.views());
          case "journeys" -> found -> journeys(found.views());
          case "guidance" -> found -> guidance(found.views());
          default -> null;
        };
    if (view == null) {
      notFound(exchange);
      return;
    }
    try {
      Names.check(customer);
    } catch (IllegalArgumentException e) {
      Answers.problem(exchange, 400, e.getMessage());
      return;
    }
    CustomerSource.Answer answer = customers.find(customer, clock.millis());
    if (answer instanceof CustomerSource.Found found) {
      String body = view.apply(found);
      if (body == null) {
        Answers.problem(exchange, 404, "no guidance for " + found.customer());
      } else {
        Answers.ok(exchange, body);
      }
    } else if (answer instanceof CustomerSource.Unknown) {
      Answers.problem(exchange, 404, "no touchpoint of " + customer + " was folded");
    } else if (answer instanceof CustomerSource.Elsewhere elsewhere) {
      others.handOn(
          exchange,
          elsewhere.authority(),
          ROOT
              + "/customers/"
              + Names.encoded(elsewhere.customer())
              + (part.isEmpty() ? "" : "/" + part),
          null);
    } else if (answer instanceof CustomerSource.NotReady notReady) {
      Answers.tryAgain(exchange, notReady.reason());
    } else {
      throw new IllegalStateException("no answer to that question: " + answer);
    }
  }

  private static String all(String customer, Views views) {
    String guidance = guidance(views);
    return "{\"customer\":%s,\"alerts\":%s,\"journeys\":%s%s}"
        .formatted(
            HttpServer.text(customer),
            alerts(views),
            journeys(views),
            guidance == null ? "" : ",\"guidance\":" + guidance);
  }

  private static String alerts(Views views) {
    return array(views.alerts(), (Alert alert) -> ViewJson.write(alert));
  }

  private static String journeys(Views views) {
    return array(views.journeys(), (Journey journey) -> ViewJson.write(journey));
  }

  /** Null where nothing was ever said. */
  private static String guidance(Views views) {
    List<ContactGuidance> guidance = views.guidance();
    return guidance.isEmpty() ? null : ViewJson.write(guidance.get(0));
  }

  private static <V> String array(List<V> views, Function<V, String> write) {
    return "[" + String.join(",", views.stream().map(write).toList()) + "]";
  }

  private static void notFound(HttpExchange exchange) throws IOException {
    Answers.problem(exchange, 404, "not found; " + ROOT + "/" + DOCUMENT + " says what there is");
  }
}
