package io.fermata.topology;

import io.fermata.codec.InboxRecord;
import io.fermata.codec.UnreadableRecordException;
import io.fermata.identity.IdentitySettings;
import io.fermata.journey.HistoryStore;
import io.fermata.journey.JourneyKeeper;
import io.fermata.journey.JourneyMoves;
import io.fermata.journey.KeeperSettings;
import io.fermata.journey.Kept;
import io.fermata.model.DeadLetterReason;
import io.fermata.model.Touchpoint;
import io.fermata.rules.RuleSet;
import io.fermata.score.ScoreSettings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Journey room: one customer's record in, folded, out again; what changed in the customer's
 * views is published.
 */
final class JourneyProcessor implements Processor<byte[], byte[], byte[], byte[]> {

  private static final Logger LOG = LoggerFactory.getLogger(JourneyProcessor.class);

  /**
   * How often the clock is looked at: what a deadline may be late by, little against its second.
   */
  private static final Duration CLOCK_INTERVAL = Duration.ofMillis(100);

  /** How long settling may keep touchpoints waiting before it goes on at the next interval. */
  private static final long SETTLE_BUDGET_NANOS = Duration.ofMillis(50).toNanos();

  /** How long catching up with a change of rules may keep touchpoints waiting, as above. */
  private static final long CATCH_UP_BUDGET_NANOS = Duration.ofMillis(50).toNanos();

  /** Timers looked up at a time: opening a range of a store costs as much as some entries of it. */
  private static final int SETTLE_BATCH = 64;

  private final TopicNames topics;
  private final Wire wire;
  private final RuleSet rules;
  private final KeeperSettings settings;
  private final IdentitySettings identity;
  private final ClockSettings clock;
  private final long holdMillis;
  private final ScoreSettings score;
  private final CloudEvents cloudEvents;
  private final PipelineListener listener;
  private final DeadLetters deadLetters;
  private final ViewChanges changes = new ViewChanges();
  private ProcessorContext<byte[], byte[]> context;
  private KeyValueStore<Bytes, byte[]> roots;
  private Timers timers;
  private StoredRules storedRules;
  private Behind behind;
  private JourneyKeeper keeper;
  private ViewPublisher publisher;
  private Stitching stitching;
  private ReservationDesk reservations;
  private Ledger ledger;
  private TaskGauges gauges;
  private long streamTime = Long.MIN_VALUE;

  JourneyProcessor(
      TopicNames topics,
      Wire wire,
      RuleSet rules,
      KeeperSettings settings,
      IdentitySettings identity,
      ClockSettings clock,
      long holdMillis,
      ScoreSettings score,
      CloudEvents cloudEvents,
      PipelineListener listener) {
    this.topics = topics;
    this.wire = wire;
    this.rules = rules;
    this.settings = settings;
    this.identity = identity;
    this.clock = clock;
    this.holdMillis = holdMillis;
    this.score = score;
    this.cloudEvents = cloudEvents;
    this.listener = listener;
    this.deadLetters = new DeadLetters(topics.touchpoints());
  }

