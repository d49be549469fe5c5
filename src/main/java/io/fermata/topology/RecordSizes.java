package io.fermata.topology;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.streams.processor.api.Record;

/** How many bytes of a record are the sender's. */
final class RecordSizes {

  private RecordSizes() {}

  /** Bytes of key, value and headers. */
  static int of(Record<byte[], byte[]> record) {
    int size = of(record.key()) + of(record.value());
    for (Header header : record.headers()) {
      size += header.key().getBytes(StandardCharsets.UTF_8).length + of(header.value());
    }
    return size;
  }

  private static int of(byte[] bytes) {
    return bytes == null ? 0 : bytes.length;
  }
}
