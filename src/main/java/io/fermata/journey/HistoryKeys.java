package io.fermata.journey;

import io.fermata.model.Position;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Keys of one customer in a {@link HistoryStore}: the customer's name with its length before it, a
 * letter for the kind, and a position in an encoding whose byte order is the positions' order.
 */
final class HistoryKeys {

  private static final byte CHUNK = 'c';
  private static final byte SNAPSHOT = 's';
  private static final byte SEGMENT = 'w';

  private final byte[] customer;

  HistoryKeys(String customer) {
    this.customer = customer.getBytes(StandardCharsets.UTF_8);
  }

  byte[] chunk(Position first) {
    return positioned(CHUNK, first);
  }

  byte[] snapshot(Position last) {
    return positioned(SNAPSHOT, last);
  }

  byte[] segment(int number) {
    ByteWriter out = prefix(SEGMENT);
    out.writeFixedInt(number);
    return out.toByteArray();
  }

  /** Before every key of the customer. */
  byte[] first() {
    return prefix(0).toByteArray();
  }

  /** After every key of the customer. */
  byte[] last() {
    return prefix(0xFF).toByteArray();
  }

  byte[] firstChunk() {
    return prefix(CHUNK).toByteArray();
  }

  byte[] lastChunk() {
    return prefix(CHUNK + 1).toByteArray();
  }

  byte[] firstSnapshot() {
    return prefix(SNAPSHOT).toByteArray();
  }

  byte[] lastSnapshot() {
    return prefix(SNAPSHOT + 1).toByteArray();
  }

  /** The position in a chunk's or snapshot's key. */
  Position position(byte[] key) {
    int from = 3 + customer.length;
    long at = new ByteReader(key, from).readFixedLong() ^ Long.MIN_VALUE;
    byte[] id = Arrays.copyOfRange(key, from + 8, key.length);
    return new Position(at, new String(id, StandardCharsets.UTF_16BE));
  }

  private byte[] positioned(byte kind, Position position) {
    ByteWriter out = prefix(kind);
    out.writeFixedLong(position.at() ^ Long.MIN_VALUE);
    byte[] id = position.id().getBytes(StandardCharsets.UTF_16BE);
    out.write(id, 0, id.length);
    return out.toByteArray();
  }

  private ByteWriter prefix(int kind) {
    ByteWriter out = new ByteWriter(customer.length + 64);
    out.writeByte(customer.length >>> 8);
    out.writeByte(customer.length);
    out.write(customer, 0, customer.length);
    out.writeByte(kind);
    return out;
  }
}
