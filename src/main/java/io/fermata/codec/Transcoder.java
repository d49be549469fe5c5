package io.fermata.codec;

import java.io.IOException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;

/** Turns bytes written in one schema into bytes of another by Avro's rules of schema resolution. */
final class Transcoder {

  /** Values nested deeper than this are no data of ours, but would exhaust the stack. */
  private static final int DEEPEST = 64;

  private final Schema from;
  private final Schema to;

  Transcoder(Schema from, Schema to) {
    this.from = from;
    this.to = to;
  }

  /** A transcoder, or null where both schemas lay out the very same bytes. */
  static Transcoder between(Schema from, Schema to) {
    return SchemaNormalization.toParsingForm(from).equals(SchemaNormalization.toParsingForm(to))
        ? null
        : new Transcoder(from, to);
  }

  byte[] transcode(byte[] bytes, int offset, int length) {
    return AvroBytes.of(read(bytes, offset, length), to);
  }

  /** The value as a generic record of the schema read to. */
  Object read(byte[] bytes, int offset, int length) {
    AvroInput in = new AvroInput(bytes, offset, length);
    skip(from, in, 0);
    in.expectEnd();
    try {
      BinaryDecoder decoder = DecoderFactory.get().binaryDecoder(bytes, offset, length, null);
      return new GenericDatumReader<>(from, to, new GenericData()).read(null, decoder);
    } catch (IOException | RuntimeException e) {
      throw new UndecodableException(
          "a value written as "
              + from.getFullName()
              + " cannot be read as "
              + to.getFullName()
              + ": "
              + e.getMessage(),
          e);
    }
  }

  /**
   * Avro's own decoder allocates what the bytes announce; a walk beforehand checks every length.
   */
  private static void skip(Schema schema, AvroInput in, int depth) {
    if (depth > DEEPEST) {
      throw in.malformed("values are nested deeper than " + DEEPEST + " levels");
    }
    switch (schema.getType()) {
      case RECORD -> schema.getFields().forEach(field -> skip(field.schema(), in, depth + 1));
      case UNION -> {
        int branch = in.readIndex(schema.getTypes().size(), "branch of a union");
        skip(schema.getTypes().get(branch), in, depth + 1);
      }
      case ARRAY -> {
        for (int count = in.readBlockCount(); count > 0; count = in.readBlockCount()) {
          for (int i = 0; i < count; i++) {
            skip(schema.getElementType(), in, depth + 1);
          }
        }
      }
      case MAP -> {
        for (int count = in.readBlockCount(); count > 0; count = in.readBlockCount()) {
          for (int i = 0; i < count; i++) {
            in.skip(in.readLength());
            skip(schema.getValueType(), in, depth + 1);
          }
        }
      }
      case ENUM -> in.readIndex(schema.getEnumSymbols().size(), "symbol of " + schema.getName());
      case STRING, BYTES -> in.skip(in.readLength());
      case FIXED -> in.skip(schema.getFixedSize());
      case INT -> in.readInt();
      case LONG -> in.readLong();
      case FLOAT -> in.skip(Float.BYTES);
      case DOUBLE -> in.skip(Double.BYTES);
      case BOOLEAN -> in.readBoolean();
      case NULL -> {}
    }
  }
}
