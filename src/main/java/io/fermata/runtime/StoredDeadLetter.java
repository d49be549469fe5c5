package io.fermata.runtime;

import io.fermata.topology.DeadLetterHeaders;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * A dead letter as it lies in its topic.
 *
 * @param position its partition and offset, {@code 3/117}
 * @param at when it was written, epoch milliseconds
 * @param key the original key, or null
 * @param value the original bytes, or null
 * @param headers of the record and those that say why it is here
 */
public record StoredDeadLetter(
    String position, long at, byte[] key, byte[] value, List<Header> headers) {

  static StoredDeadLetter of(ConsumerRecord<byte[], byte[]> record) {
    return new StoredDeadLetter(
        record.partition() + "/" + record.offset(),
        record.timestamp(),
        record.key(),
        record.value(),
        Arrays.asList(record.headers().toArray()));
  }

  /** The code of a {@link io.fermata.model.DeadLetterReason}, or of a newer version's. */
  public String reason() {
    return text(DeadLetterHeaders.REASON);
  }

  /** Every reason in words. */
  public String detail() {
    return text(DeadLetterHeaders.DETAIL);
  }

  /** The topic it came from, or null. */
  public String fromTopic() {
    return text(DeadLetterHeaders.ERRORS + "topic");
  }

  /** Topic, partition and offset it came from, as far as they are known. */
  public String from() {
    return fromTopic()
        + "/"
        + text(DeadLetterHeaders.ERRORS + "partition")
        + "/"
        + text(DeadLetterHeaders.ERRORS + "offset");
  }

  /** The position of the dead letter whose redrive failed again, or null. */
  public String redrivenFrom() {
    return text(DeadLetterHeaders.REDRIVEN_FROM);
  }

  /** The last header of that name as text, or null. */
  private String text(String name) {
    String text = null;
    for (Header header : headers) {
      if (header.key().equals(name) && header.value() != null) {
        text = new String(header.value(), StandardCharsets.UTF_8);
      }
    }
    return text;
  }
}
