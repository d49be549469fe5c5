package io.fermata.topology;

import io.fermata.identity.Refusal;
import io.fermata.model.DeadLetterReason;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLongArray;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * What a task has counted since the beginning of time. The counts lie in a store, so they are part
 * of the transaction that did what they count: a crash neither loses nor doubles them, and law 7
 * holds over restarts. Written by the task's thread, read by any.
 */
public final class Ledger {

  /** What is counted besides dead letters. */
  public enum Entry {
    IN,
    FOLDED,
    DUPLICATE
  }

  /** What is counted of identity, beside law 7. */
  public enum Identity {
    /** Messages about identity sent to inboxes. */
    SENT,
    /** Messages about identity taken from an inbox. */
    TAKEN,
    /** Touchpoints that were handed over once they had been folded, or once more. */
    MOVED,
    /** Folded touchpoints that moved to a customer for whom they were too late: dead letters. */
    STRANDED,
    /** Touchpoints that were folded and moved to one of the same id and time. */
    MERGED,
    /** Of several touchpoints of the same id and time at a name, those that went away. */
    PARTED,
    /** Links read from their topic. */
    LINKS_IN,
    /** Links read that were good. */
    LINKED
  }

  /** What is counted of permissions that are held, beside law 7: a request is no touchpoint. */
  public enum Reserving {
    /** Requests that were decided. */
    ASKED,
    /** Of those: permissions given for the first time. */
    GRANTED,
    /** Of those: asked again, and told again. */
    REPEATED,
    /** Permissions whose message has arrived. */
    USED,
    /** Permissions that have expired before their message arrived. */
    EXPIRED
  }

  /** What is counted of erasures, beside law 7. */
  public enum Erasures {
    /** Requests read. */
    REQUESTED,
    /** Requests that are none: dead letters. */
    REFUSED,
    /** Names that a request has reached. */
    REACHED
  }

  /** Of its one record in the store. */
  public static final String KEY = "counts";

  private static final int ENTRIES = Entry.values().length;
  private static final int REASONS = DeadLetterReason.values().length;
  private static final int REFUSALS = Refusal.values().length;
  private static final int IDENTITY = Identity.values().length;
  private static final int RESERVING = ENTRIES + REASONS + REFUSALS + IDENTITY;
  private static final int ERASURES = RESERVING + Reserving.values().length;
  private static final int SIZE = ERASURES + Erasures.values().length;

  private final String room;
  private final KeyValueStore<String, byte[]> store;
  private final AtomicLongArray counts = new AtomicLongArray(SIZE);

  Ledger(String room, KeyValueStore<String, byte[]> store) {
    this.room = room;
    this.store = store;
    byte[] stored = store.get(KEY);
    if (stored != null) {
      ByteBuffer buffer = ByteBuffer.wrap(stored);
      for (int i = 0; i < SIZE && buffer.hasRemaining(); i++) {
        counts.set(i, buffer.getLong());
      }
    }
  }

  /** The room that counts: {@code route}, {@code links} or {@code journey}. */
  public String room() {
    return room;
  }

  public long count(Entry entry) {
    return counts.get(entry.ordinal());
  }

  /** Dead letters of one reason. */
  public long count(DeadLetterReason reason) {
    return counts.get(ENTRIES + reason.ordinal());
  }

  /** Dead letters of all reasons. */
  public long deadLetters() {
    long letters = 0;
    for (DeadLetterReason reason : DeadLetterReason.values()) {
      letters += count(reason);
    }
    return letters;
  }

  /** What linked nothing for one reason: links, and touchpoints that went in a circle. */
  public long count(Refusal reason) {
    return counts.get(ENTRIES + REASONS + reason.ordinal());
  }

  public long count(Identity entry) {
    return counts.get(ENTRIES + REASONS + REFUSALS + entry.ordinal());
  }

  public long count(Reserving entry) {
    return counts.get(RESERVING + entry.ordinal());
  }

  void add(Reserving entry) {
    add(RESERVING + entry.ordinal());
  }

  public long count(Erasures entry) {
    return counts.get(ERASURES + entry.ordinal());
  }

  void add(Erasures entry) {
    add(ERASURES + entry.ordinal());
  }

  void add(Identity entry) {
    add(ENTRIES + REASONS + REFUSALS + entry.ordinal());
  }

  void add(Refusal reason) {
    add(ENTRIES + REASONS + reason.ordinal());
  }

  void add(Entry entry) {
    add(entry.ordinal());
  }

  void add(DeadLetterReason reason) {
    add(ENTRIES + reason.ordinal());
  }

  /** Writes the counts into the store; to be called once for every record. */
  void save() {
    ByteBuffer buffer = ByteBuffer.allocate(SIZE * Long.BYTES);
    for (int i = 0; i < SIZE; i++) {
      buffer.putLong(counts.get(i));
    }
    store.put(KEY, buffer.array());
  }

  private void add(int index) {
    counts.lazySet(index, counts.get(index) + 1);
  }
}
