package io.fermata.topology;

import java.nio.ByteBuffer;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;

/**
 * Where a touchpoint came from: carried through the inbox, so that a dead letter of a later room
 * still tells.
 *
 * @param arrivedAt when it came into its topic, epoch milliseconds
 * @param key the original key, or null
 */
record Origin(int partition, long offset, long arrivedAt, byte[] key) {

  private static final String HEADER = "fermata.origin";

  Header header() {
    byte[] value = new byte[20 + (key == null ? 0 : 1 + key.length)];
    ByteBuffer buffer = ByteBuffer.wrap(value).putInt(partition).putLong(offset).putLong(arrivedAt);
    if (key != null) {
      buffer.put((byte) 1).put(key);
    }
    return new RecordHeader(HEADER, value);
  }

  /** The origin that headers tell of, or null; it is taken off them. */
  static Origin take(Headers headers) {
    Origin origin = peek(headers);
    headers.remove(HEADER);
    return origin;
  }

  /** The origin that headers tell of, or null. */
  static Origin peek(Headers headers) {
    Header header = headers.lastHeader(HEADER);
    if (header == null) {
      return null;
    }
    ByteBuffer buffer = ByteBuffer.wrap(header.value());
    int partition = buffer.getInt();
    long offset = buffer.getLong();
    long arrivedAt = buffer.getLong();
    byte[] key = null;
    if (buffer.hasRemaining()) {
      buffer.get();
      key = new byte[buffer.remaining()];
      buffer.get(key);
    }
    return new Origin(partition, offset, arrivedAt, key);
  }
}
