package io.fermata.journey;

import io.fermata.model.Position;
import java.nio.charset.StandardCharsets;

/** Reads what {@link ByteWriter} wrote. Bytes cut short end in an {@code IndexOutOfBounds}. */
final class ByteReader {

  private final byte[] bytes;
  private int position;

  ByteReader(byte[] bytes, int offset) {
    this.bytes = bytes;
    this.position = offset;
  }

  byte[] bytes() {
    return bytes;
  }

  int position() {
    return position;
  }

  void skip(int count) {
    position += count;
  }

  int readByte() {
    return bytes[position++];
  }

  int readFixedInt() {
    int value =
        (bytes[position] & 0xFF) << 24
            | (bytes[position + 1] & 0xFF) << 16
            | (bytes[position + 2] & 0xFF) << 8
            | (bytes[position + 3] & 0xFF);
    position += 4;
    return value;
  }

  long readFixedLong() {
    long high = readFixedInt();
    return high << 32 | (readFixedInt() & 0xFFFFFFFFL);
  }

  double readDouble() {
    return Double.longBitsToDouble(readFixedLong());
  }

  long readCount() {
    long value = 0;
    int shift = 0;
    while (true) {
      byte next = bytes[position++];
      value |= (long) (next & 0x7F) << shift;
      if (next >= 0) {
        return value;
      }
      shift += 7;
    }
  }

  int readInt() {
    return (int) readCount();
  }

  long readSigned() {
    long raw = readCount();
    return (raw >>> 1) ^ -(raw & 1);
  }

  String readString() {
    return text(readInt());
  }

  String readNullableString() {
    int length = readInt();
    return length == 0 ? null : text(length - 1);
  }

  Position readNullablePosition() {
    return readByte() == 0 ? null : new Position(readSigned(), readString());
  }

  private String text(int length) {
    String text = new String(bytes, position, length, StandardCharsets.UTF_8);
    position += length;
    return text;
  }
}
