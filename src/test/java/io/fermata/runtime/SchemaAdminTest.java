package io.fermata.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fermata.codec.Schemas;
import io.fermata.codec.ValueCodecs;
import io.fermata.codec.registry.RegistryClient;
import io.fermata.codec.registry.RegistryConfig;
import io.fermata.embedded.EmbeddedRegistry;
import io.fermata.embedded.FreePorts;
import io.fermata.topology.Topics;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.kafka.common.serialization.Serializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SchemaAdminTest {

  private static final Topics TOPICS = Topics.withPrefix("x.");
  private static final SchemaAdmin.Waiter NEVER =
      time -> {
        throw new AssertionError("expected not to wait");
      };

  private EmbeddedRegistry registry;

  /** Stands for a serializer that isn't ours; it does the same. */
  public static final class ForeignSerializer implements Serializer<Object> {

    private final Serializer<Object> ours = new io.fermata.codec.FermataAvroSerializer();

    @Override
    public void configure(Map<String, ?> configs, boolean isKey) {
      ours.configure(configs, isKey);
    }

    @Override
    public byte[] serialize(String topic, Object value) {
      return ours.serialize(topic, value);
    }
  }

  @BeforeEach
  void start() throws IOException {
    registry = EmbeddedRegistry.start(0);
  }

  @AfterEach
  void stop() {
    registry.close();
  }

  private void prepare(Map<String, String> more) {
    Map<String, String> config = new HashMap<>(Map.of("schema.registry.url", registry.url()));
    config.putAll(more);
    try (ValueCodecs codecs = ValueCodecs.of(config)) {
      new SchemaAdmin(TOPICS, codecs).prepare(Duration.ZERO, NEVER);
    }
  }

  private Schema registered(String topic) {
    return new RegistryClient(RegistryConfig.of(Map.of("schema.registry.url", registry.url())))
        .latest(topic + "-value")
        .schema();
  }

  private static Schema schema(String name) {
    return Schemas.named("io.fermata.codec.avro." + name).orElseThrow();
  }

  @Test
  void shouldRegisterTheSchemaOfEveryTopic() {
    prepare(Map.of());
    assertThat(registered("x.touchpoints")).isEqualTo(schema("Touchpoint"));
    assertThat(registered("x.inbox")).isEqualTo(schema("InboxRecord"));
    assertThat(registered("x.alerts")).isEqualTo(schema("Alert"));
    assertThat(registered("x.alerts-latest")).isEqualTo(schema("Alert"));
    assertThat(registered("x.journeys")).isEqualTo(schema("Journey"));
    assertThat(registered("x.erasures")).isEqualTo(schema("Erasure"));
  }

  @Test
  void shouldRegisterThroughAnotherSerializerToo() {
    prepare(
        Map.of(
            "value.serializer",
            ForeignSerializer.class.getName(),
            "value.deserializer",
            "io.fermata.codec.FermataAvroDeserializer"));
    assertThat(registered("x.touchpoints")).isEqualTo(schema("Touchpoint"));
    assertThat(registered("x.inbox")).isEqualTo(schema("InboxRecord"));
  }

  @Test
  void shouldNameEverySchemaThatIsMissingWhenNobodyMayRegister() {
    assertThatThrownBy(() -> prepare(Map.of("auto.register.schemas", "false")))
        .isInstanceOf(SchemasRefusedException.class)
        .hasMessageContaining("x.touchpoints (io.fermata.codec.avro.Touchpoint): ")
        .hasMessageContaining("x.alerts (io.fermata.codec.avro.Alert): ");
    prepare(Map.of());
    prepare(Map.of("auto.register.schemas", "false"));
  }

  @Test
  void shouldNameASchemaThatIsIncompatible() {
    new RegistryClient(RegistryConfig.of(Map.of("schema.registry.url", registry.url())))
        .register(
            "x.alerts-value",
            SchemaBuilder.record("Alert")
                .namespace("io.fermata.codec.avro")
                .fields()
                .requiredInt("id")
                .endRecord());
    assertThatThrownBy(() -> prepare(Map.of()))
        .isInstanceOf(SchemasRefusedException.class)
        .hasMessageContaining("x.alerts (io.fermata.codec.avro.Alert): ")
        .hasMessageNotContaining("x.touchpoints");
  }

  @Test
  void shouldWaitForARegistryAndGiveUpInTheEnd() throws IOException {
    int port = FreePorts.free();
    Map<String, String> config =
        Map.of("schema.registry.url", "http://127.0.0.1:" + port, "max.retries", "0");
    try (ValueCodecs codecs = ValueCodecs.of(config)) {
      SchemaAdmin admin = new SchemaAdmin(TOPICS, codecs);
      assertThatThrownBy(() -> admin.prepare(Duration.ZERO, NEVER))
          .isInstanceOf(ClusterUnavailableException.class)
          .hasMessageContaining("127.0.0.1:" + port);
      List<EmbeddedRegistry> late = new ArrayList<>();
      admin.prepare(
          Duration.ofMinutes(1),
          time -> {
            assertThat(late).isEmpty();
            late.add(start(port));
            return true;
          });
      assertThat(late).hasSize(1);
      late.get(0).close();
    }
  }

  private static EmbeddedRegistry start(int port) {
    try {
      return EmbeddedRegistry.start(port);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void shouldStopWaitingWhenThePipelineEnds() throws IOException {
    Map<String, String> config =
        Map.of("schema.registry.url", "http://127.0.0.1:" + FreePorts.free(), "max.retries", "0");
    try (ValueCodecs codecs = ValueCodecs.of(config)) {
      assertThatThrownBy(
              () -> new SchemaAdmin(TOPICS, codecs).prepare(Duration.ofMinutes(1), time -> false))
          .isInstanceOf(ClusterUnavailableException.class)
          .hasMessageContaining("stopped");
    }
  }
}
