package io.fermata.topology;

import io.fermata.codec.InboxRecord;
import io.fermata.codec.UnreadableRecordException;
import io.fermata.identity.TouchpointLinks;
import io.fermata.model.CustomerKeys;
import io.fermata.model.DeadLetterReason;
import io.fermata.model.Touchpoint;
import io.fermata.model.TouchpointValidator;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/**
 * The Route room: reads a touchpoint once, says whether it is one, and sends its bytes unchanged to
 * the inbox of its strongest identifier, and a link to that of each weaker one. What it can't send
 * on is a dead letter.
 */
final class RouteProcessor implements Processor<byte[], byte[], byte[], byte[]> {

  private final TopicNames topics;
  private final Wire wire;
  private final RouteSettings settings;
  private final ClockSettings clock;
  private final PipelineListener listener;
  private final CustomerKeys customers;

  private ProcessorContext<byte[], byte[]> context;
  private Ledger ledger;
  private ErasureRoute erasures;
  private LinkSender links;
  private RouteDeadLetters deadLetters;

  RouteProcessor(
      TopicNames topics,
      Wire wire,
      RouteSettings settings,
      ClockSettings clock,
      PipelineListener listener) {
    this.topics = topics;
    this.wire = wire;
    this.settings = settings;
    this.clock = clock;
    this.listener = listener;
    this.customers = settings.identity().keys();
  }

  @Override
  public void init(ProcessorContext<byte[], byte[]> processorContext) {
    context = processorContext;
    ledger = new Ledger("route", context.getStateStore(StoreNames.ROUTE_LEDGER));
    listener.opened(ledger);
    erasures = new ErasureRoute(topics, wire, settings.pseudonyms(), context, ledger);
    links = new LinkSender(context, wire, ledger);
    deadLetters = new RouteDeadLetters(topics.touchpoints(), context);
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    RecordMetadata from = context.recordMetadata().orElseThrow();
    if (from.topic().equals(topics.erasures())) {
      erasures.route(record, from);
      ledger.save();
      return;
    }
    ledger.add(Ledger.Entry.IN);
    try {
      route(record);
    } catch (UnreadableRecordException e) {
      bury(record, e.reason(), e.getMessage());
    }
    ledger.save();
  }

  private void route(Record<byte[], byte[]> record) {
    byte[] bytes = record.value();
    if (bytes == null) {
      bury(record, DeadLetterReason.UNDECODABLE, "the record has no value");
      return;
    }
    if (bytes.length > settings.maxRecordBytes()) {
      bury(
          record,
          DeadLetterReason.TOO_LARGE,
          "the record has %d bytes, expected at most %d"
              .formatted(bytes.length, settings.maxRecordBytes()));
      return;
    }
    int carried = RecordSizes.of(record);
    if (carried > RouteSettings.MAX_CARRIED_BYTES) {
      bury(
          record,
          DeadLetterReason.TOO_LARGE,
          "key, value and headers have %d bytes, expected at most %d"
              .formatted(carried, RouteSettings.MAX_CARRIED_BYTES));
      return;
    }
    Touchpoint touchpoint = wire.envelope(bytes);
    List<String> problems = TouchpointValidator.problems(touchpoint);
    if (!problems.isEmpty()) {
      bury(record, DeadLetterReason.INVALID, String.join("; ", problems));
      return;
    }
    long wallClock = context.currentSystemTimeMs();
    if (clock.isFromTheFuture(touchpoint.occurredAt(), wallClock)) {
      bury(
          record,
          DeadLetterReason.FROM_THE_FUTURE,
          "occurredAt is %d ms ahead of the clock, expected at most %d"
              .formatted(touchpoint.occurredAt() - wallClock, clock.maxSkewMillis()));
      return;
    }
    send(record, touchpoint);
  }

  private void send(Record<byte[], byte[]> record, Touchpoint envelope) {
    Touchpoint touchpoint = envelope;
    byte[] bytes = record.value();
    byte[] key = record.key();
    if (settings.pseudonyms().on()) {
      touchpoint = settings.pseudonyms().of(wire.touchpoint(bytes, 0, bytes.length));
      bytes = wire.touchpoint(touchpoint);
      key = null; // it may be an identifier as well
    }
    Headers headers = new RecordHeaders(record.headers().toArray());
    headers.add(origin(record, key).header());
    context.forward(
        new Record<>(
            customers.keyOf(touchpoint).getBytes(StandardCharsets.UTF_8),
            wire.inbox(InboxRecord.Arrival.of(bytes)),
            Math.max(0, touchpoint.occurredAt()),
            headers),
        FermataTopology.WRITE_INBOX);
    TouchpointLinks.find(touchpoint, settings.identity(), links::made, links::refused);
  }

  private void bury(Record<byte[], byte[]> record, DeadLetterReason reason, String detail) {
    ledger.add(reason);
    deadLetters.bury(record, reason, detail);
  }

  private Origin origin(Record<byte[], byte[]> record, byte[] key) {
    RecordMetadata metadata = context.recordMetadata().orElseThrow();
    return new Origin(metadata.partition(), metadata.offset(), record.timestamp(), key);
  }

  @Override
  public void close() {
    listener.closed(ledger);
  }
}
