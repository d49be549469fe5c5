package io.fermata.topology;

import io.fermata.codec.InboxRecord;
import io.fermata.journey.JourneyKeeper;
import io.fermata.journey.Reservation;
import io.fermata.journey.Reservations;
import io.fermata.model.ContactDecision;
import io.fermata.model.ContactDecision.Reason;
import io.fermata.model.ContactDecision.Verdict;
import io.fermata.model.ReservationAnswer;
import io.fermata.model.Touchpoint;
import io.fermata.rules.TriedMessage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The part of the Journey room that gives out permissions and holds them: one request after the
 * other, in the order of the inbox, each knowing what was given before it. What it holds lies
 * beside the journeys and changes no view.
 */
public final class ReservationDesk {

  private static final Logger LOG = LoggerFactory.getLogger(ReservationDesk.class);

  /** Header of an answer: who waits for it. */
  public static final String REPLY_TO = "reply-to";

  /** Names looked at in one go for what has expired. */
  private static final int EXPIRY_BATCH = 64;

  private final JourneyProcessor room;
  private final ProcessorContext<byte[], byte[]> context;
  private final Wire wire;
  private final JourneyKeeper keeper;
  private final Stitching stitching;
  private final ReservationStore store;
  private final Ledger ledger;
  private final long holdMillis;

  ReservationDesk(
      JourneyProcessor room,
      ProcessorContext<byte[], byte[]> context,
      Wire wire,
      JourneyKeeper keeper,
      Stitching stitching,
      Ledger ledger,
      long holdMillis) {
    this.room = room;
    this.context = context;
    this.wire = wire;
    this.keeper = keeper;
    this.stitching = stitching;
    this.store = new ReservationStore(context.getStateStore(StoreNames.RESERVATIONS));
    this.ledger = ledger;
    this.holdMillis = holdMillis;
  }

  /** Decides a request, or passes it on to the name that the customer goes by at that time. */
  void asked(String name, InboxRecord.Reserve request) {
    String owner = stitching.owner(name, request.at());
    if (owner != null && !owner.equals(name) && !request.path().contains(owner)) {
      send(
          owner,
          new InboxRecord.Reserve(
              request.requestId(),
              request.replyTo(),
              request.channel(),
              request.at(),
              and(request.path(), name)));
      return;
    }
    // The wall clock, as it is people who wait: a permission lasts for so long in their time.
    long now = context.currentSystemTimeMs();
    Reservations held = held(name, now);
    Reservation before = held.find(request.requestId());
    ledger.add(Ledger.Reserving.ASKED);
    if (before != null) {
      ledger.add(Ledger.Reserving.REPEATED);
      answer(request, allow(name, before), before.expiresAt());
      return;
    }
    ContactDecision decision = decide(name, request, held);
    if (decision.verdict() != Verdict.ALLOW) {
      answer(request, decision, null);
      return;
    }
    ledger.add(Ledger.Reserving.GRANTED);
    Reservation given =
        new Reservation(
            request.requestId(),
            request.channel(),
            decision.at(),
            Math.max(decision.at(), now) + holdMillis,
            false);
    keep(name, held, given);
    answer(request, decision, given.expiresAt());
  }

  /** What is held for a name now. */
  private Reservations held(String name, long now) {
    expire(now);
    return store.of(name).at(now);
  }

  private static ContactDecision allow(String customer, Reservation given) {
    return new ContactDecision(
        customer, given.channel(), given.at(), Verdict.ALLOW, null, List.of());
  }

  private ContactDecision decide(String name, InboxRecord.Reserve request, Reservations held) {
    Long fullUntil = held.fullUntil();
    if (fullUntil != null) {
      return new ContactDecision(
          name,
          request.channel(),
          request.at(),
          Verdict.DEFER,
          fullUntil,
          List.of(new Reason(ContactDecision.TOO_MANY_RESERVED, null, List.of())));
    }
    Bytes key = Bytes.wrap(name.getBytes(StandardCharsets.UTF_8));
    byte[] root = room.upToDate(key, name, request.at());
    try {
      return keeper.decide(name, root, request.channel(), request.at(), held);
    } catch (KafkaException storeFailed) {
      throw storeFailed;
    } catch (RuntimeException e) {
      LOG.error("a request for a permission could not be decided; it is denied", e);
      return new ContactDecision(
          name,
          request.channel(),
          request.at(),
          Verdict.DENY,
          null,
          List.of(new Reason(ContactDecision.FAILED, null, List.of())));
    }
  }

