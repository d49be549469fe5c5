package io.fermata.serve;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves {@code /metrics}, {@code /health/live} and {@code /health/ready}; anything else is a JSON
 * 404. Further paths are added with {@link #handle}.
 */
public final class HttpServer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int THREADS = 16;

  /** A client that sends or reads slowly would keep a thread. The JDK's server takes seconds. */
  private static final Map<String, String> LIMITS =
      Map.of("sun.net.httpserver.maxReqTime", "10", "sun.net.httpserver.maxRspTime", "60");

  static {
    LIMITS.forEach(
        (name, seconds) -> {
          if (System.getProperty(name) == null) {
            System.setProperty(name, seconds);
          }
        });
  }

  /** Connections that may wait to be accepted: a burst of clients is no reason to refuse any. */
  private static final int BACKLOG = 1_024;

  private static final String OPEN_METRICS = "application/openmetrics-text";
  private static final String PLAIN_TEXT = "text/plain";

  private final com.sun.net.httpserver.HttpServer server;
  private final ExecutorService executor;
  private final ServerTls tls;
  private volatile PatientHandler api = HttpServer::apiStarts;

  private HttpServer(
      com.sun.net.httpserver.HttpServer server, ExecutorService executor, ServerTls tls) {
    this.server = server;
    this.executor = executor;
    this.tls = tls;
  }

  /**
   * Serves HTTP, as {@link #start(String, int, HealthState, PrometheusMeterRegistry, ServerTls)}.
   */
  public static HttpServer start(
      String host, int port, HealthState health, PrometheusMeterRegistry registry)
      throws IOException {
    return start(host, port, health, registry, null);
  }

  /**
   * Listens and serves at once.
   *
   * @param tls serves HTTPS with this, or HTTP with null
   * @param host address to listen on
   * @param port 0 takes a free one
   * @throws IOException when the address cannot be had; the message names it
   */
  public static HttpServer start(
      String host, int port, HealthState health, PrometheusMeterRegistry registry, ServerTls tls)
      throws IOException {
    com.sun.net.httpserver.HttpServer listener;
    try {
      InetSocketAddress address = new InetSocketAddress(host, port);
      listener =
          tls == null
              ? com.sun.net.httpserver.HttpServer.create(address, BACKLOG)
              : tls.listen(address, BACKLOG);
    } catch (IOException e) {
      throw new IOException("cannot serve HTTP on " + host + ":" + port + ": " + e.getMessage(), e);
    }
    AtomicInteger number = new AtomicInteger();
    ExecutorService executor =
        Executors.newFixedThreadPool(
            THREADS,
            task -> {
              Thread thread = new Thread(task, "http-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    listener.setExecutor(executor);
    HttpServer server = new HttpServer(listener, executor, tls);
    server.handle("/", HttpServer::notFound);
    listener.createContext(Api.ROOT + "/", server::askApi);
    server.handle("/metrics", exact("/metrics", exchange -> metrics(exchange, registry)));
    server.handle(
        "/health/live", exact("/health/live", exchange -> health(exchange, health.live(), health)));
    server.handle(
        "/health/ready",
        exact("/health/ready", exchange -> health(exchange, health.ready(), health)));
    listener.start();
    return server;
  }

  /** Answers now or later. */
  @FunctionalInterface
  interface PatientHandler {

    /** Returns whether it has answered; otherwise it closes the exchange once it has. */
    boolean handle(HttpExchange exchange) throws IOException;
  }

  /** Serves the API from now on. */
  void handleApi(PatientHandler handler) {
    api = handler;
  }

  /** What may have to wait for its answer must not keep a thread. */
  private void askApi(HttpExchange exchange) throws IOException {
    boolean answered = true;
    try {
      answered = api.handle(exchange);
    } catch (RuntimeException e) {
      LOG.error("{} {} failed", exchange.getRequestMethod(), exchange.getRequestURI(), e);
      throw e;
    } finally {
      if (answered) {
        exchange.close();
      }
    }
  }

  /** Whoever asks before the API is there should ask again, not think that it is nowhere. */
  private static boolean apiStarts(HttpExchange exchange) throws IOException {
    Answers.tryAgain(exchange, "the API is starting");
    return true;
  }

  /** Does what is left to do for those who waited. */
  Executor executor() {
    return executor;
  }

  /** Serves every path that begins with {@code path}, unless a longer one is given too. */
  public void handle(String path, HttpHandler handler) {
    server.createContext(path, guarded(handler));
  }

  public int port() {
    return server.getAddress().getPort();
  }

  /** How it is secured, or null. */
  ServerTls tls() {
    return tls;
  }

  /** {@code http://host:port}, as bound; {@code https} with TLS. */
  public String address() {
    InetSocketAddress address = server.getAddress();
    return (tls == null ? "http://" : "https://")
        + address.getHostString()
        + ":"
        + address.getPort();
  }

  private static HttpHandler guarded(HttpHandler handler) {
    return exchange -> {
      try (exchange) {
        handler.handle(exchange);
      } catch (RuntimeException e) {
        LOG.error("{} {} failed", exchange.getRequestMethod(), exchange.getRequestURI(), e);
        throw e;
      }
    };
  }

  /** The JDK's server matches prefixes: {@code /metricsandmore} would be served too. */
  private static HttpHandler exact(String path, HttpHandler handler) {
    return exchange -> {
      if (!exchange.getRequestURI().getPath().equals(path)) {
        notFound(exchange);
      } else if (!isRead(exchange)) {
        exchange.getResponseHeaders().set("Allow", "GET, HEAD");
        json(exchange, 405, Map.of("error", "method not allowed"));
      } else {
        handler.handle(exchange);
      }
    };
  }

  private static boolean isRead(HttpExchange exchange) {
    return exchange.getRequestMethod().equals("GET") || exchange.getRequestMethod().equals("HEAD");
  }

  private static void notFound(HttpExchange exchange) throws IOException {
    json(exchange, 404, Map.of("error", "not found", "path", exchange.getRequestURI().getPath()));
  }

  private static void health(HttpExchange exchange, boolean good, HealthState health)
      throws IOException {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("status", good ? "UP" : "DOWN");
    body.put("details", health.details());
    json(exchange, good ? 200 : 503, body);
  }

  private static void metrics(HttpExchange exchange, PrometheusMeterRegistry registry)
      throws IOException {
    // Prometheus 3 refuses a scrape whose type it doesn't know, so say exactly what is sent.
    String accepted = exchange.getRequestHeaders().getFirst("Accept");
    String format = accepted != null && accepted.contains(OPEN_METRICS) ? OPEN_METRICS : PLAIN_TEXT;
    String version = format.equals(OPEN_METRICS) ? "1.0.0" : "0.0.4";
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    registry.scrape(body, format);
    send(exchange, 200, format + "; version=" + version + "; charset=utf-8", body.toByteArray());
  }

  /** Answers with JSON. */
  public static void json(HttpExchange exchange, int status, Object body) throws IOException {
    json(exchange, status, "application/json", body);
  }

  /** Answers with JSON of a type of its own. */
  static void json(HttpExchange exchange, int status, String contentType, Object body)
      throws IOException {
    send(exchange, status, contentType, JSON.writeValueAsBytes(body));
  }

  /** A text as JSON, in quotes. */
  static String text(String text) {
    return TextNode.valueOf(text).toString();
  }

  /** Answers with bytes; a HEAD request gets the headers alone. */
  public static void send(HttpExchange exchange, int status, String contentType, byte[] body)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Type", contentType);
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.sendResponseHeaders(status, -1);
      return;
    }
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }

  @Override
  public void close() {
    server.stop(0);
    executor.shutdown();
  }
}
