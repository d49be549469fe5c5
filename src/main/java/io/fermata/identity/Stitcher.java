package io.fermata.identity;

import io.fermata.journey.HistoryStore;
import io.fermata.journey.KeeperSettings;
import io.fermata.journey.Stored;
import io.fermata.journey.TouchpointBytes;
import io.fermata.model.Identifier;
import io.fermata.model.LruMap;
import io.fermata.model.Position;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Keeps every touchpoint with the customer it belongs to, whenever links become known. Each name
 * knows its own links and what came to it; it folds what belongs to itself and hands the rest over
 * to the next name, which does the same. When its links change, it takes back what it handed to the
 * old owner and hands it to the new. As messages between two names keep their order, all names
 * together come to what the links say, whatever arrives first. Not safe for threads.
 */
public final class Stitcher {

  /** Touchpoints handled at a time: what a message holds at most, and a transaction about. */
  public static final int BATCH = 500;

  /** Meetings that need not be looked up again. */
  private static final int MEETINGS_KNOWN = 10_000;

  /** One in so many links and touchpoints looks for old ones to forget. */
  private static final int TRIM_MASK = 0x3F;

  private final IdentitySettings settings;
  private final long latenessMillis;
  private final TouchpointBytes codec;
  private final IdentityStore store;
  private final Neighbours neighbours;

  private final Forgetter forgetter;
  private final Residents residents;
  private final Sweep sweep;
  private final Linking linking;

  /** The last meetings written down, for those of every day. */
  private final Set<String> lastMet = Collections.newSetFromMap(new LruMap<>(MEETINGS_KNOWN));

  /**
   * @param latenessMillis what is so much older than the newest of its name is forgotten, or {@link
   *     KeeperSettings#ANY_LATENESS}
   */
  public Stitcher(
      IdentitySettings settings,
      long latenessMillis,
      TouchpointBytes codec,
      HistoryStore store,
      Neighbours neighbours) {
    this(settings, latenessMillis, codec, store, neighbours, BATCH);
  }

  /** With another number of touchpoints handled at a time. */
  Stitcher(
      IdentitySettings settings,
      long latenessMillis,
      TouchpointBytes codec,
      HistoryStore store,
      Neighbours neighbours,
      int batch) {
    this.settings = settings;
    this.latenessMillis = latenessMillis;
    this.codec = codec;
    this.store = new IdentityStore(store);
    this.neighbours = neighbours;
    this.forgetter = new Forgetter(settings, this.store, neighbours);
    this.residents = new Residents(this.store, neighbours);
    this.sweep = new Sweep(codec, this.store, neighbours, residents, batch);
    this.linking = new Linking(settings, latenessMillis, this.store, neighbours, sweep);
  }

  /**
   * A touchpoint with several identifiers has come: should its strongest be erased, the others have
   * to know. To be told before anything else of that touchpoint.
   *
   * @param name the strongest
   */
  public void meets(String name, List<Identifier> identifiers) {
    if (identifiers.size() < 2 || settings.isPlaceholder(name)) {
      return;
    }
    for (Identifier identifier : identifiers) {
      String other = identifier.key();
      if (!other.equals(name) && lastMet.add(name + '\n' + other)) {
        store.meet(name, other);
      }
    }
  }

  /** Another name was said to belong to this one: should this one be erased, it has to know. */
  public void met(String name, String other) {
    if (!settings.isPlaceholder(name)) {
      store.meet(name, other);
    }
  }

  /**
   * Erases a name, and with it the one it belongs to if there is one alone, and all that belong to
   * nobody else than a name erased.
   */
  public void erase(String name) {
    lastMet.clear();
    forgetter.erase(name);
  }

  /** What a name has handed over is forgotten where it was, and so here and where it came from. */
  public void dropped(String name, List<String> path, List<Position> positions) {
    forgetter.dropped(name, path, positions);
    tidy(name);
  }

  /** A name has been erased that this one has met or belonged to. */
  public void gone(String name, String gone) {
    lastMet.clear();
    forgetter.gone(name, gone);
    if (settings.isPlaceholder(name)) {
      return;
    }
    NameRecord before = store.record(name);
    if (before.linked()) {
      linking.relink(name, before, linking.linksOf(name));
    }
    NameRecord record = store.record(name);
    if (record.circled() != null) {
      residents.circleLeft(name, record);
    }
    tidy(name);
  }

  /** A record that says nothing any more is not kept: nothing of the name is elsewhere. */
  private void tidy(String name) {
    NameRecord record = store.record(name);
    if (record != NameRecord.NONE && record.isOver() && !store.hasAny(name)) {
      store.deleteRecord(name);
    }
  }

  /** What a touchpoint is to the name it arrives at. */
  public enum Arrived {
    /** It belongs to the name and is to be folded there. */
    HERE,
    /** It belongs to another name, to which it is to be passed on. */
    ELSEWHERE,
    /** It has been passed on before. */
    DUPLICATE
  }

  /** Says what a touchpoint is whose strongest identifier is {@code name}. */
  public Arrived arrives(String name, Position position) {
    if (store.isEmpty() || !settings.mayBelongToAnother(name)) {
      return Arrived.HERE;
    }
    NameRecord record = store.record(name);
    if (!record.linked()) {
      return Arrived.HERE;
    }
    if (store.hasHandedOver(name, position)) {
      return Arrived.DUPLICATE;
    }
    if (record.belonging().at(position.at()) == null) {
      return Arrived.HERE;
    }
    if (record.sweeps() == 0) {
      return Arrived.ELSEWHERE;
    }
    // What is still to leave may be this one: the journey here knows.
    sweep.later(name, position.at(), position.at() + 1);
    return Arrived.HERE;
  }

