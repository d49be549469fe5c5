package io.fermata.serve;

import com.sun.net.httpserver.HttpExchange;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Who may use the API, and how often. Without tokens it answers on loopback only, and there only to
 * requests that name a loopback host, so that a page in somebody's browser cannot read it under a
 * name of its own.
 */
public final class ApiAccess {

  private static final String BEARER = "Bearer ";
  private static final Set<String> LOOPBACK_NAMES = Set.of("localhost", "127.0.0.1", "[::1]");

  private final List<byte[]> tokens;
  private final RequestLimits limits;

  /**
   * Why a request is refused.
   *
   * @param status of the answer
   * @param error for people
   * @param headers of the answer
   */
  record Refusal(int status, String error, Map<String, String> headers) {}

  /**
   * @param tokens that are taken; with none, loopback only
   * @param nanos a clock that never goes back
   */
  public ApiAccess(List<String> tokens, int requestsPerSecond, LongSupplier nanos) {
    this.tokens = tokens.stream().map(token -> token.getBytes(StandardCharsets.UTF_8)).toList();
    this.limits = new RequestLimits(requestsPerSecond, nanos);
  }

  /** Null for a request that is let in. */
  Refusal refusal(HttpExchange exchange) {
    String given = exchange.getRequestHeaders().getFirst("Authorization");
    int token =
        given != null && given.startsWith(BEARER) ? known(given.substring(BEARER.length())) : -1;
    // Who has no token is known by address, so that guessing tokens is slow.
    long wait =
        limits.secondsToWait(
            token >= 0
                ? "token " + token
                : exchange.getRemoteAddress().getAddress().getHostAddress());
    if (wait > 0) {
      return new Refusal(
          429,
          "more than " + limits.perSecond() + " requests in a second",
          Map.of("Retry-After", Long.toString(wait)));
    }
    if (token >= 0) {
      return null;
    }
    if (!tokens.isEmpty()) {
      return new Refusal(
          401,
          "expected the header Authorization: Bearer TOKEN",
          Map.of("WWW-Authenticate", "Bearer"));
    }
    return isLocal(exchange)
        ? null
        : new Refusal(
            403,
            "without tokens the API answers on loopback only; http.tokensFile names them",
            Map.of());
  }

  private static boolean isLocal(HttpExchange exchange) {
    InetAddress local = exchange.getLocalAddress().getAddress();
    String host = exchange.getRequestHeaders().getFirst("Host");
    String name = host == null ? "" : host.replaceFirst(":\\d+$", "");
    return local.isLoopbackAddress() && LOOPBACK_NAMES.contains(name);
  }

  /** Which token it is, or -1. */
  private int known(String token) {
    byte[] bytes = token.getBytes(StandardCharsets.UTF_8);
    int known = -1;
    for (int i = 0; i < tokens.size(); i++) {
      // All of them, and each to its end: how long it takes must not tell anything.
      known = MessageDigest.isEqual(tokens.get(i), bytes) ? i : known;
    }
    return known;
  }
}
