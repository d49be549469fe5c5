package io.fermata.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fermata.runtime.config.ConfigurationException;
import io.fermata.runtime.config.FermataConfig;
import io.fermata.runtime.config.HttpConfig;
import io.fermata.serve.Certificates;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServingSecurityTest {

  @TempDir Path folder;

  private static HttpConfig http(String... keysAndValues) {
    Map<String, String> environment = new HashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      environment.put("FERMATA_HTTP_" + keysAndValues[i], keysAndValues[i + 1]);
    }
    return FermataConfig.load(null, environment).http();
  }

  private String tokens() throws Exception {
    return Files.writeString(folder.resolve("tokens"), "0123456789abcdef\n").toString();
  }

  @Test
  void shouldServeOnLoopbackAsItIs() throws Exception {
    assertThat(ServingSecurity.of(http()).tls()).isNull();
    assertThat(ServingSecurity.of(http("TOKENS_FILE", tokens())).tokens()).hasSize(1);
    assertThat(ServingSecurity.of(http("HOST", "localhost", "TOKENS_FILE", tokens())).tls())
        .isNull();
  }

  @Test
  void shouldNotTakeTokensInTheClearAnywhereElse() throws Exception {
    String tokens = tokens();
    assertThatThrownBy(() -> ServingSecurity.of(http("HOST", "0.0.0.0", "TOKENS_FILE", tokens)))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("http.host: on 0.0.0.0")
        .hasMessageContaining("http.tlsCertificate")
        .hasMessageContaining("http.tlsEndsAtProxy: true");
    assertThat(
            ServingSecurity.of(
                    http("HOST", "0.0.0.0", "TOKENS_FILE", tokens, "TLS_ENDS_AT_PROXY", "true"))
                .tls())
        .isNull();
    // Without tokens the API is closed to others, and health and metrics tell nothing of anybody.
    assertThat(ServingSecurity.of(http("HOST", "0.0.0.0")).tokens()).isEmpty();
  }

  @Test
  void shouldReadCertificatesOfBothKinds() throws Exception {
    for (String algorithm : new String[] {"RSA", "EC"}) {
      Certificates made = Certificates.make(folder, algorithm);
      assertThat(
              ServingSecurity.of(
                      http(
                          "HOST",
                          "0.0.0.0",
                          "TOKENS_FILE",
                          tokens(),
                          "TLS_CERTIFICATE",
                          made.certificate().toString(),
                          "TLS_KEY",
                          made.key().toString()))
                  .tls())
          .as(algorithm)
          .isNotNull();
      assertThat(
              ServingSecurity.of(
                      http(
                          "TLS_KEYSTORE",
                          made.keystore().toString(),
                          "TLS_KEYSTORE_PASSWORD",
                          Certificates.PASSWORD))
                  .tls())
          .as(algorithm)
          .isNotNull();
    }
  }

  @Test
  void shouldSayWhatIsWrongWithCertificates() throws Exception {
    Certificates made = Certificates.make(folder, "EC");
    String certificate = made.certificate().toString();
    Map<HttpConfig, String> wrong =
        Map.of(
            http("TLS_CERTIFICATE", certificate),
            "expected both, found one",
            http("TLS_CERTIFICATE", certificate, "TLS_KEY", "k", "TLS_KEYSTORE", "s"),
            "expected either",
            http("TLS_CERTIFICATE", certificate, "TLS_KEY", certificate),
            "expected -----BEGIN PRIVATE KEY-----",
            http("TLS_CERTIFICATE", folder.resolve("none").toString(), "TLS_KEY", "k"),
            "cannot be used",
            http("TLS_KEYSTORE", made.keystore().toString(), "TLS_KEYSTORE_PASSWORD", "wrong"),
            "cannot be used");
    wrong.forEach(
        (config, message) ->
            assertThatThrownBy(() -> ServingSecurity.of(config))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("http.tls")
                .hasMessageContaining(message));
  }
}
