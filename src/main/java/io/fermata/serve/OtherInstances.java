package io.fermata.serve;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands a request on to the instance that has what it asks about, and its answer back. A request
 * counts how often it was handed on, so it cannot go round for good while instances disagree.
 */
final class OtherInstances {

  private static final Logger LOG = LoggerFactory.getLogger(OtherInstances.class);

  /** On a request that was handed on: how often. */
  private static final String HANDED_ON = "Fermata-Handed-On";

  /** More than a chain of names takes, each of which may lie elsewhere. */
  private static final int MOST_HOPS = 8;

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final String scheme;
  private final HttpClient client;

  /**
   * @param scheme {@code http} or {@code https}
   */
  OtherInstances(String scheme, HttpClient.Builder client) {
    this.scheme = scheme;
    this.client = client.connectTimeout(PATIENCE).build();
  }

  /**
   * Hands a request on.
   *
   * @param pathAndQuery what to ask there, percent-encoded
   * @param body of a POST, null for a GET
   */
  void handOn(HttpExchange exchange, String authority, String pathAndQuery, byte[] body)
      throws IOException {
    int hops = hops(exchange);
    if (hops >= MOST_HOPS) {
      Answers.tryAgain(exchange, "the instances do not agree yet on who has what is asked about");
      return;
    }
    HttpRequest.Builder request = request(exchange, authority, pathAndQuery, hops + 1);
    if (body != null) {
      request.POST(HttpRequest.BodyPublishers.ofByteArray(body));
    }
    try {
      HttpResponse<byte[]> answer =
          client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
      answer
          .headers()
          .firstValue("Retry-After")
          .ifPresent(after -> exchange.getResponseHeaders().set("Retry-After", after));
      HttpServer.send(
          exchange,
          answer.statusCode(),
          answer.headers().firstValue("Content-Type").orElse(Answers.JSON),
          answer.body());
    } catch (IOException e) {
      LOG.warn("The instance at {} did not answer", authority, e);
      Answers.tryAgain(exchange, "the instance that has what is asked about does not answer");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      Answers.tryAgain(exchange, "this instance is ending");
    }
  }

  /** Whether a request comes from another instance, which asks every one of them itself. */
  static boolean isHandedOn(HttpExchange exchange) {
    return exchange.getRequestHeaders().containsKey(HANDED_ON);
  }

  /**
   * Asks another instance the same, about what it has itself.
   *
   * @throws ScoreSource.NotReadyException when it does not tell
   */
  byte[] ask(HttpExchange exchange, String authority) {
    HttpRequest.Builder request =
        request(exchange, authority, exchange.getRequestURI().toASCIIString(), 1);
    try {
      HttpResponse<byte[]> answer =
          client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
      if (answer.statusCode() == 200) {
        return answer.body();
      }
      throw new ScoreSource.NotReadyException(
          "another instance answered with the status " + answer.statusCode(), null);
    } catch (IOException e) {
      LOG.warn("The instance at {} did not answer", authority, e);
      throw new ScoreSource.NotReadyException("another instance does not answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ScoreSource.NotReadyException("this instance is ending", e);
    }
  }

  /** With the token that was given here. */
  private HttpRequest.Builder request(
      HttpExchange exchange, String authority, String pathAndQuery, int hops) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(scheme + "://" + authority + pathAndQuery))
            .timeout(PATIENCE)
            .header(HANDED_ON, Integer.toString(hops));
    String token = exchange.getRequestHeaders().getFirst("Authorization");
    return token == null ? request : request.header("Authorization", token);
  }

  private static int hops(HttpExchange exchange) {
    String hops = exchange.getRequestHeaders().getFirst(HANDED_ON);
    return hops != null && hops.matches("\\d") ? Integer.parseInt(hops) : hops == null ? 0 : 9;
  }
}
