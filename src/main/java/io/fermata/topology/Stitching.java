package io.fermata.topology;

import io.fermata.codec.InboxRecord;
import io.fermata.identity.IdentitySettings;
import io.fermata.identity.Link;
import io.fermata.identity.Neighbours;
import io.fermata.identity.Refusal;
import io.fermata.identity.Stitcher;
import io.fermata.journey.JourneyMoves;
import io.fermata.journey.Kept;
import io.fermata.journey.Kept.Outcome;
import io.fermata.journey.Stored;
import io.fermata.model.Alert;
import io.fermata.model.Change;
import io.fermata.model.DeadLetterReason;
import io.fermata.model.Erased;
import io.fermata.model.Position;
import io.fermata.model.Touchpoint;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The part of the Journey room that hands touchpoints over between names. */
final class Stitching implements Neighbours {

  private static final Logger LOG = LoggerFactory.getLogger(Stitching.class);

  private final JourneyProcessor room;
  private final ProcessorContext<byte[], byte[]> context;
  private final Wire wire;
  private final JourneyMoves journeys;
  private final Ledger ledger;
  private final DeadLetters deadLetters;
  private final Stitcher stitcher;

  /** What is being taken: its headers say where a touchpoint came from. */
  private Record<byte[], byte[]> present;

  /** The request that is being followed, and what has come of it here. */
  private InboxRecord.Erase erasure;

  private int erasedViews;
  private int passedOn;

  Stitching(
      JourneyProcessor room,
      ProcessorContext<byte[], byte[]> context,
      Wire wire,
      JourneyMoves journeys,
      IdentitySettings settings,
      long latenessMillis,
      Ledger ledger,
      DeadLetters deadLetters) {
    this.room = room;
    this.context = context;
    this.wire = wire;
    this.journeys = journeys;
    this.ledger = ledger;
    this.deadLetters = deadLetters;
    this.stitcher =
        new Stitcher(
            settings,
            latenessMillis,
            wire::fromHistory,
            new StoredHistory(context.getStateStore(StoreNames.IDENTITIES)),
            this);
  }

  /** As {@link Stitcher#owner}. */
  String owner(String name, long at) {
    return stitcher.owner(name, at);
  }

  /** Whether a touchpoint is to be folded under the name it arrives at; otherwise it is done. */
  boolean isHere(
      Record<byte[], byte[]> record,
      String name,
      Touchpoint touchpoint,
      InboxRecord.Arrival arrival) {
    present = record;
    switch (stitcher.arrives(name, touchpoint.position())) {
      case HERE -> {
        return true;
      }
      case DUPLICATE -> ledger.add(Ledger.Entry.DUPLICATE);
      case ELSEWHERE -> stitcher.passOn(name, touchpoint.position(), encoded(touchpoint, arrival));
    }
    return false;
  }

  private byte[] encoded(Touchpoint touchpoint, InboxRecord.Arrival arrival) {
    int header = wire.historyOffset(arrival.array(), arrival.offset(), arrival.length());
    return header < 0
        ? wire.history(touchpoint)
        : Arrays.copyOfRange(
            arrival.array(), arrival.offset() + header, arrival.offset() + arrival.length());
  }

  /** A touchpoint has come to the name of its strongest identifier. */
  void meets(String name, Touchpoint touchpoint) {
    stitcher.meets(name, touchpoint.identifiers());
  }

  /** A touchpoint that arrived is a duplicate of one that is folded here. */
  void arrivedAgain(String name, Touchpoint touchpoint, InboxRecord.Arrival arrival) {
    stitcher.arrivedAgain(name, touchpoint.position(), () -> encoded(touchpoint, arrival));
  }

