package io.fermata.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fermata.codec.avro.Erasure;
import io.fermata.codec.registry.RegistryClient;
import io.fermata.codec.registry.RegistryConfig;
import io.fermata.codec.registry.RegistryRefusedException;
import io.fermata.codec.registry.RegistryUnavailableException;
import io.fermata.embedded.EmbeddedRegistry;
import io.fermata.model.Alert;
import io.fermata.model.DeadLetterReason;
import io.fermata.model.Outcome;
import io.fermata.model.Touchpoint;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ValueCodecsTest {

  private static final String TOPIC = "fermata.touchpoints";
  private static final long SEED = 7;

  private EmbeddedRegistry registry;
  private Map<String, Object> config;
  private final Random random = new Random(SEED);

  @BeforeEach
  void startRegistry() throws IOException {
    registry = EmbeddedRegistry.start(0);
    config = new HashMap<>();
    config.put("schema.registry.url", registry.url());
    config.put("max.retries", "0");
  }

  @AfterEach
  void stopRegistry() {
    registry.close();
  }

  /** Somebody else's serializer, which knows Avro's generic records only. */
  public static final class GenericOnlySerializer implements Serializer<Object> {
    private final FermataAvroSerializer inner = new FermataAvroSerializer();

    @Override
    public void configure(Map<String, ?> configs, boolean isKey) {
      inner.configure(configs, isKey);
    }

    @Override
    public byte[] serialize(String topic, Object value) {
      return inner.serialize(topic, GenericRecord.class.cast(value));
    }
  }

  /** Its deserializer, which gives generic records in the writer's schema. */
  public static final class GenericOnlyDeserializer implements Deserializer<Object> {
    private final FermataAvroDeserializer inner = new FermataAvroDeserializer();

    @Override
    public void configure(Map<String, ?> configs, boolean isKey) {
      Map<String, Object> generic = new HashMap<>(configs);
      generic.put(FermataAvroDeserializer.SPECIFIC, "false");
      inner.configure(generic, isKey);
    }

    @Override
    public Object deserialize(String topic, byte[] framed) {
      return inner.deserialize(topic, framed);
    }
  }

  @Test
  void shouldReadWithOneSerializerWhatTheOtherWrote() {
    Map<String, Object> other = new HashMap<>(config);
    other.put("value.serializer", GenericOnlySerializer.class.getName());
    try (ValueCodecs ours = ValueCodecs.of(config);
        ValueCodecs theirs = ValueCodecs.of(other)) {
      for (int i = 0; i < 200; i++) {
        Touchpoint touchpoint = RandomRecords.touchpoint(random);
        byte[] byUs = ours.touchpoints().serialize(TOPIC, touchpoint);
        byte[] byThem = theirs.touchpoints().serialize(TOPIC, touchpoint);
        assertThat(Arrays.copyOf(byUs, Framing.HEADER))
            .as("magic byte and schema id")
            .isEqualTo(Arrays.copyOf(byThem, Framing.HEADER));
        assertThat(theirs.touchpoints().deserialize(TOPIC, byUs))
            .as("seed %d, record %d", SEED, i)
            .isEqualTo(touchpoint);
        assertThat(ours.touchpoints().deserialize(TOPIC, byThem))
            .as("seed %d, record %d", SEED, i)
            .isEqualTo(touchpoint);
      }
    }
  }

  @Test
  void shouldReadPartOfAnArrayAndKeepNulls() {
    ValueCodec<Alert> alerts = ValueCodecs.of(config).alerts();
    Alert alert = RandomRecords.alert(random);
    byte[] framed = alerts.serialize("alerts", alert);
    byte[] padded = new byte[framed.length + 5];
    System.arraycopy(framed, 0, padded, 3, framed.length);

    assertThat(alerts.deserialize("alerts", padded, 3, framed.length)).isEqualTo(alert);
    assertThat(alerts.serialize("alerts", null)).isNull();
    assertThat(alerts.serde().deserializer().deserialize("alerts", null)).isNull();
    assertThat(alerts.serde().deserializer().deserialize("alerts", framed)).isEqualTo(alert);
  }

  @Test
  void shouldResolveWhatANewerProducerWrote() {
    String newer =
        TouchpointCodec.INSTANCE
            .schema()
            .toString()
            .replace("\"RESOLVED\"", "\"DELIGHTED\",\"RESOLVED\"")
            .replace(
                "{\"name\":\"channel\"",
                "{\"name\":\"mood\",\"type\":\"int\",\"default\":0},{\"name\":\"channel\"");
    Schema schema = new Schema.Parser().parse(newer);
    Touchpoint touchpoint =
        RandomRecords.touchpoint(random).toBuilder().outcome(Outcome.RESOLVED).build();
    GenericData.Record record = new GenericData.Record(schema);
    GenericData.Record current = GenericRecords.of(touchpoint, TouchpointCodec.INSTANCE.schema());
    for (Schema.Field field : current.getSchema().getFields()) {
      record.put(field.name(), current.get(field.pos()));
    }
    record.put("mood", 5);
    Schema outcome = schema.getField("outcome").schema().getTypes().get(1);
    record.put("outcome", new GenericData.EnumSymbol(outcome, "DELIGHTED"));
    FermataAvroSerializer serializer = new FermataAvroSerializer();
    serializer.configure(config, false);
    byte[] framed = serializer.serialize(TOPIC, record);

    assertThat(ValueCodecs.of(config).touchpoints().deserialize(TOPIC, framed))
        .isEqualTo(touchpoint.toBuilder().outcome(Outcome.UNKNOWN).build());
  }

  @Test
  void shouldGiveModelRecordsOrGenericOnesAsConfigured() {
    Touchpoint touchpoint = RandomRecords.touchpoint(random);
    FermataAvroSerializer serializer = new FermataAvroSerializer();
    serializer.configure(config, false);
    byte[] framed = serializer.serialize(TOPIC, touchpoint);
    FermataAvroDeserializer specific = new FermataAvroDeserializer();
    specific.configure(config, false);
    config.put(FermataAvroDeserializer.SPECIFIC, "false");
    FermataAvroDeserializer generic = new FermataAvroDeserializer();
    generic.configure(config, false);

    assertThat(specific.deserialize(TOPIC, framed)).isEqualTo(touchpoint);
    assertThat(((GenericRecord) generic.deserialize(TOPIC, framed)).get("id"))
        .hasToString(touchpoint.id());
    assertThatThrownBy(() -> serializer.serialize(TOPIC, "text"))
        .isInstanceOf(SerializationException.class)
        .hasMessageContaining("java.lang.String, expected a record of io.fermata.model");
  }

  @Test
  void shouldTakeSpecificRecords() {
    FermataAvroSerializer serializer = new FermataAvroSerializer();
    serializer.configure(config, false);
    FermataAvroDeserializer deserializer = new FermataAvroDeserializer();
    deserializer.configure(config, false);
    Erasure erasure = new Erasure(Instant.ofEpochMilli(1_000), "asked for");

    assertThat(deserializer.deserialize("erasures", serializer.serialize("erasures", erasure)))
        .isEqualTo(new io.fermata.model.Erasure(1_000, "asked for"));
  }

  @Test
  void shouldSayWhyAValueCannotBeRead() {
    ValueCodec<Touchpoint> touchpoints = ValueCodecs.of(config).touchpoints();
    byte[] framed = touchpoints.serialize(TOPIC, RandomRecords.touchpoint(random));
    byte[] wrongMagic = framed.clone();
    wrongMagic[0] = 1;
    byte[] wrongId = ByteBuffer.wrap(framed.clone()).putInt(1, 4_711).array();

    for (byte[] bad : new byte[][] {{}, {0, 0}, wrongMagic, Arrays.copyOf(framed, 9)}) {
      assertThat(refusal(touchpoints, bad).reason()).isEqualTo(DeadLetterReason.UNDECODABLE);
    }
    assertThat(refusal(touchpoints, wrongId).reason()).isEqualTo(DeadLetterReason.UNKNOWN_SCHEMA);
  }

  @Test
  void shouldSayUndecodableWhenTheWriterWroteSomethingElse() {
    Schema order =
        new Schema.Parser()
            .parse(
                "{\"type\":\"record\",\"name\":\"Order\",\"fields\":[{\"name\":\"n\",\"type\":\"int\"}]}");
    GenericData.Record record = new GenericData.Record(order);
    record.put("n", 1);
    FermataAvroSerializer serializer = new FermataAvroSerializer();
    serializer.configure(config, false);
    byte[] framed = serializer.serialize("orders", record);

    UnreadableRecordException refusal = refusal(ValueCodecs.of(config).touchpoints(), framed);

    assertThat(refusal.reason()).isEqualTo(DeadLetterReason.UNDECODABLE);
    assertThat(refusal).hasMessageContaining("written as Order cannot be read as");
  }

  @Test
  void shouldSayUnavailableWhenTheRegistryIsDownAndGoOnWithWhatItKnows() {
    ValueCodec<Touchpoint> touchpoints = ValueCodecs.of(config).touchpoints();
    Touchpoint touchpoint = RandomRecords.touchpoint(random);
    byte[] framed = touchpoints.serialize(TOPIC, touchpoint);
    assertThat(touchpoints.deserialize(TOPIC, framed)).isEqualTo(touchpoint);
    registry.close();

    assertThat(touchpoints.deserialize(TOPIC, framed)).isEqualTo(touchpoint);
    ValueCodec<Touchpoint> fresh = ValueCodecs.of(config).touchpoints();
    assertThatThrownBy(() -> fresh.deserialize(TOPIC, framed))
        .isInstanceOf(RegistryUnavailableException.class)
        .hasMessageContaining(registry.url());
    assertThatThrownBy(() -> fresh.serialize(TOPIC, touchpoint))
        .isInstanceOf(RegistryUnavailableException.class);
  }

  @Test
  void shouldWriteInTheLatestVersionWhenAskedTo() {
    RegistryClient client = new RegistryClient(RegistryConfig.of(config));
    Schema schema = TouchpointCodec.INSTANCE.schema();
    Schema wider =
        new Schema.Parser()
            .parse(
                schema
                    .toString()
                    .replace(
                        "{\"name\":\"channel\"",
                        "{\"name\":\"mood\",\"type\":\"int\",\"default\":3},{\"name\":\"channel\""));
    int id = client.register(TOPIC + "-value", wider);
    config.put("auto.register.schemas", "false");
    config.put("use.latest.version", "true");
    Touchpoint touchpoint = RandomRecords.touchpoint(random);

    byte[] framed = ValueCodecs.of(config).touchpoints().serialize(TOPIC, touchpoint);

    assertThat(Framing.schemaId(framed, 0, framed.length)).isEqualTo(id);
    assertThat(ValueCodecs.of(config).touchpoints().deserialize(TOPIC, framed))
        .isEqualTo(touchpoint);
  }

  @Test
  void shouldRefuseToWriteUnregisteredSchemasWhenAutoRegistrationIsOff() {
    config.put("auto.register.schemas", "false");

    assertThatThrownBy(
            () ->
                ValueCodecs.of(config)
                    .touchpoints()
                    .serialize(TOPIC, RandomRecords.touchpoint(random)))
        .isInstanceOf(RegistryRefusedException.class)
        .hasMessageContaining("Subject 'fermata.touchpoints-value' not found");
  }

  @Test
  void shouldTellAWrongSerializerClassAtOnce() {
    config.put("value.serializer", "com.example.NoSuchSerializer");
    assertThatThrownBy(() -> ValueCodecs.of(config))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("com.example.NoSuchSerializer");
    config.put("value.serializer", "java.lang.Object");
    assertThatThrownBy(() -> ValueCodecs.of(config))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("expected a class that is a");
  }

  private static UnreadableRecordException refusal(ValueCodec<Touchpoint> codec, byte[] bytes) {
    try {
      throw new AssertionError("read as " + codec.deserialize(TOPIC, bytes));
    } catch (UnreadableRecordException e) {
      return e;
    }
  }
}
