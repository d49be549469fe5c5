package io.fermata.codec;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;

/** Avro's own objects to bytes and back, for those who deal in them. */
final class AvroBytes {

  private AvroBytes() {}

  static byte[] of(Object value, Schema schema) {
    DatumWriter<Object> writer =
        value instanceof SpecificRecord
            ? specificWriter(value)
            : new GenericDatumWriter<>(schema, new GenericData());
    ByteArrayOutputStream out = new ByteArrayOutputStream(512);
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
    try {
      writer.write(value, encoder);
      encoder.flush();
    } catch (IOException | RuntimeException e) {
      throw new SerializationException(
          "the value does not fit its schema " + schema.getFullName() + ": " + e.getMessage(), e);
    }
    return out.toByteArray();
  }

  static byte[] of(IndexedRecord record) {
    return of(record, record.getSchema());
  }

  /** By the object's own class: Avro trusts no class that it would have to find by name. */
  @SuppressWarnings("unchecked")
  private static DatumWriter<Object> specificWriter(Object value) {
    return new SpecificDatumWriter<>((Class<Object>) value.getClass());
  }
}
