package io.fermata.journey;

import io.fermata.model.Position;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes compact bytes: variable-length numbers, length-prefixed strings. */
final class ByteWriter {

  private byte[] bytes;
  private int size;

  ByteWriter(int capacity) {
    bytes = new byte[capacity];
  }

  int size() {
    return size;
  }

  byte[] toByteArray() {
    return Arrays.copyOf(bytes, size);
  }

  void reset() {
    size = 0;
  }

  void writeByte(int value) {
    ensure(1);
    bytes[size++] = (byte) value;
  }

  /** Four bytes, big-endian. */
  void writeFixedInt(int value) {
    ensure(4);
    bytes[size++] = (byte) (value >>> 24);
    bytes[size++] = (byte) (value >>> 16);
    bytes[size++] = (byte) (value >>> 8);
    bytes[size++] = (byte) value;
  }

  /** Eight bytes, big-endian. */
  void writeFixedLong(long value) {
    writeFixedInt((int) (value >>> 32));
    writeFixedInt((int) value);
  }

  void writeDouble(double value) {
    writeFixedLong(Double.doubleToRawLongBits(value));
  }

  /** A number that is never negative and mostly small. */
  void writeCount(long value) {
    ensure(10);
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      bytes[size++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[size++] = (byte) rest;
  }

  /** A signed number, small when near zero. */
  void writeSigned(long value) {
    writeCount((value << 1) ^ (value >> 63));
  }

  void writeString(String value) {
    byte[] encoded = value.getBytes(StandardCharsets.UTF_8);
    writeCount(encoded.length);
    write(encoded, 0, encoded.length);
  }

  void writeNullableString(String value) {
    if (value == null) {
      writeCount(0);
    } else {
      byte[] encoded = value.getBytes(StandardCharsets.UTF_8);
      writeCount(encoded.length + 1L);
      write(encoded, 0, encoded.length);
    }
  }

  void writeNullablePosition(Position value) {
    writeByte(value == null ? 0 : 1);
    if (value != null) {
      writeSigned(value.at());
      writeString(value.id());
    }
  }

  void write(byte[] source, int offset, int length) {
    ensure(length);
    System.arraycopy(source, offset, bytes, size, length);
    size += length;
  }

  /** Writes what another writer holds, preceded by its length. */
  void writeBlock(ByteWriter block) {
    writeCount(block.size);
    write(block.bytes, 0, block.size);
  }

  private void ensure(int more) {
    if (size + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
    }
  }
}