  /** Takes what the inbox has for a name, besides arrivals and ticks. */
  void take(Record<byte[], byte[]> record, InboxRecord received) {
    present = record;
    String name = new String(record.key(), StandardCharsets.UTF_8);
    if (received instanceof InboxRecord.Link link) {
      Link one = new Link(name, link.to(), link.at(), link.touchpointId(), link.until());
      if (link.fed()) {
        stitcher.said(one, link.revoked());
      } else {
        stitcher.linked(one);
      }
    } else if (received instanceof InboxRecord.Move move) {
      stitcher.handedOver(
          name,
          move.path(),
          move.fresh(),
          move.touchpoints().stream().map(Stitching::copy).toList());
    } else if (received instanceof InboxRecord.Recall recall) {
      stitcher.takenBack(name, recall.path(), recall.touchpoints());
    } else if (received instanceof InboxRecord.Sweep sweep) {
      stitcher.sweep(name, sweep.from(), sweep.until());
    } else if (received instanceof InboxRecord.Drop drop) {
      stitcher.dropped(name, drop.path(), drop.touchpoints());
    } else if (received instanceof InboxRecord.Met met) {
      stitcher.met(name, met.other());
    } else if (received instanceof InboxRecord.Erase request) {
      erase(name, request);
    } else {
      throw new IllegalStateException("the room takes no " + received.getClass().getSimpleName());
    }
  }

  private void erase(String name, InboxRecord.Erase request) {
    erasure = request;
    erasedViews = 0;
    passedOn = 0;
    if (request.gone() == null) {
      stitcher.erase(name);
    } else {
      stitcher.gone(name, request.gone());
    }
    ledger.add(Ledger.Erasures.REACHED);
    context.forward(
        new Record<>(
            request.request().getBytes(StandardCharsets.UTF_8),
            wire.erased(
                new Erased(request.request(), request.requestedAt(), erasedViews, passedOn)),
            present.timestamp()),
        FermataTopology.WRITE_ERASED);
  }

  @Override
  public void erase(String to, String gone) {
    passedOn++;
    send(
        to,
        new InboxRecord.Erase(erasure.request(), erasure.requestedAt(), gone),
        new RecordHeaders());
  }

  @Override
  public void drop(String to, List<String> path, List<Position> positions) {
    send(to, new InboxRecord.Drop(path, positions), new RecordHeaders());
  }

  @Override
  public void forget(String name) {
    erasedViews += room.forget(key(name), name, present.timestamp());
  }

  private static byte[] copy(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }

  @Override
  public void pass(String to, List<String> path, boolean fresh, List<byte[]> touchpoints) {
    if (!fresh) {
      touchpoints.forEach(touchpoint -> ledger.add(Ledger.Identity.MOVED));
    }
    // A single one keeps what its headers say of where it came from.
    Headers headers = fresh ? new RecordHeaders(present.headers().toArray()) : new RecordHeaders();
    send(
        to,
        new InboxRecord.Move(path, fresh, touchpoints.stream().map(ByteBuffer::wrap).toList()),
        headers);
  }

  @Override
  public void recall(String to, List<String> path, List<Position> positions) {
    send(to, new InboxRecord.Recall(path, positions), new RecordHeaders());
  }

  @Override
  public void sweepLater(String name, long from, long until) {
    send(name, new InboxRecord.Sweep(from, until), new RecordHeaders());
  }

  private void send(String to, InboxRecord message, Headers headers) {
    ledger.add(Ledger.Identity.SENT);
    context.forward(
        new Record<>(
            to.getBytes(StandardCharsets.UTF_8),
            wire.inbox(message),
            Math.max(0, present.timestamp()),
            headers),
        FermataTopology.WRITE_HANDOVERS);
  }

  @Override
  public List<Outcome> takeIn(String name, boolean fresh, List<Stored> touchpoints) {
    touchpoints.forEach(touchpoint -> room.sees(touchpoint.position().at()));
    List<Outcome> outcomes = new ArrayList<>();
    try {
      outcomes.addAll(fold(name, touchpoints));
    } catch (KafkaException storeFailed) {
      throw storeFailed;
    } catch (RuntimeException e) {
      LOG.error("the fold failed on touchpoints that were handed over; trying one by one", e);
      touchpoints.forEach(touchpoint -> outcomes.add(foldAlone(name, touchpoint, fresh)));
    }
    for (int i = 0; i < outcomes.size(); i++) {
      Touchpoint touchpoint = touchpoints.get(i).touchpoint();
      count(outcomes.get(i), fresh, touchpoint);
      if (outcomes.get(i) == Outcome.FOLDED) {
        room.reservations().folded(name, touchpoint);
      }
    }
    return outcomes;
  }

