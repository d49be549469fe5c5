package io.fermata.codec;

import org.apache.avro.Schema;

/**
 * One record of the model as Avro bytes, laid out by hand on the current schema. Stateless, for any
 * number of threads.
 */
public abstract class RecordCodec<T> {

  private static final ThreadLocal<AvroOutput> OUTPUT = ThreadLocal.withInitial(AvroOutput::new);

  private final Class<T> type;
  private final Schema schema;

  RecordCodec(Class<T> type, Schema schema) {
    this.type = type;
    this.schema = schema;
  }

  public final Class<T> type() {
    return type;
  }

  /** The current schema, as it is registered. */
  public final Schema schema() {
    return schema;
  }

  /**
   * The record in the current schema, without framing.
   *
   * @throws org.apache.kafka.common.errors.SerializationException when a required field is null
   */
  public final byte[] encode(T value) {
    AvroOutput out = OUTPUT.get();
    out.reset();
    write(out, value);
    return out.toBytes();
  }

  /** The record in the current schema behind the header that names it. */
  public final byte[] encodeFramed(int schemaId, T value) {
    AvroOutput out = OUTPUT.get();
    out.reset();
    out.writeHeader(schemaId);
    write(out, value);
    return out.toBytes();
  }

  /**
   * Reads a record that was written in the current schema, without framing.
   *
   * @throws UndecodableException when the bytes are anything else
   */
  public final T decode(byte[] bytes, int offset, int length) {
    AvroInput in = input(bytes, offset, length);
    T value = read(in);
    in.expectEnd();
    return value;
  }

  /**
   * Reads a record that was written in another schema, by Avro's rules of resolution.
   *
   * @throws UndecodableException when the bytes or the schema don't allow it
   */
  public final T decode(Schema writer, byte[] bytes, int offset, int length) {
    Transcoder transcoder = Transcoder.between(writer, schema);
    if (transcoder == null) {
      return decode(bytes, offset, length);
    }
    byte[] current = transcoder.transcode(bytes, offset, length);
    return decode(current, 0, current.length);
  }

  AvroInput input(byte[] bytes, int offset, int length) {
    return new AvroInput(bytes, offset, length);
  }

  abstract void write(AvroOutput out, T value);

  abstract T read(AvroInput in);
}
