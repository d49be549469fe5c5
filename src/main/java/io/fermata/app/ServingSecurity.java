package io.fermata.app;

import io.fermata.runtime.config.ConfigurationException;
import io.fermata.runtime.config.HttpConfig;
import io.fermata.serve.ServerTls;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.List;

/**
 * Who may use the API and how it is reached: on loopback as it is, anywhere else with tokens, and
 * those never in the clear.
 *
 * @param tls null for plain HTTP
 */
record ServingSecurity(List<String> tokens, ServerTls tls) {

  /**
   * What a configuration comes to.
   *
   * @throws ConfigurationException when a file cannot be used, or tokens would go over a network
   *     without TLS
   */
  static ServingSecurity of(HttpConfig config) {
    List<String> tokens = ApiTokens.read(config.tokensFile());
    ServerTls tls = tls(config);
    if (!tokens.isEmpty() && tls == null && !config.tlsEndsAtProxy() && !isLoopback(config)) {
      throw new ConfigurationException(
          "http.host: on %s the tokens of http.tokensFile would cross the network in the clear;"
                  .formatted(config.host())
              + " expected http.tlsCertificate and http.tlsKey (or http.tlsKeystore), or"
              + " http.tlsEndsAtProxy: true where a proxy in front of it ends TLS");
    }
    return new ServingSecurity(tokens, tls);
  }

  private static ServerTls tls(HttpConfig config) {
    boolean pem = !config.tlsCertificate().isBlank() || !config.tlsKey().isBlank();
    boolean keystore = !config.tlsKeystore().isBlank();
    if (pem && keystore) {
      throw new ConfigurationException(
          "http.tlsKeystore: expected either it or http.tlsCertificate and http.tlsKey");
    }
    try {
      if (keystore) {
        return ServerTls.ofKeystore(Path.of(config.tlsKeystore()), config.tlsKeystorePassword());
      }
      if (!pem) {
        return null;
      }
      if (config.tlsCertificate().isBlank() || config.tlsKey().isBlank()) {
        throw new ConfigurationException(
            "http.tlsCertificate, http.tlsKey: expected both, found one");
      }
      return ServerTls.ofPem(Path.of(config.tlsCertificate()), Path.of(config.tlsKey()));
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException("http.tls: " + e.getMessage(), e);
    }
  }

  private static boolean isLoopback(HttpConfig config) {
    try {
      return InetAddress.getByName(config.host()).isLoopbackAddress();
    } catch (UnknownHostException e) {
      throw new ConfigurationException("http.host: no address of " + config.host(), e);
    }
  }
}