  /** Takes over what another name held, unless it has expired. */
  void takenOver(String name, InboxRecord.Reserved reserved) {
    long now = context.currentSystemTimeMs();
    if (reserved.expiresAt() <= now) {
      return;
    }
    String owner = stitching.owner(name, reserved.at());
    if (owner != null && !owner.equals(name) && !reserved.path().contains(owner)) {
      handOver(name, owner, reserved);
      return;
    }
    Reservations held = held(name, now);
    Reservation before = held.find(reserved.requestId());
    keep(
        name,
        held,
        new Reservation(
            reserved.requestId(),
            reserved.channel(),
            reserved.at(),
            reserved.expiresAt(),
            reserved.used() || (before != null && before.used())));
  }

  /** Whom a name belongs to may have changed: what is held for it goes where it belongs. */
  void relinked(String name) {
    Reservations held = store.of(name);
    if (held.isEmpty()) {
      return;
    }
    Reservations staying = held;
    for (Reservation each : held.held()) {
      String owner = stitching.owner(name, each.at());
      if (owner != null && !owner.equals(name)) {
        handOver(
            name,
            owner,
            new InboxRecord.Reserved(
                each.requestId(),
                each.channel(),
                each.at(),
                each.expiresAt(),
                each.used(),
                List.of()));
        staying = staying.without(each.requestId());
      }
    }
    store.put(name, staying);
  }

  private void handOver(String name, String owner, InboxRecord.Reserved reserved) {
    send(
        owner,
        new InboxRecord.Reserved(
            reserved.requestId(),
            reserved.channel(),
            reserved.at(),
            reserved.expiresAt(),
            reserved.used(),
            and(reserved.path(), name)));
  }

  private static List<String> and(List<String> path, String name) {
    List<String> longer = new ArrayList<>(path);
    longer.add(name);
    return longer;
  }

  /**
   * A touchpoint was folded: if it is the message of a reservation, that does not count any more,
   * for the message does.
   */
  void folded(String name, Touchpoint touchpoint) {
    if (!TriedMessage.isLike(touchpoint)) {
      return;
    }
    String requestId = touchpoint.attributes().get(Reservation.ATTRIBUTE);
    if (requestId == null) {
      return;
    }
    long now = context.currentSystemTimeMs();
    Reservations held = held(name, now);
    Reservation given = held.find(requestId);
    if (given != null) {
      if (!given.used()) {
        ledger.add(Ledger.Reserving.USED);
        store.put(name, held.with(given.asUsed()));
      }
      return;
    }
    long expiresAt = touchpoint.occurredAt() + holdMillis;
    if (expiresAt > now && held.fullUntil() == null) {
      // What is held for it may be with another name, and come here only when the two are linked.
      keep(
          name,
          held,
          new Reservation(
              requestId, touchpoint.channel(), touchpoint.occurredAt(), expiresAt, true));
    }
  }

  private void keep(String name, Reservations held, Reservation one) {
    store.put(name, held.with(one));
    store.willExpire(name, one.expiresAt());
  }

  /** Forgets what has expired, some of it at a time; whether there was any. */
  boolean expire(long now) {
    List<ReservationStore.Expiry> expired = store.expired(now, EXPIRY_BATCH);
    for (ReservationStore.Expiry expiry : expired) {
      Reservations held = store.of(expiry.name());
      Reservations left = held.at(now);
      for (Reservation each : held.held()) {
        if (each.expiresAt() <= now && !each.used()) {
          ledger.add(Ledger.Reserving.EXPIRED);
        }
      }
      store.put(expiry.name(), left);
      store.hasExpired(expiry);
    }
    return !expired.isEmpty();
  }

  /** Forgets all that is held for a name. */
  void forget(String name) {
    for (Reservation each : store.of(name).held()) {
      store.hasExpired(new ReservationStore.Expiry(each.expiresAt(), name));
    }
    store.put(name, Reservations.NONE);
  }

  private void answer(InboxRecord.Reserve request, ContactDecision decision, Long expiresAt) {
    Headers headers = new RecordHeaders();
    headers.add(REPLY_TO, request.replyTo().getBytes(StandardCharsets.UTF_8));
    context.forward(
        new Record<>(
            decision.customer().getBytes(StandardCharsets.UTF_8),
            wire.answer(
                new ReservationAnswer(request.requestId(), request.replyTo(), decision, expiresAt)),
            Math.max(0, decision.at()),
            headers),
        FermataTopology.WRITE_CONTACT_DECISIONS);
  }

  private void send(String to, InboxRecord message) {
    context.forward(
        new Record<>(
            to.getBytes(StandardCharsets.UTF_8),
            wire.inbox(message),
            context.currentSystemTimeMs()),
        FermataTopology.WRITE_HANDOVERS);
  }
}