  private List<Outcome> fold(String name, List<Stored> touchpoints) {
    long timestamp =
        touchpoints.stream().mapToLong(touchpoint -> touchpoint.position().at()).max().orElse(0);
    Bytes key = key(name);
    byte[] root = room.upToDate(key, name, timestamp);
    JourneyMoves.MovedIn in = journeys.in(name, root, touchpoints, room.changes());
    if (in.kept().root() != null) {
      room.apply(key, in.kept());
    }
    room.publish(timestamp);
    return in.outcomes();
  }

  /** Null when the fold fails: it is a dead letter then. */
  private Outcome foldAlone(String name, Stored touchpoint, boolean fresh) {
    try {
      return fold(name, List.of(touchpoint)).get(0);
    } catch (KafkaException storeFailed) {
      throw storeFailed;
    } catch (RuntimeException e) {
      bury(
          touchpoint.touchpoint(),
          fresh,
          DeadLetterReason.RULE_FAILED,
          Objects.toString(e.getMessage(), e.getClass().getSimpleName()),
          e);
      return null;
    }
  }

  private void count(Outcome outcome, boolean fresh, Touchpoint touchpoint) {
    if (outcome == Outcome.TOO_LATE) {
      bury(touchpoint, fresh, DeadLetterReason.TOO_LATE, Kept.TOO_LATE_DETAIL, null);
    } else if (fresh && outcome != null) {
      ledger.add(outcome == Outcome.FOLDED ? Ledger.Entry.FOLDED : Ledger.Entry.DUPLICATE);
    }
  }

  private void bury(
      Touchpoint touchpoint,
      boolean fresh,
      DeadLetterReason reason,
      String detail,
      Throwable failure) {
    if (fresh) {
      ledger.add(reason);
    } else {
      // It has been counted as folded before.
      ledger.add(Ledger.Identity.STRANDED);
    }
    Headers headers = new RecordHeaders(present.headers().toArray());
    context.forward(
        deadLetters.of(
            Origin.take(headers),
            wire.touchpoint(touchpoint),
            Math.max(0, touchpoint.occurredAt()),
            headers,
            reason,
            detail,
            failure),
        FermataTopology.WRITE_JOURNEY_DEAD_LETTERS);
  }

  @Override
  public void takeOut(String name, Collection<Position> positions) {
    Bytes key = key(name);
    byte[] root = room.upToDate(key, name, present.timestamp());
    if (root != null) {
      apply(key, journeys.out(name, root, positions, room.changes()));
    }
  }

  @Override
  public List<Stored> takeOutNewest(String name, long from, long until, int limit) {
    Bytes key = key(name);
    byte[] root = room.upToDate(key, name, present.timestamp());
    return root == null
        ? List.of()
        : apply(key, journeys.newest(name, root, from, until, limit, room.changes()));
  }

  @Override
  public byte[] replace(String name, byte[] touchpoint) {
    Bytes key = key(name);
    byte[] root = room.upToDate(key, name, present.timestamp());
    if (root == null) {
      return null;
    }
    JourneyMoves.MovedOut out;
    try {
      out = journeys.replace(name, root, touchpoint, room.changes());
    } catch (KafkaException storeFailed) {
      throw storeFailed;
    } catch (RuntimeException e) {
      LOG.error("the fold failed on a touchpoint in place of its twin, which stays", e);
      room.changes().clear();
      return null;
    }
    List<Stored> old = apply(key, out);
    return old.isEmpty() ? null : old.get(0).bytes();
  }

  @Override
  public void refused(Refusal reason) {
    ledger.add(reason);
  }

  @Override
  public void duplicate() {
    ledger.add(Ledger.Entry.DUPLICATE);
  }

  @Override
  public void merged() {
    ledger.add(Ledger.Identity.MERGED);
  }

  @Override
  public void parted() {
    ledger.add(Ledger.Identity.PARTED);
  }

  private List<Stored> apply(Bytes key, JourneyMoves.MovedOut out) {
    if (out.emptied() || out.kept().root() != null) {
      room.apply(key, out.kept());
    }
    room.publish(present.timestamp());
    return out.touchpoints();
  }

  @Override
  public void alert(Change change, Alert was, Alert alert) {
    room.changes().clear();
    if (was != null) {
      room.changes().recount(was, alert);
    }
    room.changes().alert(change, alert);
    room.publish(alert.at());
  }

  private static Bytes key(String name) {
    return Bytes.wrap(name.getBytes(StandardCharsets.UTF_8));
  }
}
