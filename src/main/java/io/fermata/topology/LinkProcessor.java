package io.fermata.topology;

import io.fermata.codec.UnreadableRecordException;
import io.fermata.identity.SaidLinks;
import io.fermata.model.DeadLetterReason;
import io.fermata.model.IdentityLink;
import io.fermata.model.IdentityLinkValidator;
import java.util.List;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * The part of the Route room that reads links: a good one goes to the inbox of the name that
 * belongs to another, anything else is a dead letter.
 */
final class LinkProcessor implements Processor<byte[], byte[], byte[], byte[]> {

  private final Wire wire;
  private final RouteSettings settings;
  private final PipelineListener listener;
  private final TopicNames topics;
  private ProcessorContext<byte[], byte[]> context;
  private Ledger ledger;
  private LinkSender links;
  private RouteDeadLetters deadLetters;

  LinkProcessor(TopicNames topics, Wire wire, RouteSettings settings, PipelineListener listener) {
    this.wire = wire;
    this.settings = settings;
    this.listener = listener;
    this.topics = topics;
  }

  @Override
  public void init(ProcessorContext<byte[], byte[]> processorContext) {
    context = processorContext;
    ledger = new Ledger("links", context.getStateStore(StoreNames.LINK_LEDGER));
    listener.opened(ledger);
    links = new LinkSender(context, wire, ledger);
    deadLetters = new RouteDeadLetters(topics.identityLinks(), context);
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    ledger.add(Ledger.Identity.LINKS_IN);
    try {
      route(record);
    } catch (UnreadableRecordException e) {
      bury(record, e.reason(), e.getMessage());
    }
    ledger.save();
  }

  private void route(Record<byte[], byte[]> record) {
    if (record.value() == null) {
      bury(record, DeadLetterReason.UNDECODABLE, "the record has no value");
      return;
    }
    IdentityLink link = wire.identityLink(record.value());
    List<String> problems = IdentityLinkValidator.problems(link);
    if (!problems.isEmpty()) {
      bury(record, DeadLetterReason.INVALID, String.join("; ", problems));
      return;
    }
    ledger.add(Ledger.Identity.LINKED);
    SaidLinks.find(
        settings.pseudonyms().of(link),
        settings.identity(),
        counting -> links.said(counting, link.revoked()),
        refused -> {
          if (!link.revoked()) {
            links.refusedSaid(refused);
          }
        });
  }

  private void bury(Record<byte[], byte[]> record, DeadLetterReason reason, String detail) {
    ledger.add(reason);
    deadLetters.bury(record, reason, detail);
  }

  @Override
  public void close() {
    listener.closed(ledger);
  }
}
