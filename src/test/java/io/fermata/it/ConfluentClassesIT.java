package io.fermata.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fermata.codec.FermataAvroDeserializer;
import io.fermata.codec.FermataAvroSerializer;
import io.fermata.codec.Framing;
import io.fermata.codec.RandomRecords;
import io.fermata.codec.UndecodableException;
import io.fermata.codec.UnknownSchemaException;
import io.fermata.codec.ValueCodec;
import io.fermata.codec.ValueCodecs;
import io.fermata.codec.registry.RegistryUnavailableException;
import io.fermata.embedded.EmbeddedRegistry;
import io.fermata.model.Touchpoint;
import io.fermata.runtime.Pipeline;
import io.fermata.topology.PipelineListener;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Confluent's own serializer and deserializer against ours, and inside our codecs and pipeline. No
 * part of the ordinary build, which hasn't these classes; see {@code
 * src/test/clients/confluent/README.md}.
 */
@ExtendWith(SharedBroker.class)
@Timeout(value = 300, unit = TimeUnit.SECONDS)
class ConfluentClassesIT {

  private static final Logger LOG = LoggerFactory.getLogger(ConfluentClassesIT.class);
  private static final String SERIALIZER = "io.confluent.kafka.serializers.KafkaAvroSerializer";
  private static final String DESERIALIZER = "io.confluent.kafka.serializers.KafkaAvroDeserializer";
  private static final long SEED = 77;
  private static final int RECORDS = 300;

  private final Random random = new Random(SEED);
  private EmbeddedRegistry registry;
  private Map<String, Object> config;
  private Serializer<Object> theirSerializer;
  private Deserializer<Object> theirDeserializer;
  private final FermataAvroSerializer ourSerializer = new FermataAvroSerializer();
  private final FermataAvroDeserializer ourDeserializer = new FermataAvroDeserializer();

  @TempDir Path folder;

  @BeforeEach
  @SuppressWarnings("unchecked")
  void open() throws IOException, ClassNotFoundException {
    registry = EmbeddedRegistry.start(0);
    config = new HashMap<>(Map.of("schema.registry.url", registry.url(), "max.retries", "0"));
    theirSerializer = Utils.newInstance(SERIALIZER, Serializer.class);
    theirDeserializer = Utils.newInstance(DESERIALIZER, Deserializer.class);
    theirSerializer.configure(config, false);
    theirDeserializer.configure(config, false);
    ourSerializer.configure(config, false);
    ourDeserializer.configure(config, false);
  }

  @AfterEach
  void close() {
    theirSerializer.close();
    theirDeserializer.close();
    registry.close();
  }

  private ValueCodecs theirCodecs() {
    Map<String, Object> theirs = new HashMap<>(config);
    theirs.put("value.serializer", SERIALIZER);
    return ValueCodecs.of(theirs);
  }

  @Test
  void shouldReadWithEachWhatTheOtherWrote() {
    LOG.info(
        "Confluent's classes come from {}",
        theirSerializer.getClass().getProtectionDomain().getCodeSource().getLocation());
    exchange("fermata.touchpoints", RandomRecords::touchpoint);
    exchange("fermata.alerts", RandomRecords::alert);
    exchange("fermata.journeys", RandomRecords::journey);
  }

  /** Ours registers the schema in one topic, theirs in the other: the ids must not differ. */
  private void exchange(String topic, Function<Random, Object> records) {
    int firstId = 0;
    for (int i = 0; i < RECORDS; i++) {
      Object record = records.apply(random);
      byte[] byUs = ourSerializer.serialize(topic, record);
      GenericRecord readByThem = (GenericRecord) theirDeserializer.deserialize(topic, byUs);
      byte[] byThem = theirSerializer.serialize(topic, readByThem);
      byte[] byThemFirst = theirSerializer.serialize(topic + "-theirs", readByThem);
      byte[] byUsSecond = ourSerializer.serialize(topic + "-theirs", record);

      assertThat(ourDeserializer.deserialize(topic, byThem))
          .as("%s, seed %d, record %d", topic, SEED, i)
          .isEqualTo(record);
      // The order of a map's entries is the only thing that may differ in the bytes.
      assertThat(byThem).hasSameSizeAs(byUs).startsWith(header(byUs));
      assertThat(byUsSecond).startsWith(header(byThemFirst));
      assertThat(header(byUsSecond)).isEqualTo(header(byUs));
      firstId = Framing.schemaId(byUs, 0, byUs.length);
    }
    LOG.info("{}: {} records both ways, schema id {}", topic, RECORDS, firstId);
  }

