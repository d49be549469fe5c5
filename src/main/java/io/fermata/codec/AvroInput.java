package io.fermata.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Avro's binary encoding, read from part of an array. Every length is checked against the bytes
 * that are left before anything is allocated; whatever is wrong is an {@link UndecodableException}.
 */
class AvroInput {

  private static final VarHandle DOUBLE =
      MethodHandles.byteArrayViewVarHandle(double[].class, ByteOrder.LITTLE_ENDIAN);

  private final byte[] bytes;
  private final int start;
  private final int limit;
  private int position;

  AvroInput(byte[] bytes, int offset, int length) {
    this.bytes = bytes;
    this.start = offset;
    this.position = offset;
    this.limit = offset + length;
  }

  long readLong() {
    if (position < limit && bytes[position] >= 0) {
      long single = bytes[position++];
      return (single >>> 1) ^ -(single & 1);
    }
    long value = 0;
    for (int shift = 0; shift < 70; shift += 7) {
      if (position >= limit) {
        throw malformed("a number is cut off");
      }
      byte next = bytes[position++];
      value |= (next & 0x7fL) << shift;
      if (next >= 0) {
        return (value >>> 1) ^ -(value & 1);
      }
    }
    throw malformed("a number is longer than 10 bytes");
  }

  int readInt() {
    long value = readLong();
    if ((int) value != value) {
      throw malformed("the number " + value + " is no int");
    }
    return (int) value;
  }

  double readDouble() {
    return (double) DOUBLE.get(bytes, skip(Double.BYTES));
  }

  boolean readBoolean() {
    byte value = bytes[skip(1)];
    if (value != 0 && value != 1) {
      throw malformed("a boolean is " + value + ", expected 0 or 1");
    }
    return value == 1;
  }

  String readText() {
    int length = readLength();
    return new String(bytes, skip(length), length, StandardCharsets.UTF_8);
  }

  /** A text of which few different ones are expected. */
  String readSharedText() {
    int length = readLength();
    return SharedTexts.of(bytes, skip(length), length);
  }

  /** A view of the bytes, not a copy. */
  ByteBuffer readBytes() {
    int length = readLength();
    return ByteBuffer.wrap(bytes, skip(length), length);
  }

  /** The branch of a union or the symbol of an enum. */
  int readIndex(int count, String what) {
    long index = readLong();
    if (index < 0 || index >= count) {
      throw malformed("the " + what + " is " + index + ", expected 0 .. " + (count - 1));
    }
    return (int) index;
  }

  /** Whether a nullable field has a value. */
  boolean readPresence() {
    return readIndex(2, "branch of a nullable field") == 1;
  }

  String readNullableText() {
    return readPresence() ? readText() : null;
  }

  String readNullableSharedText() {
    return readPresence() ? readSharedText() : null;
  }

  Integer readNullableInt() {
    return readPresence() ? (Integer) readInt() : null;
  }

  Long readNullableLong() {
    return readPresence() ? (Long) readLong() : null;
  }

  Double readNullableDouble() {
    return readPresence() ? (Double) readDouble() : null;
  }

  <T> List<T> readList(Function<AvroInput, T> element) {
    int count = readBlockCount();
    if (count == 0) {
      return List.of();
    }
    if (count == 1) {
      T only = element.apply(this);
      int more = readBlockCount();
      if (more == 0) {
        return List.of(only);
      }
      List<T> list = new ArrayList<>();
      list.add(only);
      return readBlocks(list, more, element);
    }
    return readBlocks(new ArrayList<>(Math.min(count, 64)), count, element);
  }

  private <T> List<T> readBlocks(List<T> list, int firstCount, Function<AvroInput, T> element) {
    for (int count = firstCount; count > 0; count = readBlockCount()) {
      for (int i = 0; i < count; i++) {
        list.add(element.apply(this));
      }
    }
    return list;
  }

  Map<String, String> readTexts() {
    int count = readBlockCount();
    if (count == 0) {
      return Map.of();
    }
    Map<String, String> texts = new LinkedHashMap<>();
    for (; count > 0; count = readBlockCount()) {
      for (int i = 0; i < count; i++) {
        String key = readSharedText();
        texts.put(key, readText());
      }
    }
    return texts;
  }

  <T> Map<String, T> readMap(Function<AvroInput, T> value) {
    Map<String, T> values = new LinkedHashMap<>();
    for (int count = readBlockCount(); count > 0; count = readBlockCount()) {
      for (int i = 0; i < count; i++) {
        String key = readSharedText();
        values.put(key, value.apply(this));
      }
    }
    return values;
  }

  /**
   * Elements of the next block of an array or a map, 0 at its end; an element has a byte at least.
   */
  final int readBlockCount() {
    long count = readLong();
    if (count < 0) {
      readLong();
      count = -count;
    }
    if (count < 0 || count > limit - position) {
      throw malformed(
          count + " elements are announced where " + (limit - position) + " bytes are left");
    }
    return (int) count;
  }

  void expectEnd() {
    if (position != limit) {
      throw malformed((limit - position) + " bytes are left after the record");
    }
  }

  int readLength() {
    long length = readLong();
    if (length < 0 || length > limit - position) {
      throw malformed("a length is " + length + " where " + (limit - position) + " bytes are left");
    }
    return (int) length;
  }

  final int position() {
    return position;
  }

  /** Goes back to where {@link #position} was. */
  final void seek(int earlier) {
    position = earlier;
  }

  /** Steps over {@code length} bytes and says where they begin. */
  int skip(int length) {
    if (length > limit - position) {
      throw malformed(length + " bytes are expected where " + (limit - position) + " are left");
    }
    int from = position;
    position += length;
    return from;
  }

  UndecodableException malformed(String problem) {
    return new UndecodableException(
        "byte " + (position - start) + " of " + (limit - start) + ": " + problem);
  }
}
