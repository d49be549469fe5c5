package io.fermata.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two tests per record: the defaults, and every property set. */
class ConfigRecordsTest {

  @TempDir Path folder;

  private static final FermataConfig DEFAULTS = FermataConfig.defaults();

  private FermataConfig read(String yaml) throws IOException {
    Path file = Files.writeString(folder.resolve("fermata.yaml"), yaml);
    return FermataConfig.load(file, Map.of());
  }

  @Nested
  class Kafka {
    @Test
    void shouldHaveDefaults() {
      assertThat(DEFAULTS.kafka()).isEqualTo(new KafkaConfig("localhost:9092", Map.of()));
    }

    @Test
    void shouldTakeEveryProperty() throws IOException {
      KafkaConfig kafka =
          read("""
                  kafka:
                    bootstrap.servers: a:1,b:2
                    security.protocol: SSL
                    consumer: {max.poll.records: 10}
                  """)
              .kafka();
      assertThat(kafka)
          .isEqualTo(
              new KafkaConfig(
                  "a:1,b:2",
                  Map.of("security.protocol", "SSL", "consumer.max.poll.records", "10")));
      assertThat(kafka.clientProperties())
          .containsEntry("bootstrap.servers", "a:1,b:2")
          .containsEntry("security.protocol", "SSL");
    }
  }

  @Nested
  class Registry {
    @Test
    void shouldHaveDefaults() {
      assertThat(DEFAULTS.registry())
          .isEqualTo(new RegistryConfig("http://localhost:8081", "", "", Map.of()));
    }

    @Test
    void shouldTakeEveryProperty() throws IOException {
      RegistryConfig registry =
          read("""
                  registry:
                    schema.registry.url: https://r:1
                    value.serializer: a.S
                    value.deserializer: a.D
                    basic.auth.user.info: u:p
                  """)
              .registry();
      assertThat(registry)
          .isEqualTo(
              new RegistryConfig(
                  "https://r:1", "a.S", "a.D", Map.of("basic.auth.user.info", "u:p")));
      assertThat(registry.serializerProperties())
          .isEqualTo(Map.of("schema.registry.url", "https://r:1", "basic.auth.user.info", "u:p"));
    }
  }

  @Nested
  class Topics {
    @Test
    void shouldHaveDefaults() {
      assertThat(DEFAULTS.topics())
          .isEqualTo(new TopicsConfig("fermata.", 6, -1, true, Duration.ofMinutes(2), ""));
    }

    @Test
    void shouldTakeEveryProperty() throws IOException {
      assertThat(
              read("""
                      topics:
                        prefix: x-
                        partitions: 3
                        replicationFactor: 2
                        create: false
                        startTimeout: PT1S
                        cloudEvents: urn:x
                      """)
                  .topics())
          .isEqualTo(new TopicsConfig("x-", 3, 2, false, Duration.ofSeconds(1), "urn:x"));
    }
  }

  @Nested
  class Lateness {
    @Test
    void shouldHaveDefaults() {
      assertThat(DEFAULTS.lateness())
          .isEqualTo(new LatenessConfig(Duration.ofDays(7), Duration.ofSeconds(30)));
    }

    @Test
    void shouldTakeEveryProperty() throws IOException {
      assertThat(read("lateness: {allowed: P1D, settle: PT0S}").lateness())
          .isEqualTo(new LatenessConfig(Duration.ofDays(1), Duration.ZERO));
    }
  }

  @Nested
  class Clock {
    @Test
    void shouldHaveDefaults() {
      assertThat(DEFAULTS.clock()).isEqualTo(new ClockConfig(Duration.ofMinutes(5)));
    }

    @Test
    void shouldTakeEveryProperty() throws IOException {
      assertThat(read("clock.maxSkew: PT1M").clock())
          .isEqualTo(new ClockConfig(Duration.ofMinutes(1)));
    }
  }

  @Nested
  class Journey {
    @Test
    void shouldHaveDefaults() {
      assertThat(DEFAULTS.journey())
          .isEqualTo(new JourneyConfig(Duration.ofDays(14), Duration.ofDays(3)));
    }

    @Test
    void shouldTakeEveryProperty() throws IOException {
      assertThat(read("journey: {gap: P2D, settle: P1D}").journey())
          .isEqualTo(new JourneyConfig(Duration.ofDays(2), Duration.ofDays(1)));
    }
  }

