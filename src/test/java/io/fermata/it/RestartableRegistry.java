package io.fermata.it;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fermata.codec.registry.RegistryClient;
import io.fermata.codec.registry.RegistryConfig;
import io.fermata.embedded.EmbeddedRegistry;
import io.fermata.embedded.FreePorts;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import org.apache.avro.Schema;

/**
 * A registry whose port closes and opens again, and which then has every schema that it had: the
 * embedded one keeps them in memory only, so it stays, and what is closed is the door before it.
 */
final class RestartableRegistry implements AutoCloseable {

  private final HttpClient client = HttpClient.newHttpClient();
  private final EmbeddedRegistry registry;
  private final int port;
  private HttpServer door;
  private volatile boolean refusing;

  RestartableRegistry() throws IOException {
    registry = EmbeddedRegistry.start(0);
    port = FreePorts.free();
    bringBack();
  }

  String url() {
    return "http://127.0.0.1:" + port;
  }

  /** The id of a schema that some other producer writes. */
  int register(String subject, Schema schema) {
    return new RegistryClient(RegistryConfig.of(Map.of("schema.registry.url", url())))
        .register(subject, schema);
  }

  void takeDown() {
    door.stop(0);
    door = null;
  }

  void bringBack() throws IOException {
    door = HttpServer.create(new InetSocketAddress("127.0.0.1", port), 0);
    door.createContext("/", this::pass);
    door.start();
  }

  /** Whether it says no to everything, as when credentials have expired. */
  void setRefusing(boolean refuses) {
    refusing = refuses;
  }

  private void pass(HttpExchange exchange) throws IOException {
    try (exchange) {
      if (refusing) {
        exchange.sendResponseHeaders(401, -1);
        return;
      }
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(registry.url() + exchange.getRequestURI()))
              .method(
                  exchange.getRequestMethod(),
                  BodyPublishers.ofByteArray(exchange.getRequestBody().readAllBytes()))
              .build();
      HttpResponse<byte[]> answer = client.send(request, BodyHandlers.ofByteArray());
      exchange.sendResponseHeaders(answer.statusCode(), answer.body().length);
      exchange.getResponseBody().write(answer.body());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  @Override
  public void close() {
    if (door != null) {
      takeDown();
    }
    registry.close();
  }
}
