package io.fermata.codec;

import io.fermata.codec.registry.RegistryClient;
import io.fermata.codec.registry.RegistryConfig;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Kafka's deserializer for Avro in Confluent's framing. Records of the model come back as such, all
 * others as Avro's {@code GenericRecord} in the schema they were written in; with {@value
 * #SPECIFIC} set to false all are generic. Errors are those of {@link ValueCodec#deserialize}.
 */
public final class FermataAvroDeserializer implements Deserializer<Object> {

  /** Confluent's name; here the records of the model are the specific ones, and the default. */
  public static final String SPECIFIC = "specific.avro.reader";

  private RegistryClient registry;
  private WriterSchemas writers;
  private boolean specific = true;
  private final Map<RecordCodec<?>, ValueCodec<?>> codecs = new ConcurrentHashMap<>();

  @Override
  public void configure(Map<String, ?> configs, boolean isKey) {
    registry = new RegistryClient(RegistryConfig.of(configs));
    writers = new WriterSchemas(registry, isKey);
    Object wanted = configs.get(SPECIFIC);
    specific = wanted == null || Boolean.parseBoolean(wanted.toString());
  }

  @Override
  public Object deserialize(String topic, byte[] framed) {
    if (registry == null) {
      throw new IllegalStateException("configure() has not been called");
    }
    if (framed == null) {
      return null;
    }
    Schema writer = registry.byId(Framing.schemaId(framed, 0, framed.length));
    Optional<RecordCodec<?>> codec =
        specific && writer.getType() == Schema.Type.RECORD
            ? Schemas.codecNamed(writer.getFullName())
            : Optional.empty();
    if (codec.isEmpty()) {
      return new Transcoder(writer, writer)
          .read(framed, Framing.HEADER, framed.length - Framing.HEADER);
    }
    return codecs
        .computeIfAbsent(codec.get(), c -> new FramedCodec<>(c, registry, writers))
        .deserialize(topic, framed);
  }
}