  private static byte[] header(byte[] framed) {
    return ByteBuffer.allocate(Framing.HEADER).put(framed, 0, Framing.HEADER).array();
  }

  @Test
  void shouldGiveTheSameCodecsWhenConfigured() {
    try (ValueCodecs ours = ValueCodecs.of(config);
        ValueCodecs theirs = theirCodecs()) {
      for (int i = 0; i < RECORDS; i++) {
        both("fermata.touchpoints", ours.touchpoints(), theirs.touchpoints(), touchpoint());
        both("fermata.alerts", theirs.alerts(), ours.alerts(), RandomRecords.alert(random));
        both("fermata.journeys", ours.journeys(), theirs.journeys(), RandomRecords.journey(random));
      }
    }
  }

  private Touchpoint touchpoint() {
    return RandomRecords.touchpoint(random);
  }

  private static <T> void both(String topic, ValueCodec<T> one, ValueCodec<T> other, T record) {
    byte[] byOne = one.serialize(topic, record);
    byte[] byOther = other.serialize(topic, record);
    assertThat(header(byOther)).as("%s: header", topic).isEqualTo(header(byOne));
    assertThat(one.deserialize(topic, byOther)).as("%s, seed %d", topic, SEED).isEqualTo(record);
    assertThat(other.deserialize(topic, byOne)).as("%s, seed %d", topic, SEED).isEqualTo(record);
  }

  @Test
  void shouldReadANewerSchemaThatTheirsRegistered() {
    String topic = "fermata.alerts";
    byte[] byUs = ourSerializer.serialize(topic, RandomRecords.alert(random));
    GenericRecord current = (GenericRecord) theirDeserializer.deserialize(topic, byUs);
    Schema newer =
        new Schema.Parser()
            .parse(
                current
                    .getSchema()
                    .toString()
                    .replace(
                        "{\"name\":\"measure\"",
                        "{\"name\":\"mood\",\"type\":\"int\",\"default\":0},{\"name\":\"measure\""));
    GenericRecord record = new GenericData.Record(newer);
    current.getSchema().getFields().forEach(f -> record.put(f.name(), current.get(f.pos())));
    record.put("mood", 5);

    byte[] byThem = theirSerializer.serialize(topic, record);

    assertThat(header(byThem)).isNotEqualTo(header(byUs));
    assertThat(ourDeserializer.deserialize(topic, byThem))
        .isEqualTo(ourDeserializer.deserialize(topic, byUs));
    try (ValueCodecs theirs = theirCodecs()) {
      assertThat(theirs.alerts().deserialize(topic, byThem))
          .isEqualTo(ourDeserializer.deserialize(topic, byUs));
    }
  }

  @Test
  void shouldTellTheirFailuresApart() {
    String topic = "fermata.touchpoints";
    byte[] framed = ourSerializer.serialize(topic, touchpoint());
    byte[] unknown = ByteBuffer.wrap(framed.clone()).putInt(1, 987_654).array();
    byte[] cut = ByteBuffer.allocate(framed.length - 1).put(framed, 0, framed.length - 1).array();
    try (ValueCodecs theirs = theirCodecs()) {
      assertThatThrownBy(() -> theirs.touchpoints().deserialize(topic, unknown))
          .isInstanceOf(UnknownSchemaException.class);
      assertThatThrownBy(() -> theirs.touchpoints().deserialize(topic, cut))
          .isInstanceOf(UndecodableException.class);
    }
    registry.close();
    try (ValueCodecs theirs = theirCodecs()) {
      assertThatThrownBy(() -> theirs.touchpoints().deserialize(topic, framed))
          .isInstanceOf(RegistryUnavailableException.class);
      assertThatThrownBy(() -> theirs.touchpoints().serialize(topic, touchpoint()))
          .isInstanceOf(RegistryUnavailableException.class);
    }
  }

  @Test
  void shouldRunThePipelineWithTheirs(TestBroker broker) {
    Map<String, String> theirs = Map.of("FERMATA_REGISTRY_VALUE_SERIALIZER", SERIALIZER);
    try (Sandbox sandbox = new Sandbox(broker, registry.url(), "confluent", folder, theirs);
        Pipeline pipeline =
            Pipeline.live(sandbox.config(Map.of()), Sandbox.RULES, PipelineListener.NONE);
        ValueCodecs ours = ValueCodecs.of(config)) {
      pipeline.start();
      // Written with ours, folded and published with theirs, read with theirs.
      Workload workload = Workload.of(SEED, 12, 400, 0.05, sandbox.topics().touchpoints(), ours);
      sandbox.send(workload);
      sandbox.awaitEnd("with Confluent's classes, seed " + SEED, workload, Sandbox.RULES);
    }
  }
}
