package io.fermata.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import com.marcnuri.helm.TemplateCommand;
import io.fermata.runtime.config.FermataConfig;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1Job;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1PodDisruptionBudget;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V1ServiceAccount;
import io.kubernetes.client.openapi.models.V1StatefulSet;
import io.kubernetes.client.openapi.models.V2HorizontalPodAutoscaler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The chart under the values in {@code helm/fermata/ci}, and what it refuses; both can be looked at
 * in {@code target/chart} afterwards.
 */
class ChartTest {

  private static final Path CHART = Path.of("helm/fermata");
  private static final YAMLMapper YAML = new YAMLMapper();

  /** How a kind is checked: by the types of Kubernetes' own API. */
  @FunctionalInterface
  private interface Kind {
    void check(JsonElement manifest) throws IOException;
  }

  private static final Map<String, Kind> KINDS =
      Map.of(
          "ConfigMap", V1ConfigMap::validateJsonElement,
          "HorizontalPodAutoscaler", V2HorizontalPodAutoscaler::validateJsonElement,
          "Job", V1Job::validateJsonElement,
          "NetworkPolicy", V1NetworkPolicy::validateJsonElement,
          "Pod", V1Pod::validateJsonElement,
          "PodDisruptionBudget", V1PodDisruptionBudget::validateJsonElement,
          "Service", V1Service::validateJsonElement,
          "ServiceAccount", V1ServiceAccount::validateJsonElement,
          "StatefulSet", V1StatefulSet::validateJsonElement);

  /** Of the Prometheus operator and of KEDA. */
  private static final Set<String> OTHERS = Set.of("ServiceMonitor", "ScaledObject");

  @TempDir Path folder;

  private Path chart;

