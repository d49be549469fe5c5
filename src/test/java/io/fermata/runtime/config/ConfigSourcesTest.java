package io.fermata.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigSourcesTest {

  @TempDir Path folder;

  private Path file(String yaml) throws IOException {
    return Files.writeString(folder.resolve("fermata.yaml"), yaml);
  }

  private AbstractThrowableAssert<?, ? extends Throwable> assertRefused(String yaml)
      throws IOException {
    Path file = file(yaml);
    return assertThatThrownBy(() -> FermataConfig.load(file, Map.of()))
        .isInstanceOf(ConfigurationException.class);
  }

  private static AbstractThrowableAssert<?, ? extends Throwable> assertRefused(
      Map<String, String> environment) {
    return assertThatThrownBy(() -> FermataConfig.load(null, environment))
        .isInstanceOf(ConfigurationException.class);
  }

  @Test
  void shouldUseDefaultsWhenFileIsEmptyOrASectionHasNoKeys() throws IOException {
    assertThat(FermataConfig.load(file(""), Map.of())).isEqualTo(FermataConfig.defaults());
    assertThat(FermataConfig.load(file("# nothing\nkafka:\nhttp: {}\n"), Map.of()))
        .isEqualTo(FermataConfig.defaults());
  }

  @Test
  void shouldReportEveryProblemWithPlaceAndSuggestionWhenKeysAreUnknown() throws IOException {
    assertRefused("lateness:\n  alowed: P7D\nlimits:\n  recordBytes: many\nxyzzy: 1\n")
        .hasMessageContainingAll(
            "fermata.yaml:2:3: unknown key 'lateness.alowed'; did you mean 'lateness.allowed'?",
            "fermata.yaml:4:3: limits.recordBytes: expected a whole number, at least 1, found 'many'",
            "fermata.yaml:5:1: unknown key 'xyzzy'");
  }

  @Test
  void shouldSayWhatIsExpectedWhenValuesAreOfTheWrongKind() throws IOException {
    assertRefused("lateness.allowed: 7 days")
        .hasMessageContaining("expected an ISO-8601 duration such as PT30S or P7D, at least PT0S");
    assertRefused("topics.create: maybe").hasMessageContaining("expected true or false");
    assertRefused("topics.partitions: 0").hasMessageContaining("at least 1, found '0'");
    assertRefused("http.port: [1, 2]").hasMessageContaining("found [1, 2]");
    assertRefused("streams.groupProtocol: new")
        .hasMessageContaining("expected one of classic, streams, found 'new'");
    assertRefused("lateness.settle: PT-1S").hasMessageContaining("at least PT0S");
  }

  @Test
  void shouldRefuseTheFileWhenItIsNoUsableYaml() throws IOException {
    assertRefused("kafka: [unclosed").hasMessageContaining("fermata.yaml:1:");
    assertRefused("- a\n- b\n").hasMessageContaining("fermata.yaml:1:1: expected sections");
    assertRefused("http.port: 1\nhttp: {port: 2}\n")
        .hasMessageContainingAll("http.port is set twice", "fermata.yaml:1:1");
    assertRefused("identity.order: [{a: b}]").hasMessageContaining("a list of plain values");
    assertThatThrownBy(() -> FermataConfig.load(folder.resolve("absent.yaml"), Map.of()))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("absent.yaml: there is no such file");
  }

  @Test
  void shouldLetTheEnvironmentWinOverTheFile() throws IOException {
    FermataConfig config =
        FermataConfig.load(
            file("lateness: {allowed: P1D, settle: PT1S}\nkafka: {client.id: file}\n"),
            Map.of(
                "FERMATA_LATENESS_ALLOWED", "P2D",
                "FERMATA_KAFKA_BOOTSTRAP_SERVERS", "kafka:9092",
                "FERMATA_KAFKA_SECURITY_PROTOCOL", "SASL_SSL",
                "FERMATA_REGISTRY_SCHEMA_REGISTRY_URL", "http://registry",
                "FERMATA_TOPICS_REPLICATION_FACTOR", "3",
                "FERMATA_IDENTITY_ORDER", "email, cookie",
                "PATH", "/bin"));
    assertThat(config.lateness())
        .isEqualTo(new LatenessConfig(Duration.ofDays(2), Duration.ofSeconds(1)));
    assertThat(config.kafka())
        .isEqualTo(
            new KafkaConfig(
                "kafka:9092", Map.of("client.id", "file", "security.protocol", "SASL_SSL")));
    assertThat(config.registry().url()).isEqualTo("http://registry");
    assertThat(config.topics().replicationFactor()).isEqualTo(3);
    assertThat(config.identity().order()).isEqualTo(List.of("email", "cookie"));
  }

  @Test
  void shouldSuggestTheWholeKeyWhenItsSectionWasLeftOut() throws IOException {
    assertRefused("schema.registry.url: http://registry\n")
        .hasMessageContaining(
            "unknown key 'schema.registry.url'; did you mean 'registry.schema.registry.url'?");
  }

  @Test
  void shouldRefuseVariablesWhenTheyNameNoProperty() {
    assertRefused(Map.of("FERMATA_LATENES_ALLOWED", "P1D"))
        .hasMessageContainingAll(
            "environment variable FERMATA_LATENES_ALLOWED: no such property",
            "did you mean 'FERMATA_LATENESS_ALLOWED'?");
    assertRefused(Map.of("FERMATA_HTTP_PORT", "eighty"))
        .hasMessageContaining("environment variable FERMATA_HTTP_PORT: http.port: expected");
  }

  @Test
  void shouldIgnoreVariablesWhenTheyAreOfTheLauncherOrOfKubernetes() {
    Map<String, String> environment =
        Map.of(
            "FERMATA_LOG", "DEBUG",
            "FERMATA_JAVA_OPTS", "-Xmx1g",
            "FERMATA_SERVICE_HOST", "10.0.0.1",
            "FERMATA_SERVICE_PORT_HTTP", "8484",
            "FERMATA_PORT", "tcp://10.0.0.1:8484",
            "FERMATA_KAFKA_PORT_9092_TCP_ADDR", "10.0.0.2");
    assertThat(FermataConfig.load(null, environment)).isEqualTo(FermataConfig.defaults());
  }
}
