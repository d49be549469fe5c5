package io.fermata.codec;

import java.util.Arrays;
import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Records of the model through somebody else's Avro serializer, which is given a generic record and
 * gives back any Avro record. Specific records would ask every deployment to declare the generated
 * classes trusted (Avro loads none by name otherwise), for the same bytes.
 */
final class DelegatingCodec<T> implements ValueCodec<T> {

  private final RecordCodec<T> codec;
  private final Transcoder generic;
  private final ThreadLocal<Serializer<Object>> serializers;
  private final ThreadLocal<Deserializer<Object>> deserializers;

  DelegatingCodec(
      RecordCodec<T> codec,
      ThreadLocal<Serializer<Object>> serializers,
      ThreadLocal<Deserializer<Object>> deserializers) {
    this.codec = codec;
    this.generic = new Transcoder(codec.schema(), codec.schema());
    this.serializers = serializers;
    this.deserializers = deserializers;
  }

  @Override
  public byte[] serialize(String topic, T value) {
    if (value == null) {
      return null;
    }
    byte[] encoded = codec.encode(value);
    Object record = generic.read(encoded, 0, encoded.length);
    try {
      return serializers.get().serialize(topic, record);
    } catch (RuntimeException e) {
      throw ForeignFailures.whenWriting(e);
    }
  }

  @Override
  public T deserialize(String topic, byte[] bytes, int offset, int length) {
    // Bytes that aren't framed never reach the delegate, which may not tell them from others.
    Framing.schemaId(bytes, offset, length);
    Object value;
    try {
      value =
          deserializers
              .get()
              .deserialize(topic, Arrays.copyOfRange(bytes, offset, offset + length));
    } catch (RuntimeException e) {
      throw ForeignFailures.whenReading(e);
    }
    if (value instanceof IndexedRecord record) {
      byte[] encoded = AvroBytes.of(record);
      return codec.decode(record.getSchema(), encoded, 0, encoded.length);
    }
    throw new UndecodableException(
        "the value is a "
            + (value == null ? "null" : value.getClass().getName())
            + ", expected a record "
            + codec.schema().getFullName());
  }
}
