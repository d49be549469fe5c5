package io.fermata.it;

import io.fermata.topology.TopicNames;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** Whether every record that had to is a dead letter exactly once, untouched and explained. */
final class DeadLetterCheck {

  private DeadLetterCheck() {}

  /** One line for each that is missing, too many or not as it was. */
  static List<String> differences(
      Workload workload, List<ConsumerRecord<byte[], byte[]>> letters, TopicNames topics) {
    List<String> lines = new ArrayList<>();
    BitSet seen = new BitSet();
    for (ConsumerRecord<byte[], byte[]> letter : letters) {
      int number = Integer.parseInt(header(letter, Workload.NUMBER));
      if (seen.get(number)) {
        lines.add("number " + number + " is there twice");
      }
      seen.set(number);
      compare(number, workload.input(number), letter, topics, lines);
    }
    for (int number = 0; number < workload.size(); number++) {
      if (workload.input(number).reason() != null && !seen.get(number)) {
        lines.add("number " + number + " is missing: " + workload.input(number).reason());
      }
    }
    return lines;
  }

  private static void compare(
      int number,
      Workload.Input input,
      ConsumerRecord<byte[], byte[]> letter,
      TopicNames topics,
      List<String> lines) {
    String reason = header(letter, "fermata.reason");
    if (!String.valueOf(input.reason()).equals(reason)) {
      lines.add(
          "number %d: %s (%s), expected %s"
              .formatted(number, reason, header(letter, "fermata.detail"), input.reason()));
    }
    if (!Arrays.equals(input.key(), letter.key())
        || !Arrays.equals(input.value(), letter.value())) {
      lines.add("number " + number + ": key or value is not as it was");
    }
    if (!topics.touchpoints().equals(header(letter, "__streams.errors.topic"))
        || header(letter, "__streams.errors.offset") == null
        || header(letter, "fermata.detail").isBlank()) {
      lines.add("number " + number + ": it does not tell where it came from, or why");
    }
  }

  private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
    Header header = record.headers().lastHeader(name);
    return header == null ? null : new String(header.value(), StandardCharsets.UTF_8);
  }
}
