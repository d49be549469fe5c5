package io.fermata.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.apache.kafka.common.errors.SerializationException;

/**
 * Avro's binary encoding, written to an array that grows. Maps are written in the order of keys.
 */
final class AvroOutput {

  private static final VarHandle DOUBLE =
      MethodHandles.byteArrayViewVarHandle(double[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int LONGEST_NUMBER = 10;
  private static final int LARGEST_KEPT = 64 * 1024;

  private byte[] bytes = new byte[512];
  private int position;

  void reset() {
    position = 0;
    if (bytes.length > LARGEST_KEPT) {
      bytes = new byte[512];
    }
  }

  byte[] toBytes() {
    return Arrays.copyOf(bytes, position);
  }

  void writeHeader(int schemaId) {
    ensure(Framing.HEADER);
    Framing.write(schemaId, bytes, position);
    position += Framing.HEADER;
  }

  void writeLong(long value) {
    ensure(LONGEST_NUMBER);
    long zigzag = (value << 1) ^ (value >> 63);
    while ((zigzag & ~0x7fL) != 0) {
      bytes[position++] = (byte) (zigzag | 0x80);
      zigzag >>>= 7;
    }
    bytes[position++] = (byte) zigzag;
  }

  void writeInt(int value) {
    writeLong(value);
  }

  void writeDouble(double value) {
    ensure(Double.BYTES);
    DOUBLE.set(bytes, position, value);
    position += Double.BYTES;
  }

  void writeText(String field, String text) {
    byte[] encoded = required(field, text).getBytes(StandardCharsets.UTF_8);
    writeLong(encoded.length);
    ensure(encoded.length);
    System.arraycopy(encoded, 0, bytes, position, encoded.length);
    position += encoded.length;
  }

  void writeBytes(ByteBuffer content) {
    int length = content.remaining();
    writeLong(length);
    ensure(length);
    content.get(content.position(), bytes, position, length);
    position += length;
  }

  /** The branch of a nullable field. */
  boolean writePresence(Object value) {
    writeLong(value == null ? 0 : 1);
    return value != null;
  }

  void writeNullableText(String text) {
    if (writePresence(text)) {
      writeText("", text);
    }
  }

  void writeNullableInt(Integer value) {
    if (writePresence(value)) {
      writeInt(value);
    }
  }

  void writeNullableLong(Long value) {
    if (writePresence(value)) {
      writeLong(value);
    }
  }

  void writeNullableDouble(Double value) {
    if (writePresence(value)) {
      writeDouble(value);
    }
  }

  <T> void writeList(List<T> list, BiConsumer<AvroOutput, T> element) {
    if (!list.isEmpty()) {
      writeLong(list.size());
      for (T value : list) {
        element.accept(this, value);
      }
    }
    writeLong(0);
  }

  void writeTexts(String field, Map<String, String> texts) {
    if (!required(field, texts).isEmpty()) {
      writeLong(texts.size());
      for (Map.Entry<String, String> entry : inOrder(texts).entrySet()) {
        writeText(field, entry.getKey());
        writeText(field, entry.getValue());
      }
    }
    writeLong(0);
  }

  <T> void writeMap(String field, Map<String, T> values, BiConsumer<AvroOutput, T> value) {
    if (!required(field, values).isEmpty()) {
      writeLong(values.size());
      for (Map.Entry<String, T> entry : inOrder(values).entrySet()) {
        writeText(field, entry.getKey());
        value.accept(this, required(field, entry.getValue()));
      }
    }
    writeLong(0);
  }

  /** Equal maps become equal bytes. */
  private static <T> Map<String, T> inOrder(Map<String, T> map) {
    String previous = "";
    for (String key : map.keySet()) {
      if (key.compareTo(previous) < 0) {
        return new TreeMap<>(map);
      }
      previous = key;
    }
    return map;
  }

  static <T> T required(String field, T value) {
    if (value == null) {
      throw new SerializationException(field + " is missing");
    }
    return value;
  }

  private void ensure(int more) {
    if (bytes.length - position < more) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, position + more));
    }
  }
}
