package io.fermata.identity;

import io.fermata.journey.HistoryStore;
import io.fermata.journey.KeeperSettings;
import io.fermata.journey.Kept.Outcome;
import io.fermata.journey.TouchpointBytes;
import io.fermata.model.Alert;
import io.fermata.model.AlertStatus;
import io.fermata.model.Change;
import io.fermata.model.Identifier;
import io.fermata.model.Position;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

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

  /** Bytes of touchpoints in a message: a quarter of what the inbox takes. */
  private static final int BATCH_BYTES = 512 * 1024;

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

  /** The last meetings written down, for those of every day. */
  private final Set<String> lastMet =
      Collections.newSetFromMap(
          new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
              return size() > MEETINGS_KNOWN;
            }
          });

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
    this.settings = settings;
    this.latenessMillis = latenessMillis;
    this.codec = codec;
    this.store = new IdentityStore(store);
    this.neighbours = neighbours;
    this.forgetter = new Forgetter(this.store, neighbours);
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
  }

  /** A name has been erased that this one has met or belonged to. */
  public void gone(String name, String gone) {
    lastMet.clear();
    forgetter.gone(name, gone);
    relink(name, store.record(name), store.links(name));
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
    if (record.isNone()) {
      return Arrived.HERE;
    }
    if (store.handover(name, position, List.of()) != null) {
      return Arrived.DUPLICATE;
    }
    return record.belonging().at(position.at()) == null ? Arrived.HERE : Arrived.ELSEWHERE;
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
   * over by another name, this one stays when the other is taken back.
   */
  public void arrivedAgain(String name, Position position) {
    List<Handover> others = store.handovers(name, position);
    if (!others.isEmpty() && others.stream().noneMatch(other -> other.path().isEmpty())) {
      store.put(name, new Handover(position, List.of(), name, new byte[0]));
    }
  }

  /** Touchpoints are handed over to a name. */
  public void handedOver(String name, List<String> path, boolean fresh, List<byte[]> touchpoints) {
    NameRecord record = store.record(name);
    Batches on = new Batches(name, fresh);
    List<byte[]> here = new ArrayList<>();
    List<Handover> folded = new ArrayList<>();
    for (byte[] bytes : touchpoints) {
      Position position = codec.decode(bytes, 0, bytes.length).position();
      if (store.handover(name, position, path) != null) {
        continue;
      }
      Handover came = new Handover(position, path, Handover.BETWEEN, bytes);
      String to = ownerOf(name, record, came);
      if (to.equals(name)) {
        here.add(bytes);
        folded.add(came);
      } else {
        store.put(name, came.heldAt(to, bytes));
        on.pass(to, path, bytes);
      }
    }
    fold(name, fresh, here, folded);
    on.send();
    if (!folded.isEmpty()) {
      trim(name, folded.get(folded.size() - 1).position());
    }
  }

  private void fold(String name, boolean fresh, List<byte[]> touchpoints, List<Handover> came) {
    if (touchpoints.isEmpty()) {
      return;
    }
    List<Outcome> outcomes = neighbours.takeIn(name, fresh, touchpoints);
    for (int i = 0; i < came.size(); i++) {
      Handover handover = came.get(i);
      if (outcomes.get(i) == Outcome.DUPLICATE
          && store.handovers(name, handover.position()).stream()
              .noneMatch(other -> other.at().equals(name))) {
        // The one that is there arrived here itself: it stays when this one is taken back.
        store.put(name, new Handover(handover.position(), List.of(), name, new byte[0]));
      }
      if (outcomes.get(i) == Outcome.FOLDED || outcomes.get(i) == Outcome.DUPLICATE) {
        store.put(name, handover.foldedAt(name));
      } else {
        store.delete(name, handover);
      }
    }
  }

  /** What was handed over to a name that way is taken back. */
  public void takenBack(String name, List<String> path, List<Position> positions) {
    Batches on = new Batches(name, false);
    Set<Position> gone = new LinkedHashSet<>();
    for (Position position : positions) {
      Handover handover = store.handover(name, position, path);
      if (handover == null) {
        continue;
      }
      store.delete(name, handover);
      if (handover.at().equals(name)) {
        if (store.handovers(name, position).stream().noneMatch(o -> o.at().equals(name))) {
          gone.add(position);
        }
      } else if (!handover.at().equals(Handover.BETWEEN)) {
        on.recall(handover.at(), path, position);
      }
    }
    if (!gone.isEmpty()) {
      neighbours.takeOut(name, gone);
    }
    on.send();
  }

  /**
   * A link of a name becomes known, or is taken back.
   *
   * @param revoked whether it is as if the link with this {@code from}, {@code at} and {@code id}
   *     had never been
   * @return whether the link counts as such; false when a guard refuses it
   */
  public boolean linked(Link link, boolean revoked) {
    String name = link.from();
    NameRecord record = store.record(name);
    if (settings.isPlaceholder(name)
        || settings.isPlaceholder(link.to())
        || !settings.mayBelongToAnother(name)
        || name.equals(link.to())) {
      refuse(name, record, link);
      return false;
    }
    if (revoked) {
      store.delete(link);
    } else {
      store.put(link);
      if (saysNothingNew(record, link)) {
        return record.tooMany().isEmpty();
      }
    }
    return relink(name, record, trimmed(store.links(name), link));
  }

  /** Brings a name to what its links say now; whether they count. */
  private boolean relink(String name, NameRecord record, List<Link> links) {
    LinkSet now = LinkSet.of(links, settings.maxLinks());
    NameRecord changed = new NameRecord(now.belonging(), now.tooMany(), record.refused());
    if (!changed.equals(record)) {
      store.put(name, changed);
      publish(tooMany(name, record.tooMany()), tooMany(name, now.tooMany()));
      for (Belonging.Stretch stretch : record.belonging().differences(now.belonging())) {
        sweep(name, stretch.from(), stretch.until());
      }
    }
    return now.tooMany().isEmpty();
  }

  /** The common cases, in which nothing need be looked up. */
  private static boolean saysNothingNew(NameRecord record, Link link) {
    if ((link.id().hashCode() & TRIM_MASK) == 0) {
      return false;
    }
    List<Link> tooMany = record.tooMany();
    if (!tooMany.isEmpty()) {
      return tooMany.get(tooMany.size() - 1).compareTo(link) < 0;
    }
    return link.until() == null && record.belonging().isAlways(link.to());
  }

  /** Forgets links long ago that repeat the one before them. */
  private List<Link> trimmed(List<Link> links, Link newest) {
    if (latenessMillis == KeeperSettings.ANY_LATENESS) {
      return links;
    }
    long horizon = newest.at() - latenessMillis;
    List<Link> kept = new ArrayList<>(links.size());
    for (Link link : links) {
      Link last = kept.isEmpty() ? null : kept.get(kept.size() - 1);
      if (last != null
          && link.at() < horizon
          && link.until() == null
          && last.until() == null
          && last.to().equals(link.to())) {
        store.delete(link);
      } else {
        kept.add(link);
      }
    }
    return kept;
  }

  private void refuse(String name, NameRecord record, Link link) {
    Link before = record.refused();
    if (before != null && before.compareTo(link) <= 0) {
      return;
    }
    store.put(name, new NameRecord(record.belonging(), record.tooMany(), link));
    publish(
        before == null ? null : SharedIdentifier.refused(before, settings),
        SharedIdentifier.refused(link, settings));
  }

  private Alert tooMany(String name, List<Link> firsts) {
    return firsts.isEmpty() ? null : SharedIdentifier.tooMany(name, firsts, settings.maxLinks());
  }

  private void publish(Alert before, Alert now) {
    if (before != null && (now == null || !before.id().equals(now.id()))) {
      neighbours.alert(Change.RETRACTED, before.withStatus(AlertStatus.RETRACTED));
    }
    if (now != null && !now.equals(before)) {
      boolean isNew = before == null || !before.id().equals(now.id());
      neighbours.alert(isNew ? Change.RAISED : Change.CHANGED, now);
    }
  }

  /**
   * Brings everything that came to a name, {@code from <= t < until}, to where the name's links say
   * it belongs; a batch of it, and the rest later. Whatever happens in between does no harm: what
   * there is left to do follows from what is stored.
   */
  public void sweep(String name, long from, long until) {
    NameRecord record = store.record(name);
    if (leave(name, record, from, until)) {
      neighbours.sweepLater(name, from, until);
      return;
    }
    List<Handover> wrong = new ArrayList<>();
    int[] bytes = {0};
    store.handovers(
        name,
        from,
        until,
        handover -> {
          if (!handover.at().equals(ownerOf(name, record, handover))) {
            wrong.add(handover);
            bytes[0] += handover.touchpoint().length;
          }
          return wrong.size() < BATCH && bytes[0] < 2 * BATCH_BYTES;
        });
    Batches on = new Batches(name, false);
    List<byte[]> here = new ArrayList<>();
    List<Handover> folded = new ArrayList<>();
    for (Handover handover : wrong) {
      String to = ownerOf(name, record, handover);
      if (!handover.at().equals(Handover.BETWEEN) && !handover.at().equals(name)) {
        on.recall(handover.at(), handover.path(), handover.position());
      }
      if (to.equals(name)) {
        here.add(handover.touchpoint());
        folded.add(handover);
      } else {
        store.put(name, handover.heldAt(to, handover.touchpoint()));
        on.pass(to, handover.path(), handover.touchpoint());
      }
    }
    fold(name, false, here, folded);
    on.send();
    if (wrong.size() >= BATCH || bytes[0] >= 2 * BATCH_BYTES) {
      neighbours.sweepLater(name, wrong.get(wrong.size() - 1).position().at(), until);
    }
  }

  /**
   * Takes a batch of what belongs elsewhere out of the journey, the newest first: so each batch
   * refolds little. Returns whether there may be more.
   */
  private boolean leave(String name, NameRecord record, long from, long until) {
    for (Belonging.Stretch away : awayWithin(record.belonging(), from, until)) {
      List<byte[]> left = neighbours.takeOutNewest(name, away.from(), away.until(), BATCH);
      List<byte[]> staying = new ArrayList<>();
      for (byte[] touchpoint : left) {
        Position position = codec.decode(touchpoint, 0, touchpoint.length).position();
        List<Handover> ways = store.handovers(name, position);
        if (ways.isEmpty()) {
          ways = List.of(new Handover(position, List.of(), name, touchpoint));
        }
        boolean stays = false;
        for (Handover way : ways) {
          if (!way.at().equals(name)) {
            continue;
          }
          if (way.hasPassed(name)) {
            stays = true;
          } else {
            store.put(name, way.heldAt(Handover.BETWEEN, touchpoint));
          }
        }
        if (stays) {
          staying.add(touchpoint);
        }
      }
      if (!staying.isEmpty()) {
        neighbours.takeIn(name, false, staying);
      }
      if (left.size() - staying.size() > 0 && left.size() >= BATCH) {
        return true;
      }
    }
    return false;
  }

  private static List<Belonging.Stretch> awayWithin(Belonging belonging, long from, long until) {
    List<Belonging.Stretch> away = new ArrayList<>();
    for (Belonging.Stretch stretch : belonging.differences(Belonging.ITSELF)) {
      long begin = Math.max(from, stretch.from());
      long end = Math.min(until, stretch.until());
      if (begin < end) {
        away.add(new Belonging.Stretch(begin, end));
      }
    }
    return away;
  }

  private static String ownerOf(String name, NameRecord record, Handover handover) {
    if (handover.hasPassed(name)) {
      return name; // it went in a circle
    }
    String to = record.belonging().at(handover.position().at());
    return to == null ? name : to;
  }

  private void trim(String name, Position newest) {
    if (latenessMillis == KeeperSettings.ANY_LATENESS
        || (newest.id().hashCode() & TRIM_MASK) != 0) {
      return;
    }
    List<Handover> old = new ArrayList<>();
    store.handovers(
        name, Long.MIN_VALUE, newest.at() - latenessMillis, handover -> old.add(handover));
    old.forEach(handover -> store.delete(name, handover));
  }

  /** Messages to other names, in the order in which each of them was first written to. */
  private final class Batches {

    private record Way(String to, List<String> path) {}

    private final String name;
    private final boolean fresh;
    private final Map<Way, List<Position>> recalls = new LinkedHashMap<>();
    private final Map<Way, List<byte[]>> passes = new LinkedHashMap<>();

    Batches(String name, boolean fresh) {
      this.name = name;
      this.fresh = fresh;
    }

    void recall(String to, List<String> path, Position position) {
      recalls.computeIfAbsent(way(to, path), any -> new ArrayList<>()).add(position);
    }

    void pass(String to, List<String> path, byte[] touchpoint) {
      passes.computeIfAbsent(way(to, path), any -> new ArrayList<>()).add(touchpoint);
    }

    private Way way(String to, List<String> path) {
      List<String> longer = new ArrayList<>(path);
      longer.add(name);
      return new Way(to, longer);
    }

    void send() {
      recalls.forEach((way, positions) -> neighbours.recall(way.to, way.path, positions));
      passes.forEach(
          (way, touchpoints) -> {
            int from = 0;
            int bytes = 0;
            for (int i = 0; i < touchpoints.size(); i++) {
              int length = touchpoints.get(i).length;
              if (i > from && bytes + length > BATCH_BYTES) {
                neighbours.pass(way.to, way.path, fresh, touchpoints.subList(from, i));
                from = i;
                bytes = 0;
              }
              bytes += length;
            }
            neighbours.pass(way.to, way.path, fresh, touchpoints.subList(from, touchpoints.size()));
          });
    }
  }
}