  /** The next name that what concerns a name at a time belongs to; null where it is itself. */
  public String owner(String name, long at) {
    return owner(settings, store, name, at);
  }

  /**
   * As {@link #owner(String, long)}, for somebody who only reads.
   *
   * @param store of the name's stitcher
   */
  public static String owner(IdentitySettings settings, HistoryStore store, String name, long at) {
    return owner(settings, new IdentityStore(store), name, at);
  }

  private static String owner(
      IdentitySettings settings, IdentityStore store, String name, long at) {
    return store.isEmpty() || !settings.mayBelongToAnother(name)
        ? null
        : store.record(name).belonging().at(at);
  }

  /** Passes a touchpoint on that {@link #arrives} said belongs elsewhere. */
  public void passOn(String name, Position position, byte[] touchpoint) {
    String to = store.record(name).belonging().at(position.at());
    store.put(name, new Handover(position, List.of(), to, touchpoint));
    neighbours.pass(to, List.of(name), true, List.of(touchpoint));
    trim(name, position);
  }

  /**
   * A touchpoint that arrived was a duplicate of one that is folded here. If that one was handed
   * over by another name, it gives way: what arrived under the name itself counts.
   *
   * @param touchpoint makes its bytes
   */
  public void arrivedAgain(String name, Position position, Supplier<byte[]> touchpoint) {
    residents.arrivedAgain(name, position, touchpoint);
  }

  /** Touchpoints are handed over to a name. */
  public void handedOver(String name, List<String> path, boolean fresh, List<byte[]> touchpoints) {
    // What comes to a name that can't belong to another stays: the journey knows what it has.
    boolean stays = !settings.mayBelongToAnother(name);
    NameRecord record = stays ? NameRecord.NONE : receiving(name);
    Batches on = new Batches(neighbours, name, fresh);
    List<Stored> here = new ArrayList<>();
    List<Handover> folded = new ArrayList<>();
    for (byte[] bytes : touchpoints) {
      Stored touchpoint = Stored.of(codec, bytes);
      Position position = touchpoint.position();
      if (!stays && store.handover(name, position, path) != null) {
        if (fresh) {
          neighbours.duplicate();
        }
        continue;
      }
      Handover came = new Handover(position, path, Handover.BETWEEN, bytes);
      String to = record.ownerOf(name, came);
      if (to.equals(name)) {
        here.add(touchpoint);
        folded.add(came);
      } else {
        store.put(name, came.heldAt(to, bytes));
        on.pass(to, path, bytes);
      }
    }
    residents.fold(name, fresh, here, folded);
    on.send();
    if (!folded.isEmpty()) {
      trim(name, folded.get(folded.size() - 1).position());
    }
  }

  private NameRecord receiving(String name) {
    NameRecord record = store.record(name);
    if (!record.receives()) {
      record = record.receiving();
      store.put(name, record);
    }
    return record;
  }

  /** What was handed over to a name that way is taken back. */
  public void takenBack(String name, List<String> path, List<Position> positions) {
    Batches on = new Batches(neighbours, name, false);
    Position circled = store.record(name).circled();
    boolean circleLeft = false;
    Set<Position> gone = new LinkedHashSet<>();
    for (Position position : positions) {
      Handover handover = store.handover(name, position, path);
      if (handover == null) {
        continue;
      }
      store.delete(name, handover);
      if (handover.isAt(name)) {
        circleLeft |= position.equals(circled) && handover.hasPassed(name);
        List<Handover> others = residents.here(name, position);
        if (others.isEmpty()) {
          gone.add(position);
        } else {
          neighbours.parted();
          if (handover.counts()) {
            residents.succeed(name, others);
          }
        }
      } else if (!handover.at().equals(Handover.BETWEEN)) {
        on.recall(handover.at(), path, position);
      }
    }
    if (!gone.isEmpty()) {
      neighbours.takeOut(name, gone);
    }
    if (circleLeft) {
      residents.circleLeft(name, store.record(name));
    }
    tidy(name);
    on.send();
  }

  /** A link of a name becomes known that a touchpoint made. */
  public void linked(Link link) {
    linking.linked(link);
  }

  /**
   * A link of a name becomes known that others said.
   *
   * @param revoked whether it is as if this link, whoever made it, had never been; also when it
   *     becomes known later
   */
  public void said(Link link, boolean revoked) {
    linking.said(link, revoked);
  }

  /**
   * Brings everything that came to a name, {@code from <= t < until}, to where the name's links say
   * it belongs; a batch of it, and the rest later. Whatever happens in between does no harm: what
   * there is left to do follows from what is stored.
   */
  public void sweep(String name, long from, long until) {
    NameRecord record = store.record(name);
    // None where the name was erased in between.
    if (record.sweeps() > 0) {
      store.put(name, record.withSweeps(record.sweeps() - 1));
    }
    sweep.sweep(name, from, until, Sweep.Past.UNKNOWN);
    tidy(name);
  }

  private void trim(String name, Position newest) {
    if (latenessMillis == KeeperSettings.ANY_LATENESS || !looksForOld(newest.id())) {
      return;
    }
    List<Handover> old = new ArrayList<>();
    store.handovers(
        name, Long.MIN_VALUE, newest.at() - latenessMillis, handover -> old.add(handover));
    old.forEach(handover -> store.delete(name, handover));
  }

  /** Whether one in so many, by its id, is the one at which old ones are looked for. */
  static boolean looksForOld(String id) {
    return (id.hashCode() & TRIM_MASK) == 0;
  }
}