  /** Of hooks nothing is rendered here, so the copy that is has them as ordinary manifests. */
  @BeforeEach
  void copy() throws IOException {
    chart = copyTo(folder.resolve("chart/fermata"));
    try (Stream<Path> files = Files.walk(chart)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.writeString(
            file, Files.readString(file).replace("helm.sh/hook", "example.com/was-hook"));
      }
    }
  }

  private static Path copyTo(Path target) throws IOException {
    Files.createDirectories(target.getParent());
    try (Stream<Path> files = Files.walk(CHART)) {
      for (Path file : files.toList()) {
        Files.copy(file, target.resolve(CHART.relativize(file).toString()));
      }
    }
    return target;
  }

  private TemplateCommand template() {
    return new Helm(chart)
        .template()
        .withName("live")
        .withNamespace("default")
        .withKubeVersion("1.33.0");
  }

  /** By kind and name; kinds of others than Kubernetes itself are not checked. */
  private static Map<String, JsonNode> render(TemplateCommand command) throws IOException {
    Map<String, JsonNode> manifests = new TreeMap<>();
    try (MappingIterator<JsonNode> documents =
        YAML.readerFor(JsonNode.class).readValues(command.call())) {
      while (documents.hasNext()) {
        JsonNode manifest = documents.next();
        if (manifest == null || manifest.isNull() || manifest.isEmpty()) {
          continue;
        }
        String kind = manifest.get("kind").asText();
        if (!OTHERS.contains(kind)) {
          assertThat(KINDS).containsKey(kind);
          KINDS.get(kind).check(JsonParser.parseString(manifest.toString()));
        }
        manifests.put(kind + "/" + manifest.at("/metadata/name").asText(), manifest);
      }
    }
    return manifests;
  }

  private Map<String, JsonNode> render(String values) throws IOException {
    return render(template().withValuesFile(CHART.resolve("ci").resolve(values)));
  }

  /** A copy of the chart with these values for its own: the linter looks at no others. */
  private Path withValues(Path values) throws IOException {
    Path copy = copyTo(folder.resolve("linted/fermata"));
    JsonNode merged = YAML.readTree(CHART.resolve("values.yaml").toFile());
    YAML.readerForUpdating(merged).readValue(values.toFile());
    YAML.writeValue(copy.resolve("values.yaml").toFile(), merged);
    return copy;
  }

  /** For people who want to see it. */
  private static Path shown(String name) throws IOException {
    Path file = Path.of("target/chart").resolve(name);
    Files.createDirectories(file.getParent());
    return file;
  }

  private static JsonNode container(Map<String, JsonNode> manifests) {
    return manifests.get("StatefulSet/live-fermata").at("/spec/template/spec/containers/0");
  }

  private static JsonNode pod(Map<String, JsonNode> manifests) {
    return manifests.get("StatefulSet/live-fermata").at("/spec/template");
  }

  private FermataConfig config(Map<String, JsonNode> manifests) throws IOException {
    Path file = folder.resolve("fermata.yaml");
    Files.writeString(
        file, manifests.get("ConfigMap/live-fermata").at("/data/fermata.yaml").asText());
    Map<String, String> environment = new HashMap<>();
    for (JsonNode variable : container(manifests).get("env")) {
      String name = variable.get("name").asText();
      if (name.startsWith("FERMATA_")) {
        environment.put(name, variable.path("value").asText("from elsewhere"));
      }
    }
    // Unknown keys and wrong values are refused.
    return FermataConfig.load(file, environment);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "minimal.yaml",
        "production.yaml",
        "tls-client-certificate.yaml",
        "own-rules.yaml",
        "without-disk.yaml",
        "everything-off.yaml",
        "autoscaling.yaml",
        "autoscaling-by-lag.yaml",
      })
  void shouldBeCleanAndMakeManifestsThatKubernetesTakes(String values) throws IOException {
    Path file = CHART.resolve("ci").resolve(values);
    LintResult lint = new Helm(withValues(file)).lint().strict().call();
    assertThat(lint.isFailed()).as(lint.getMessages().toString()).isFalse();
    Map<String, JsonNode> manifests = render(values);
    YAML.writeValue(shown(values).toFile(), manifests);
    assertThat(manifests)
        .containsKeys("StatefulSet/live-fermata", "Service/live-fermata", "ConfigMap/live-fermata");
    FermataConfig config = config(manifests);
    JsonNode pod = pod(manifests).get("spec");
    assertThat(config.streams().closeTimeout().toSeconds())
        .isLessThan(pod.get("terminationGracePeriodSeconds").asLong());
    assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
    assertThat(pod.at("/securityContext/seccompProfile/type").asText()).isEqualTo("RuntimeDefault");
    JsonNode container = container(manifests);
    assertThat(container.at("/securityContext/readOnlyRootFilesystem").asBoolean()).isTrue();
    assertThat(container.at("/securityContext/allowPrivilegeEscalation").asBoolean(true)).isFalse();
    assertThat(container.at("/livenessProbe/httpGet/path").asText()).isEqualTo("/health/live");
    assertThat(container.at("/readinessProbe/httpGet/path").asText()).isEqualTo("/health/ready");
  }

  @Test
  void shouldHandOnWhatAProductionSets() throws IOException {
    Map<String, JsonNode> manifests = render("production.yaml");
    FermataConfig config = config(manifests);
    assertThat(config.kafka().properties())
        .containsEntry("security.protocol", "SASL_SSL")
        .containsEntry("sasl.mechanism", "SCRAM-SHA-512")
        .containsEntry("ssl.truststore.location", "/etc/fermata/tls/ca.crt")
        .containsEntry("sasl.jaas.config", "from elsewhere");
    assertThat(config.http().tokensFile()).isEqualTo("/etc/fermata/api/tokens");
    assertThat(config.http().advertised())
        .isEqualTo("$(POD_NAME).live-fermata-instances.default.svc:8484");
    assertThat(config.topics().create()).isFalse();
    assertThat(config.streams().standbyReplicas()).isOne();
    assertThat(config.lateness().allowed()).hasDays(3);
    assertThat(manifests)
        .containsKeys(
            "Job/live-fermata-topics",
            "PodDisruptionBudget/live-fermata",
            "NetworkPolicy/live-fermata",
            "ServiceMonitor/live-fermata",
            "Service/live-fermata-instances",
            "Pod/live-fermata-test");
    assertThat(
            manifests
                .get("Service/live-fermata-instances")
                .at("/spec/publishNotReadyAddresses")
                .asBoolean())
        .isTrue();
    assertThat(
            manifests
                .get("StatefulSet/live-fermata")
                .at("/spec/volumeClaimTemplates/0/spec/resources/requests/storage")
                .asText())
        .isEqualTo("50Gi");
  }

  @Test
  void shouldRollThePodsWhenConfigurationOrRulesChange() throws IOException {
    String checksum = "/metadata/annotations/checksum~1config";
    String before = pod(render("own-rules.yaml")).at(checksum).asText();
    assertThat(before).hasSize(64);
    TemplateCommand same = template().withValuesFile(CHART.resolve("ci/own-rules.yaml"));
    assertThat(pod(render(same.set("resources.limits.memory", "2Gi"))).at(checksum).asText())
        .isEqualTo(before);
    TemplateCommand otherConfig = template().withValuesFile(CHART.resolve("ci/own-rules.yaml"));
    assertThat(pod(render(otherConfig.set("config.lateness.allowed", "P2D"))).at(checksum).asText())
        .isNotEqualTo(before);
    TemplateCommand otherRules = template().withValuesFile(CHART.resolve("ci/own-rules.yaml"));
    assertThat(pod(render(otherRules.set("rules.more\\.yaml", "rules: []"))).at(checksum).asText())
        .isNotEqualTo(before);
  }

  @Test
  void shouldScaleByItselfOnlyWhenToldAndByWhatIsTold() throws IOException {
    assertThat(render("production.yaml").keySet())
        .noneMatch(name -> name.startsWith("HorizontalPodAutoscaler") || name.startsWith("Scaled"));
    Map<String, JsonNode> byCpu = render("autoscaling.yaml");
    assertThat(byCpu)
        .containsKey("HorizontalPodAutoscaler/live-fermata")
        .doesNotContainKey("ScaledObject/live-fermata");
    Map<String, JsonNode> byLag = render("autoscaling-by-lag.yaml");
    assertThat(byLag).doesNotContainKey("HorizontalPodAutoscaler/live-fermata");
    JsonNode scaled = byLag.get("ScaledObject/live-fermata").get("spec");
    assertThat(scaled.at("/minReplicaCount").asInt()).isEqualTo(2);
    assertThat(scaled.at("/maxReplicaCount").asInt()).isEqualTo(6);
    JsonNode behavior = scaled.at("/advanced/horizontalPodAutoscalerConfig/behavior");
    assertThat(behavior)
        .isEqualTo(byCpu.get("HorizontalPodAutoscaler/live-fermata").at("/spec/behavior"));
    assertThat(scaled.get("triggers").findValuesAsText("topic"))
        .containsExactly("fermata.touchpoints", "fermata.inbox");
    for (JsonNode trigger : scaled.get("triggers")) {
      assertThat(trigger.get("type").asText()).isEqualTo("kafka");
      assertThat(trigger.at("/metadata/consumerGroup").asText()).isEqualTo("fermata-eu");
      // KEDA takes numbers as texts only.
      assertThat(trigger.at("/metadata/lagThreshold").isTextual()).isTrue();
      assertThat(trigger.at("/authenticationRef/name").asText()).isEqualTo("kafka");
    }
    for (Map<String, JsonNode> scaling : List.of(byCpu, byLag)) {
      assertThat(scaling.get("StatefulSet/live-fermata").at("/spec").has("replicas")).isFalse();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "autoscaling.by, memory, by",
    "replicas, 0, replicas",
    "replicas, many, replicas",
    "replica, 3, replica",
    "kafka.bootstrapServers, kafka, bootstrapServers",
    "kafka.securityProtocol, TLS, securityProtocol",
    "kafka.securityProtocol, SASL_SSL, kafka.sasl.mechanism",
    "registry.url, registry:8081, url",
    "persistence.size, plenty, size",
    "terminationGracePeriodSeconds, 5, terminationGracePeriodSeconds",
    "config.topics.partitions, 12, config.topics.partitions",
    "streams.threads, 7, more than topics.partitions",
    "streams.standbyReplicas, 1, streams.standbyReplicas",
  })
  void shouldRefuseValuesThatCannotWork(String key, String value, String told) {
    TemplateCommand command =
        template().withValuesFile(CHART.resolve("ci/minimal.yaml")).set(key, value);
    assertThatThrownBy(command::call)
        .hasMessageContaining(told)
        .satisfies(
            refusal ->
                Files.writeString(
                    shown("refused/" + key + " " + value.replace(':', '_') + ".txt"),
                    refusal.getMessage()));
  }

  @Test
  void shouldSayWhatIsMissingWhenNothingIsGiven() {
    assertThatThrownBy(() -> template().call())
        .hasMessageContaining("bootstrapServers")
        .hasMessageContaining("url");
  }

  @Test
  void shouldNotStartWithWhatTheSchemaDoesNotKnow() throws JsonProcessingException, IOException {
    JsonNode schema = YAML.readTree(CHART.resolve("values.schema.json").toFile());
    JsonNode values = YAML.readTree(CHART.resolve("values.yaml").toFile());
    values
        .properties()
        .forEach(value -> assertThat(schema.get("properties").has(value.getKey())).isTrue());
  }
}
