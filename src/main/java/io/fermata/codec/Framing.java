package io.fermata.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Confluent's wire format: a zero byte, the schema id in four bytes, then the Avro encoding. */
public final class Framing {

  /** Bytes before the encoding. */
  public static final int HEADER = 5;

  private static final byte MAGIC = 0;
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

  private Framing() {}

  /**
   * The schema id that framed bytes name.
   *
   * @throws UndecodableException when they are too short or don't begin with the zero byte
   */
  public static int schemaId(byte[] bytes, int offset, int length) {
    if (length < HEADER) {
      throw new UndecodableException(
          "the value has " + length + " bytes, expected a zero byte and a 4-byte schema id");
    }
    if (bytes[offset] != MAGIC) {
      throw new UndecodableException(
          "the value begins with byte " + bytes[offset] + ", expected 0 and a 4-byte schema id");
    }
    return (int) INT.get(bytes, offset + 1);
  }

  static void write(int schemaId, byte[] bytes, int offset) {
    bytes[offset] = MAGIC;
    INT.set(bytes, offset + 1, schemaId);
  }

  /** The header before {@code encoded}. */
  static byte[] frame(int schemaId, byte[] encoded) {
    byte[] framed = new byte[HEADER + encoded.length];
    write(schemaId, framed, 0);
    System.arraycopy(encoded, 0, framed, HEADER, encoded.length);
    return framed;
  }
}
