package io.fermata.topology;

import io.fermata.model.DeadLetterReason;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Makes dead letters: original key, bytes, time and headers, and headers that say why, named as
 * Kafka Streams names those of its own dead letter queue. A record that its topic would not take is
 * left where it is, and the dead letter says where.
 */
final class DeadLetters {

  private static final String ERRORS = DeadLetterHeaders.ERRORS;
  private static final int MAX_DETAIL = 2048;

  /** What the topic takes (topics.yaml), less room for the headers added here. */
  static final int MAX_ORIGINAL_BYTES = 2 * 1024 * 1024 - 64 * 1024;

  private final String topic;

  /**
   * @param topic the topic that the records came from
   */
  DeadLetters(String topic) {
    this.topic = topic;
  }

  /**
   * @param failure what went wrong inside, or null where the record itself is at fault
   */
  Record<byte[], byte[]> of(
      Origin origin,
      byte[] value,
      long timestamp,
      Headers original,
      DeadLetterReason reason,
      String detail,
      Throwable failure) {
    byte[] key = origin == null ? null : origin.key();
    Record<byte[], byte[]> whole =
        new Record<>(key, value, timestamp, new RecordHeaders(original.toArray()));
    if (RecordSizes.of(whole) <= MAX_ORIGINAL_BYTES) {
      return explained(whole, origin, reason, detail, failure);
    }
    return explained(
        new Record<>(null, null, timestamp, new RecordHeaders()),
        origin,
        reason,
        detail + "; it is too large for the dead letters and lies only where it came from",
        failure);
  }

  private Record<byte[], byte[]> explained(
      Record<byte[], byte[]> letter,
      Origin origin,
      DeadLetterReason reason,
      String detail,
      Throwable failure) {
    Headers headers = letter.headers();
    put(headers, DeadLetterHeaders.REASON, reason.name());
    put(headers, DeadLetterHeaders.DETAIL, shortened(detail));
    put(
        headers,
        ERRORS + "exception",
        failure == null ? "io.fermata." + reason.name() : failure.getClass().getName());
    put(headers, ERRORS + "message", shortened(detail));
    if (failure != null) {
      put(headers, ERRORS + "stacktrace", StackTraces.shortened(failure));
    }
    put(headers, ERRORS + "topic", topic);
    if (origin != null) {
      put(headers, ERRORS + "partition", Integer.toString(origin.partition()));
      put(headers, ERRORS + "offset", Long.toString(origin.offset()));
    }
    return letter;
  }

  private static void put(Headers headers, String name, String value) {
    headers.remove(name);
    headers.add(name, value.getBytes(StandardCharsets.UTF_8));
  }

  private static String shortened(String text) {
    return text.length() <= MAX_DETAIL ? text : text.substring(0, MAX_DETAIL) + " ...";
  }
}
