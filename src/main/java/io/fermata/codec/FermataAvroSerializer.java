package io.fermata.codec;

import io.fermata.codec.registry.RegistryClient;
import io.fermata.codec.registry.RegistryConfig;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Kafka's serializer for records of the model and for Avro's generic and specific records: Avro in
 * Confluent's framing, subject {@code <topic>-value}, configured as {@link RegistryConfig} says.
 */
public final class FermataAvroSerializer implements Serializer<Object> {

  private RegistryClient registry;
  private WriterSchemas writers;
  private final Map<RecordCodec<?>, ValueCodec<?>> codecs = new ConcurrentHashMap<>();

  @Override
  public void configure(Map<String, ?> configs, boolean isKey) {
    registry = new RegistryClient(RegistryConfig.of(configs));
    writers = new WriterSchemas(registry, isKey);
  }

  @Override
  public byte[] serialize(String topic, Object value) {
    if (registry == null) {
      throw new IllegalStateException("configure() has not been called");
    }
    if (value == null) {
      return null;
    }
    if (value instanceof IndexedRecord record) {
      return writers.target(topic, record.getSchema()).frame(AvroBytes.of(record));
    }
    Optional<RecordCodec<?>> codec = Schemas.codecFor(value);
    if (codec.isEmpty()) {
      throw new SerializationException(
          "a value for "
              + topic
              + " is a "
              + value.getClass().getName()
              + ", expected a record of io.fermata.model or an Avro record");
    }
    return serialize(topic, codec.get(), value);
  }

  @SuppressWarnings("unchecked")
  private <T> byte[] serialize(String topic, RecordCodec<T> codec, Object value) {
    ValueCodec<T> framed =
        (ValueCodec<T>) codecs.computeIfAbsent(codec, c -> new FramedCodec<>(c, registry, writers));
    return framed.serialize(topic, (T) value);
  }
}
