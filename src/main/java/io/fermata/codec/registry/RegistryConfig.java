package io.fermata.codec.registry;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.security.ssl.DefaultSslEngineFactory;

/**
 * How to reach the registry, under Confluent's property names.
 *
 * @param urls {@code schema.registry.url}, several separated by commas, tried in turn
 * @param authorization value of the header of that name: from {@code basic.auth.user.info} (also
 *     with the prefix {@code schema.registry.}), or from the URL with {@code
 *     basic.auth.credentials.source=URL}
 * @param tls from {@code schema.registry.ssl.*}, Kafka's own properties behind the prefix
 * @param autoRegister {@code auto.register.schemas}, default true
 * @param useLatest {@code use.latest.version}, default false: write in the subject's latest schema
 * @param maxRetries {@code max.retries}, default 3, rounds over all URLs after the first
 * @param retryWait {@code retries.wait.ms}, default 1000, doubled from retry to retry
 * @param retryMaxWait {@code retries.max.wait.ms}, default 20000
 * @param connectTimeout {@code http.connect.timeout.ms}, default 10000
 * @param readTimeout {@code http.read.timeout.ms}, default 10000
 * @param cacheSize {@code max.schemas.per.subject}, default 1000: schemas kept in memory
 * @param missingIdTtl {@code missing.id.cache.ttl.sec}, default 5: how long an unknown id is not
 *     asked for again
 */
public record RegistryConfig(
    List<URI> urls,
    Optional<String> authorization,
    Optional<SSLContext> tls,
    boolean autoRegister,
    boolean useLatest,
    int maxRetries,
    Duration retryWait,
    Duration retryMaxWait,
    Duration connectTimeout,
    Duration readTimeout,
    int cacheSize,
    Duration missingIdTtl) {

  private static final String PREFIX = "schema.registry.";

  /**
   * Reads the properties; those that are not about the registry are left alone.
   *
   * @throws ConfigException naming the property, its value and what was expected
   */
  public static RegistryConfig of(Map<String, ?> properties) {
    List<URI> urls = new ArrayList<>();
    List<String> urlUsers = new ArrayList<>();
    for (String url : urlTexts(properties)) {
      URI uri = uri(url.strip());
      if (uri.getUserInfo() != null) {
        urlUsers.add(uri.getUserInfo());
      }
      urls.add(withoutUserInfo(uri));
    }
    return new RegistryConfig(
        List.copyOf(urls),
        authorization(properties, urlUsers),
        tls(properties),
        bool(properties, "auto.register.schemas", true),
        bool(properties, "use.latest.version", false),
        whole(properties, "max.retries", 3, 0),
        millis(properties, "retries.wait.ms", 1_000),
        millis(properties, "retries.max.wait.ms", 20_000),
        millis(properties, "http.connect.timeout.ms", 10_000),
        millis(properties, "http.read.timeout.ms", 10_000),
        whole(properties, "max.schemas.per.subject", 1_000, 1),
        Duration.ofSeconds(whole(properties, "missing.id.cache.ttl.sec", 5, 0)));
  }

  private static List<String> urlTexts(Map<String, ?> properties) {
    Object value = properties.get("schema.registry.url");
    if (value instanceof List<?> list && !list.isEmpty()) {
      return list.stream().map(String::valueOf).toList();
    }
    if (value == null || value.toString().isBlank()) {
      throw new ConfigException(
          "schema.registry.url is missing, expected for instance http://localhost:8081");
    }
    return List.of(value.toString().split(",", -1));
  }

  private static URI uri(String url) {
    try {
      URI uri = new URI(url.endsWith("/") ? url.substring(0, url.length() - 1) : url);
      String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
      if ((scheme.equals("http") || scheme.equals("https")) && uri.getHost() != null) {
        return uri;
      }
    } catch (URISyntaxException e) {
      throw badUrl(e.getReason());
    }
    throw badUrl("no http or https URL");
  }

  private static ConfigException badUrl(String problem) {
    // The value may hold a password, so it isn't repeated.
    return new ConfigException(
        "schema.registry.url: " + problem + ", expected for instance http://localhost:8081");
  }

  private static URI withoutUserInfo(URI uri) {
    try {
      return new URI(
          uri.getScheme(), null, uri.getHost(), uri.getPort(), uri.getPath(), null, null);
    } catch (URISyntaxException e) {
      throw badUrl(e.getReason());
    }
  }

  private static Optional<String> authorization(Map<String, ?> properties, List<String> urlUsers) {
    String source = text(properties, "basic.auth.credentials.source", "");
    String info = text(properties, "basic.auth.user.info", "");
    String credentials =
        switch (source.toUpperCase(Locale.ROOT)) {
          case "" -> !info.isEmpty() ? info : urlUsers.isEmpty() ? "" : urlUsers.get(0);
          case "URL" ->
              urlUsers.stream()
                  .findFirst()
                  .orElseThrow(
                      () ->
                          new ConfigException(
                              "schema.registry.url has no user:password, as"
                                  + " basic.auth.credentials.source=URL asks for"));
          case "USER_INFO" -> {
            if (info.isEmpty()) {
              throw new ConfigException(
                  "basic.auth.user.info is missing, expected user:password as"
                      + " basic.auth.credentials.source=USER_INFO asks for");
            }
            yield info;
          }
          default ->
              throw new ConfigException(
                  "basic.auth.credentials.source is " + source + ", expected USER_INFO or URL");
        };
    return credentials.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "Basic "
                + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8)));
  }

  /** Kafka's own reading of {@code ssl.*}: JKS, PKCS12 and PEM stores, keys and passwords. */
  private static Optional<SSLContext> tls(Map<String, ?> properties) {
    Map<String, Object> given = new HashMap<>();
    for (Map.Entry<String, ?> entry : properties.entrySet()) {
      if (entry.getKey().startsWith(PREFIX + "ssl.") && entry.getValue() != null) {
        given.put(entry.getKey().substring(PREFIX.length()), entry.getValue());
      }
    }
    if (given.isEmpty()) {
      return Optional.empty();
    }
    Map<String, Object> parsed = new ConfigDef().withClientSslSupport().parse(given);
    try (DefaultSslEngineFactory factory = new DefaultSslEngineFactory()) {
      factory.configure(parsed);
      return Optional.of(factory.sslContext());
    }
  }

  private static String text(Map<String, ?> properties, String name, String otherwise) {
    Object value = properties.get(name);
    if (value == null) {
      value = properties.get(PREFIX + name);
    }
    return value == null
        ? otherwise
        : value instanceof Password password ? password.value() : value.toString().strip();
  }

  private static boolean bool(Map<String, ?> properties, String name, boolean otherwise) {
    String value = text(properties, name, String.valueOf(otherwise)).toLowerCase(Locale.ROOT);
    return switch (value) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new ConfigException(name + " is " + value + ", expected true or false");
    };
  }

  private static int whole(Map<String, ?> properties, String name, int otherwise, int least) {
    String value = text(properties, name, String.valueOf(otherwise));
    try {
      int whole = Integer.parseInt(value);
      if (whole >= least) {
        return whole;
      }
    } catch (NumberFormatException e) {
      throw new ConfigException(name + " is " + value + ", expected a whole number");
    }
    throw new ConfigException(name + " is " + value + ", expected at least " + least);
  }

  private static Duration millis(Map<String, ?> properties, String name, int otherwise) {
    return Duration.ofMillis(whole(properties, name, otherwise, 1));
  }
}