  @Override
  public void init(ProcessorContext<byte[], byte[]> processorContext) {
    context = processorContext;
    roots = context.getStateStore(StoreNames.JOURNEYS);
    timers = new Timers(context.getStateStore(StoreNames.TIMERS));
    storedRules = new StoredRules(context.getStateStore(StoreNames.RULES), rules);
    HistoryStore history = new StoredHistory(context.getStateStore(StoreNames.HISTORY));
    keeper = new JourneyKeeper(rules, settings, wire::fromHistory, history, storedRules::find);
    behind = new Behind(roots, keeper);
    KeyValueStore<String, byte[]> counts = context.getStateStore(StoreNames.JOURNEY_LEDGER);
    ledger = new Ledger("journey", counts);
    listener.opened(ledger);
    gauges = new TaskGauges(counts);
    listener.opened(gauges);
    ExperienceCounts experiences =
        new ExperienceCounts(
            context, context.getStateStore(StoreNames.EXPERIENCES_PENDING), wire, score);
    publisher =
        new ViewPublisher(
            context,
            topics,
            wire,
            listener,
            gauges,
            experiences,
            cloudEvents,
            new PublishedViews(context.getStateStore(StoreNames.PUBLISHED)));
    stitching =
        new Stitching(
            this,
            context,
            wire,
            new JourneyMoves(keeper, wire::fromHistory, settings, history),
            identity,
            settings.latenessMillis(),
            ledger,
            deadLetters);
    reservations = new ReservationDesk(this, context, wire, keeper, stitching, ledger, holdMillis);
    context.schedule(
        CountProcessor.MOMENT, PunctuationType.WALL_CLOCK_TIME, now -> experiences.send(now));
    // Wall-clock time: a deadline must pass also when nothing arrives any more.
    context.schedule(
        CLOCK_INTERVAL,
        PunctuationType.WALL_CLOCK_TIME,
        now -> {
          long eventTime = clock.now(streamTime, now);
          settle(eventTime, SETTLE_BUDGET_NANOS);
          gauges.advance(eventTime);
          catchUp(now);
          if (reservations.expire(now)) {
            ledger.save();
          }
        });
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    InboxRecord received = wire.inbox(record.value());
    if (received instanceof InboxRecord.Arrival arrival) {
      accept(record, arrival);
      ledger.save();
    } else if (received instanceof InboxRecord.Tick tick) {
      streamTime = Math.max(streamTime, tick.at());
      settle(streamTime, Long.MAX_VALUE);
      gauges.advance(streamTime);
    } else if (received instanceof InboxRecord.Reserve request) {
      reservations.asked(name(record), request);
      ledger.save();
    } else if (received instanceof InboxRecord.Reserved reserved) {
      reservations.takenOver(name(record), reserved);
      ledger.save();
    } else {
      ledger.add(Ledger.Identity.TAKEN);
      stitching.take(record, received);
      if (received instanceof InboxRecord.Link || received instanceof InboxRecord.Erase) {
        reservations.relinked(name(record));
      }
      ledger.save();
    }
  }

  private static String name(Record<byte[], byte[]> record) {
    return new String(record.key(), StandardCharsets.UTF_8);
  }

  private void accept(Record<byte[], byte[]> record, InboxRecord.Arrival arrival) {
    byte[] framed = arrival.array();
    Touchpoint touchpoint;
    try {
      touchpoint = wire.touchpoint(framed, arrival.offset(), arrival.length());
    } catch (UnreadableRecordException e) {
      // Route could read it; since then the registry has lost the schema.
      bury(record, arrival, e.reason(), e.getMessage(), null);
      return;
    }
    sees(touchpoint.occurredAt());
    Bytes key = Bytes.wrap(record.key());
    String name = name(record);
    stitching.meets(name, touchpoint);
    if (!stitching.isHere(record, name, touchpoint, arrival)) {
      return;
    }
    changes.clear();
    Kept kept;
    try {
      kept = fold(name, key, touchpoint, arrival);
    } catch (KafkaException storeFailed) {
      throw storeFailed;
    } catch (RuntimeException e) {
      LOG.error("the fold failed on a touchpoint; it is a dead letter now", e);
      bury(
          record,
          arrival,
          DeadLetterReason.RULE_FAILED,
          Objects.toString(e.getMessage(), e.getClass().getSimpleName()),
          e);
      return;
    }
    switch (kept.outcome()) {
      case FOLDED -> {
        ledger.add(Ledger.Entry.FOLDED);
        reservations.folded(name, touchpoint);
        apply(key, kept);
        if (kept.refolded() > 0) {
          listener.refolded(kept.refolded());
        }
        publisher.publish(changes, touchpoint.occurredAt());
        Origin origin = Origin.peek(record.headers());
        listener.folded(
            touchpoint,
            origin == null ? record.timestamp() : origin.arrivedAt(),
            context.currentSystemTimeMs());
      }
      case DUPLICATE -> {
        ledger.add(Ledger.Entry.DUPLICATE);
        stitching.arrivedAgain(name, touchpoint, arrival);
      }
      case TOO_LATE -> bury(record, arrival, DeadLetterReason.TOO_LATE, Kept.TOO_LATE_DETAIL, null);
    }
  }

  private Kept fold(
      String customer, Bytes key, Touchpoint touchpoint, InboxRecord.Arrival arrival) {
    byte[] root = upToDate(key, customer, touchpoint.occurredAt());
    int header = wire.historyOffset(arrival.array(), arrival.offset(), arrival.length());
    if (header >= 0) {
      return keeper.accept(
          customer,
          root,
          touchpoint,
          arrival.array(),
          arrival.offset() + header,
          arrival.length() - header,
          changes);
    }
    byte[] encoded = wire.history(touchpoint);
    return keeper.accept(customer, root, touchpoint, encoded, 0, encoded.length, changes);
  }

