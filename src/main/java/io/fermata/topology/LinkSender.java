package io.fermata.topology;

import io.fermata.codec.InboxRecord;
import io.fermata.identity.Link;
import io.fermata.identity.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** Sends links to the inbox of the name that belongs to another: its key decides. */
final class LinkSender {

  /** Placeholders remembered; with more, some are told again what they know. */
  private static final int MAX_REFUSED = 10_000;

  private final ProcessorContext<byte[], byte[]> context;
  private final Wire wire;
  private final Ledger ledger;

  /** The first refused link of each placeholder, as far as this task has sent them. */
  private final Map<String, Link> refused = new HashMap<>();

  LinkSender(ProcessorContext<byte[], byte[]> context, Wire wire, Ledger ledger) {
    this.context = context;
    this.wire = wire;
    this.ledger = ledger;
  }

  /** A link that a touchpoint made. */
  void made(Link link) {
    send(link, false, false);
  }

  /** A link that was said, or is to be as if it had never been. */
  void said(Link link, boolean revoked) {
    send(link, revoked, true);
    met(link);
  }

  /** A link that was said of a placeholder, which is its {@code from}. */
  void refusedSaid(Link link) {
    refused(link);
    met(link);
  }

  /** Behind the link: so an erasure that follows finds it. */
  private void met(Link link) {
    ledger.add(Ledger.Identity.SENT);
    forward(link.to(), new InboxRecord.Met(link.from()), link.at());
  }

  /** A placeholder's key need only know of the first link it did not make. */
  void refused(Link link) {
    ledger.add(Refusal.PLACEHOLDER);
    Link first = refused.get(link.from());
    if (first == null || link.compareTo(first) < 0) {
      if (refused.size() >= MAX_REFUSED) {
        refused.clear();
      }
      refused.put(link.from(), link);
      made(link);
    }
  }

  private void send(Link link, boolean revoked, boolean fed) {
    ledger.add(Ledger.Identity.SENT);
    forward(
        link.from(),
        new InboxRecord.Link(
            link.from(), link.to(), link.at(), link.id(), link.until(), revoked, fed),
        link.at());
  }

  private void forward(String to, InboxRecord record, long at) {
    context.forward(
        new Record<>(to.getBytes(StandardCharsets.UTF_8), wire.inbox(record), Math.max(0, at)),
        FermataTopology.WRITE_INBOX);
  }
}
