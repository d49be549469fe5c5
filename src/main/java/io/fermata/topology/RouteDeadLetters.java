package io.fermata.topology;

import io.fermata.model.DeadLetterReason;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/** Where the Route room sends a record that is not what its topic is for. */
final class RouteDeadLetters {

  private final DeadLetters deadLetters;
  private final ProcessorContext<byte[], byte[]> context;

  RouteDeadLetters(String topic, ProcessorContext<byte[], byte[]> context) {
    this.deadLetters = new DeadLetters(topic);
    this.context = context;
  }

  /** Sends the record that is being processed. */
  void bury(Record<byte[], byte[]> record, DeadLetterReason reason, String detail) {
    RecordMetadata from = context.recordMetadata().orElseThrow();
    context.forward(
        deadLetters.of(
            new Origin(from.partition(), from.offset(), record.timestamp(), record.key()),
            record.value(),
            record.timestamp(),
            record.headers(),
            reason,
            detail,
            null),
        FermataTopology.WRITE_ROUTE_DEAD_LETTERS);
  }
}