  /** A touchpoint of that time has come. */
  void sees(long occurredAt) {
    streamTime = Math.max(streamTime, occurredAt);
  }

  ReservationDesk reservations() {
    return reservations;
  }

  /** Where the changes of the present step are collected. */
  ViewChanges changes() {
    return changes;
  }

  /** Publishes the changes of the present step and begins another. */
  void publish(long timestamp) {
    publisher.publish(changes, timestamp);
    changes.clear();
  }

  /** Stores what has become of a customer; a null record deletes it. */
  void apply(Bytes key, Kept kept) {
    roots.put(key, kept.root());
    if (kept.cancelWake() != Kept.NO_WAKE) {
      timers.cancel(kept.cancelWake(), key.get());
    }
    if (kept.wakeAt() != Kept.NO_WAKE) {
      timers.set(kept.wakeAt(), key.get());
    }
  }

  /** Deletes all state of a customer, and takes back what is published; how many views. */
  int forget(Bytes key, String customer, long timestamp) {
    reservations.forget(customer);
    changes.clear();
    byte[] root = roots.get(key);
    if (root != null) {
      apply(key, keeper.forget(customer, root, changes));
      publisher.publish(changes, timestamp);
      changes.clear();
    }
    return publisher.forget(customer, root != null, timestamp);
  }

  /** Tells the clock to the customers that wait for it, the earliest first. */
  private void settle(long now, long budgetNanos) {
    long begin = System.nanoTime();
    List<Timers.Due> batch = timers.due(now, SETTLE_BATCH);
    while (!batch.isEmpty()) {
      for (Timers.Due due : batch) {
        settle(due, now);
      }
      if (System.nanoTime() - begin > budgetNanos) {
        return;
      }
      batch = timers.due(now, SETTLE_BATCH);
    }
  }

  private void settle(Timers.Due due, long now) {
    Bytes key = Bytes.wrap(due.customer());
    String customer = new String(due.customer(), StandardCharsets.UTF_8);
    byte[] root = upToDate(key, customer, due.at());
    Kept kept = keeper.settle(customer, root, now, changes);
    if (kept.cancelWake() != due.at()) {
      timers.cancel(due.at(), due.customer()); // it must go, whatever the record says
    }
    apply(key, kept);
    publisher.publish(changes, due.at());
  }

  /**
   * The customer's record, folded under the present rules; {@code changes} is empty afterwards.
   *
   * @param timestamp of what is published when rules have changed
   */
  byte[] upToDate(Bytes key, String customer, long timestamp) {
    changes.clear();
    storedRules.save();
    byte[] root = roots.get(key);
    if (!keeper.isBehind(root)) {
      return root;
    }
    Kept kept = keeper.catchUp(customer, root, changes);
    apply(key, kept);
    publisher.publish(changes, timestamp);
    changes.clear();
    return kept.root();
  }

  /** Brings records of earlier rules to the present ones, some at a time. */
  private void catchUp(long now) {
    if (storedRules.allUnderPresent()) {
      return;
    }
    long begin = System.nanoTime();
    do {
      Bytes key = behind.next();
      if (key != null) {
        upToDate(key, new String(key.get(), StandardCharsets.UTF_8), now);
      }
      if (behind.isThrough()) {
        storedRules.markAllUnderPresent();
        return;
      }
    } while (System.nanoTime() - begin < CATCH_UP_BUDGET_NANOS);
  }

  private void bury(
      Record<byte[], byte[]> record,
      InboxRecord.Arrival arrival,
      DeadLetterReason reason,
      String detail,
      Throwable failure) {
    ledger.add(reason);
    byte[] original = new byte[arrival.length()];
    System.arraycopy(arrival.array(), arrival.offset(), original, 0, original.length);
    context.forward(
        deadLetters.of(
            Origin.take(record.headers()),
            original,
            record.timestamp(),
            record.headers(),
            reason,
            detail,
            failure),
        FermataTopology.WRITE_JOURNEY_DEAD_LETTERS);
  }

  @Override
  public void close() {
    listener.closed(ledger);
    listener.closed(gauges);
  }
}
