package io.fermata.serve;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** How the API answers: JSON, and problem details (RFC 9457) for whatever is not as asked. */
final class Answers {

  static final String JSON = "application/json";
  private static final String PROBLEM = "application/problem+json";
  private static final String SOON = "1";

  private static final Map<Integer, String> TITLES =
      Map.of(
          400, "Bad request",
          401, "Unauthorized",
          403, "Forbidden",
          404, "Not found",
          405, "Method not allowed",
          413, "Content too large",
          422, "Not to be processed",
          429, "Too many requests",
          503, "Try again");

  private Answers() {}

  static void ok(HttpExchange exchange, String json) throws IOException {
    HttpServer.send(exchange, 200, JSON, json.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * @param detail what is wrong, for people
   */
  static void problem(HttpExchange exchange, int status, String detail) throws IOException {
    problem(exchange, status, detail, Map.of());
  }

  /**
   * @param more further members
   */
  static void problem(HttpExchange exchange, int status, String detail, Map<String, String> more)
      throws IOException {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("title", TITLES.get(status));
    body.put("status", status);
    body.put("detail", detail);
    body.putAll(more);
    HttpServer.json(exchange, status, PROBLEM, body);
  }

  /** It may be told in a moment. */
  static void tryAgain(HttpExchange exchange, String reason) throws IOException {
    tryAgain(exchange, reason, Map.of());
  }

  /** As {@link #tryAgain(HttpExchange, String)}, with further members. */
  static void tryAgain(HttpExchange exchange, String reason, Map<String, String> more)
      throws IOException {
    exchange.getResponseHeaders().set("Retry-After", SOON);
    problem(exchange, 503, reason, more);
  }
}
