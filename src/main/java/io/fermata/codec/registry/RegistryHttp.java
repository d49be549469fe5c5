package io.fermata.codec.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.random.RandomGenerator;

/** Requests to the registry: over its addresses in turn, again after a while, until one answers. */
final class RegistryHttp {

  private static final String MEDIA_TYPE = "application/vnd.schemaregistry.v1+json";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final RegistryConfig config;
  private final HttpClient http;
  private final Backoff backoff;
  private final Sleeper sleeper;
  private volatile int lastGood;

  RegistryHttp(RegistryConfig config, RandomGenerator random, Sleeper sleeper) {
    this.config = config;
    this.backoff = new Backoff(config.retryWait(), config.retryMaxWait(), random);
    this.sleeper = sleeper;
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .connectTimeout(config.connectTimeout());
    config.tls().ifPresent(builder::sslContext);
    this.http = builder.build();
  }

  JsonNode get(String path) {
    return exchange("GET", path, HttpRequest.BodyPublishers.noBody());
  }

  JsonNode post(String path, JsonNode body) {
    return exchange("POST", path, HttpRequest.BodyPublishers.ofString(body.toString()));
  }

  /**
   * @throws RegistryUnavailableException when no address answered in any round
   * @throws RegistryRefusedException when one answered no
   */
  private JsonNode exchange(String method, String path, HttpRequest.BodyPublisher body) {
    for (int retry = 0; ; retry++) {
      try {
        return round(method, path, body);
      } catch (RegistryUnavailableException e) {
        if (retry >= config.maxRetries()) {
          throw e;
        }
        pause(backoff.before(retry));
      }
    }
  }

  private JsonNode round(String method, String path, HttpRequest.BodyPublisher body) {
    int first = lastGood;
    RegistryUnavailableException last = null;
    for (int i = 0; i < config.urls().size(); i++) {
      int index = (first + i) % config.urls().size();
      try {
        JsonNode answer = send(config.urls().get(index), method, path, body);
        lastGood = index;
        return answer;
      } catch (RegistryUnavailableException e) {
        if (last != null) {
          e.addSuppressed(last);
        }
        last = e;
      }
    }
    throw last;
  }

  private JsonNode send(URI base, String method, String path, HttpRequest.BodyPublisher body) {
    URI uri = URI.create(base + path);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri)
            .timeout(config.readTimeout())
            .header("Accept", MEDIA_TYPE + ", application/json")
            .header("Content-Type", MEDIA_TYPE)
            .method(method, body);
    config.authorization().ifPresent(value -> request.header("Authorization", value));
    HttpResponse<String> response;
    try {
      response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new RegistryUnavailableException(
          "the schema registry at " + base + " cannot be reached: " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RegistryUnavailableException(
          "interrupted while asking the schema registry at " + base, e);
    }
    return answer(method + " " + uri, response);
  }

  private static JsonNode answer(String request, HttpResponse<String> response) {
    int status = response.statusCode();
    JsonNode body = parse(response.body());
    if (status / 100 == 2 && body != null) {
      return body;
    }
    int code = body == null ? status : body.path("error_code").asInt(status);
    String said =
        request
            + " was answered "
            + status
            + (code == status ? "" : "/" + code)
            + ": "
            + (body == null ? "no JSON" : body.path("message").asText("no message"));
    if (status >= 500 || status == 429 || status == 408) {
      throw new RegistryUnavailableException(said, null);
    }
    throw new RegistryRefusedException(said + hint(status, code), status, code);
  }

  private static String hint(int status, int code) {
    return switch (status) {
      case 401, 403 -> "; check basic.auth.user.info and the rights of its user";
      case 404 -> code == status ? "; is schema.registry.url the base address of its API?" : "";
      case 409 -> "; the schema breaks the compatibility that is set for the subject";
      default -> status / 100 == 2 ? "; is schema.registry.url the base address of its API?" : "";
    };
  }

  private static JsonNode parse(String body) {
    try {
      JsonNode node = JSON.readTree(body);
      return node.isMissingNode() ? null : node;
    } catch (JsonProcessingException notTheRegistry) {
      return null;
    }
  }

  private void pause(Duration duration) {
    try {
      sleeper.sleep(duration);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RegistryUnavailableException("interrupted while waiting for the registry", e);
    }
  }
}
