package io.fermata.topology;

import io.fermata.codec.InboxRecord;
import io.fermata.codec.UnreadableRecordException;
import io.fermata.identity.Pseudonyms;
import io.fermata.model.DeadLetterReason;
import io.fermata.model.Erasure;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/**
 * The part of the Route room that reads requests to erase: says whether each is one and sends it to
 * the inbox of its identifier. What is none is a dead letter.
 */
final class ErasureRoute {

  private static final int MAX_IDENTIFIER_BYTES = 4096;

  private final Wire wire;
  private final ProcessorContext<byte[], byte[]> context;
  private final Ledger ledger;
  private final Pseudonyms pseudonyms;
  private final RouteDeadLetters deadLetters;

  ErasureRoute(
      TopicNames topics,
      Wire wire,
      Pseudonyms pseudonyms,
      ProcessorContext<byte[], byte[]> context,
      Ledger ledger) {
    this.pseudonyms = pseudonyms;
    this.wire = wire;
    this.context = context;
    this.ledger = ledger;
    this.deadLetters = new RouteDeadLetters(topics.erasures(), context);
  }

  void route(Record<byte[], byte[]> record, RecordMetadata from) {
    ledger.add(Ledger.Erasures.REQUESTED);
    if (record.value() == null) {
      refuse(record, DeadLetterReason.UNDECODABLE, "the record has no value");
      return;
    }
    Erasure erasure;
    try {
      erasure = wire.erasure(record.value());
    } catch (UnreadableRecordException e) {
      refuse(record, e.reason(), e.getMessage());
      return;
    }
    String name = identifier(record.key());
    if (name == null) {
      refuse(
          record,
          DeadLetterReason.INVALID,
          "the key is no identifier, expected kind:value as UTF-8, of at most %d bytes"
              .formatted(MAX_IDENTIFIER_BYTES));
      return;
    }
    ledger.add(Ledger.Identity.SENT);
    context.forward(
        new Record<>(
            pseudonyms.name(name).getBytes(StandardCharsets.UTF_8),
            wire.inbox(
                new InboxRecord.Erase(
                    from.partition() + "/" + from.offset(), erasure.requestedAt(), null)),
            record.timestamp()),
        FermataTopology.WRITE_INBOX);
  }

  /** The identifier that a key is, or null. */
  private static String identifier(byte[] key) {
    if (key == null || key.length > MAX_IDENTIFIER_BYTES) {
      return null;
    }
    try {
      String name = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(key)).toString();
      int colon = name.indexOf(':');
      return colon < 1 || name.substring(0, colon).isBlank() || name.substring(colon + 1).isBlank()
          ? null
          : name;
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  private void refuse(Record<byte[], byte[]> record, DeadLetterReason reason, String detail) {
    ledger.add(Ledger.Erasures.REFUSED);
    deadLetters.bury(record, reason, detail);
  }
}