  @Nested
  class Identity {
    @Test
    void shouldHaveDefaults() {
      assertThat(DEFAULTS.identity())
          .isEqualTo(
              new IdentityConfig(
                  List.of(
                      "customer",
                      "account",
                      "loyalty",
                      "email",
                      "phone",
                      "social",
                      "device",
                      "cookie",
                      "call"),
                  List.of("unknown", "0000", "test@test"),
                  20));
    }

    @Test
    void shouldTakeEveryProperty() throws IOException {
      assertThat(
              read("""
                      identity:
                        order: [email, cookie]
                        ignore: nobody, none
                        maxLinks: 3
                      """)
                  .identity())
          .isEqualTo(new IdentityConfig(List.of("email", "cookie"), List.of("nobody", "none"), 3));
    }
  }

  @Nested
  class Rules {
    @Test
    void shouldHaveDefaults() {
      assertThat(DEFAULTS.rules()).isEqualTo(new RulesConfig(Path.of("rules")));
    }

    @Test
    void shouldTakeEveryProperty() throws IOException {
      assertThat(read("rules.path: /etc/rules").rules())
          .isEqualTo(new RulesConfig(Path.of("/etc/rules")));
    }
  }

  @Nested
  class State {
    @Test
    void shouldHaveDefaults() {
      assertThat(DEFAULTS.state())
          .isEqualTo(new StateConfig(Path.of("fermata-state"), 64L << 20, 192L << 20));
    }

    @Test
    void shouldTakeEveryProperty() throws IOException {
      assertThat(read("state: {dir: s, cacheBytes: 0, rocksdbBytes: 99999999}").state())
          .isEqualTo(new StateConfig(Path.of("s"), 0, 99_999_999));
    }
  }

  @Nested
  class Reservations {
    @Test
    void shouldHaveDefaults() {
      assertThat(DEFAULTS.reservations()).isEqualTo(new ReservationsConfig(Duration.ofMinutes(15)));
    }

    @Test
    void shouldTakeEveryProperty() throws IOException {
      assertThat(read("reservations.hold: PT1H").reservations())
          .isEqualTo(new ReservationsConfig(Duration.ofHours(1)));
    }
  }

  @Nested
  class Streams {
    @Test
    void shouldHaveDefaults() {
      assertThat(DEFAULTS.streams())
          .isEqualTo(
              new StreamingConfig(
                  "fermata", "", 1, 0, "classic", Duration.ofMillis(100), Duration.ofSeconds(20)));
    }

    @Test
    void shouldTakeEveryProperty() throws IOException {
      assertThat(
              read("""
                      streams:
                        applicationId: app
                        instanceId: one
                        threads: 2
                        standbyReplicas: 1
                        groupProtocol: streams
                        commitInterval: PT1S
                        closeTimeout: PT5S
                      """)
                  .streams())
          .isEqualTo(
              new StreamingConfig(
                  "app", "one", 2, 1, "streams", Duration.ofSeconds(1), Duration.ofSeconds(5)));
    }
  }

  @Nested
  class Limits {
    @Test
    void shouldHaveDefaults() {
      assertThat(DEFAULTS.limits()).isEqualTo(new LimitsConfig(262_144));
    }

    @Test
    void shouldTakeEveryProperty() throws IOException {
      assertThat(read("limits.recordBytes: 1000").limits()).isEqualTo(new LimitsConfig(1000));
    }
  }

  @Nested
  class Http {
    @Test
    void shouldHaveDefaults() {
      assertThat(DEFAULTS.http())
          .isEqualTo(new HttpConfig("127.0.0.1", 8484, "", "", 200, "", "", "", "", false));
    }

    @Test
    void shouldTakeEveryProperty() throws IOException {
      assertThat(
              read("http: {host: 0.0.0.0, port: 0, tokensFile: tokens, advertised: 'a:80',"
                      + " requestsPerSecond: 9, tlsCertificate: c.pem, tlsKey: k.pem,"
                      + " tlsKeystore: s.p12, tlsKeystorePassword: p, tlsEndsAtProxy: true}")
                  .http())
          .isEqualTo(
              new HttpConfig(
                  "0.0.0.0", 0, "tokens", "a:80", 9, "c.pem", "k.pem", "s.p12", "p", true));
    }
  }
}
