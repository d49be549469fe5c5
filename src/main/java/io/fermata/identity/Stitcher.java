package io.fermata.identity;

import io.fermata.journey.HistoryStore;
import io.fermata.journey.KeeperSettings;
import io.fermata.journey.Kept.Outcome;
import io.fermata.journey.Stored;
import io.fermata.journey.TouchpointBytes;
import io.fermata.model.Alert;
import io.fermata.model.AlertStatus;
import io.fermata.model.Change;
import io.fermata.model.Identifier;
import io.fermata.model.LruMap;
import io.fermata.model.Position;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
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

  private static final byte[] NO_BYTES = {};

  /** One in so many links and touchpoints looks for old ones to forget. */
  private static final int TRIM_MASK = 0x3F;

  private final IdentitySettings settings;
  private final long latenessMillis;
  private final TouchpointBytes codec;
  private final IdentityStore store;
  private final Neighbours neighbours;
  private final int batch;
  private final Forgetter forgetter;

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
    this.batch = batch;
    this.settings = settings;
    this.latenessMillis = latenessMillis;
    this.codec = codec;
    this.store = new IdentityStore(store);
    this.neighbours = neighbours;
    this.forgetter = new Forgetter(settings, this.store, neighbours);
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
      relink(name, before, linksOf(name));
    }
    NameRecord record = store.record(name);
    if (record.circled() != null) {
      circleLeft(name, record);
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
    sweepLater(name, position.at(), position.at() + 1);
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
    List<Handover> others = here(name, position);
    if (!others.isEmpty() && others.stream().noneMatch(other -> other.path().isEmpty())) {
      join(name, new Handover(position, List.of(), name, touchpoint.get()), others);
    }
  }

  private List<Handover> here(String name, Position position) {
    List<Handover> here = store.handovers(name, position);
    here.removeIf(handover -> !handover.isAt(name));
    return here;
  }

  /** One more of an id and time comes to where others of them are. */
  private void join(String name, Handover came, List<Handover> others) {
    Handover counting = others.stream().filter(Handover::counts).findFirst().orElse(null);
    if (counting != null && Handover.precedenceAt(name).compare(came, counting) < 0) {
      byte[] replaced = neighbours.replace(name, came.touchpoint());
      if (replaced != null) {
        store.put(name, counting.heldAt(name, replaced));
        store.put(name, came.foldedAt(name));
        return;
      }
    }
    store.put(name, came.heldAt(name, came.touchpoint()));
  }

  /** The one that counted has gone: another that is here takes its place. */
  private void succeed(String name, List<Handover> others) {
    Handover next = Collections.min(others, Handover.precedenceAt(name));
    if (neighbours.replace(name, next.touchpoint()) != null) {
      store.put(name, next.foldedAt(name));
    }
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
      String to = ownerOf(name, record, came);
      if (to.equals(name)) {
        here.add(touchpoint);
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

  private NameRecord receiving(String name) {
    NameRecord record = store.record(name);
    if (!record.receives()) {
      record = record.receiving();
      store.put(name, record);
    }
    return record;
  }

  private void fold(String name, boolean fresh, List<Stored> touchpoints, List<Handover> came) {
    if (touchpoints.isEmpty()) {
      return;
    }
    List<Outcome> outcomes = neighbours.takeIn(name, fresh, touchpoints);
    for (int i = 0; i < came.size(); i++) {
      Handover handover = came.get(i);
      if (outcomes.get(i) == Outcome.FOLDED) {
        store.put(name, handover.foldedAt(name));
      } else if (outcomes.get(i) == Outcome.DUPLICATE) {
        if (store.handover(name, handover.position(), handover.path()) != null) {
          continue; // by the same way as before
        }
        List<Handover> others = here(name, handover.position());
        if (others.isEmpty()) {
          // The one that is there arrived here itself.
          others = List.of(new Handover(handover.position(), List.of(), name, NO_BYTES));
          store.put(name, others.get(0));
        }
        join(name, handover.heldAt(name, touchpoints.get(i).bytes()), others);
        if (!fresh) {
          neighbours.merged();
        }
      } else {
        store.delete(name, handover);
        continue;
      }
      if (handover.hasPassed(name)) {
        circled(name, handover.position());
      }
    }
  }

  /** A touchpoint came back to a name in a circle, and stays there. */
  private void circled(String name, Position position) {
    neighbours.refused(Refusal.CIRCLE);
    NameRecord record = store.record(name);
    if (record.circled() == null || position.compareTo(record.circled()) < 0) {
      circled(name, record, position);
    }
  }

  private void circled(String name, NameRecord record, Position first) {
    store.put(name, record.withCircled(first));
    publish(circle(name, record.circled()), circle(name, first));
  }

  private static Alert circle(String name, Position first) {
    return first == null ? null : SharedIdentifier.circle(name, first);
  }

  /** The first that came back in a circle has gone: another is the first, or there is none. */
  private void circleLeft(String name, NameRecord record) {
    Position[] first = {null};
    store.handovers(
        name,
        record.circled().at(),
        Long.MAX_VALUE,
        handover -> {
          if (handover.hasPassed(name) && handover.isAt(name)) {
            first[0] = handover.position();
          }
          return first[0] == null;
        });
    if (!record.circled().equals(first[0])) {
      circled(name, record, first[0]);
    }
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
        List<Handover> others = here(name, position);
        if (others.isEmpty()) {
          gone.add(position);
        } else {
          neighbours.parted();
          if (handover.counts()) {
            succeed(name, others);
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
      circleLeft(name, store.record(name));
    }
    tidy(name);
    on.send();
  }

  /** A link of a name becomes known that a touchpoint made. */
  public void linked(Link link) {
    String name = link.from();
    NameRecord record = store.record(name);
    if (settings.isPlaceholder(name)) {
      placeholder(name, record, link);
      return;
    }
    store.put(link);
    if (saysNothingNew(record, link)) {
      count(name, record.tooMany());
      return;
    }
    IdentityStore.Links links = record.linked() ? store.links(name) : IdentityStore.Links.of(link);
    if (latenessMillis != KeeperSettings.ANY_LATENESS) {
      forget(links, link.at() - latenessMillis);
    }
    LinkSet now = LinkSet.of(name, links.united(), settings);
    count(name, now.tooMany());
    relink(name, record, now);
  }

  /**
   * A link of a name becomes known that others said.
   *
   * @param revoked whether it is as if this link, whoever made it, had never been; also when it
   *     becomes known later
   */
  public void said(Link link, boolean revoked) {
    String name = link.from();
    NameRecord record = store.record(name);
    if (settings.isPlaceholder(name)) {
      placeholder(name, record, link);
    } else if (store.put(new Said(link, revoked))) {
      LinkSet now = linksOf(name);
      count(name, now.tooMany());
      relink(name, record, now);
    }
  }

  private LinkSet linksOf(String name) {
    return LinkSet.of(name, store.links(name).united(), settings);
  }

  /** Brings a name to what its links say now. */
  private void relink(String name, NameRecord record, LinkSet now) {
    NameRecord changed = record.with(now);
    if (changed.equals(record)) {
      return;
    }
    store.put(name, changed);
    publish(refused(record.refused()), refused(now.refused()));
    publish(tooMany(name, record.tooMany()), tooMany(name, now.tooMany()));
    for (Belonging.Stretch stretch : record.belonging().differences(now.belonging())) {
      sweepOn(name, stretch.from(), stretch.until(), pastOf(record));
    }
  }

  private static Past pastOf(NameRecord record) {
    // A name that stood for itself has nothing elsewhere that would have to come back.
    if (!record.belonging().equals(Belonging.ITSELF) || record.sweeps() > 0) {
      return Past.UNKNOWN;
    }
    return record.linked() || record.receives() ? Past.ALL_HERE : Past.UNTOUCHED;
  }

  private void count(String name, List<Link> tooMany) {
    if (!settings.mayBelongToAnother(name)) {
      neighbours.refused(Refusal.CONFLICT);
    } else if (!tooMany.isEmpty()) {
      neighbours.refused(Refusal.TOO_MANY);
    }
  }

  /** The common cases, in which nothing need be looked up. */
  private static boolean saysNothingNew(NameRecord record, Link link) {
    if ((link.id().hashCode() & TRIM_MASK) == 0) {
      return false;
    }
    if (record.refused() != null) {
      return record.refused().compareTo(link) < 0;
    }
    List<Link> tooMany = record.tooMany();
    if (!tooMany.isEmpty()) {
      return tooMany.get(tooMany.size() - 1).compareTo(link) < 0;
    }
    return record.belonging().isAlways(link.to());
  }

  /** Forgets links of touchpoints long ago that repeat the one before them. */
  private void forget(IdentityStore.Links links, long horizon) {
    TreeSet<Link> ofTouchpoints = new TreeSet<>(links.made());
    links.said().forEach(each -> ofTouchpoints.remove(each.link()));
    Link last = null;
    for (Link link : links.united()) {
      boolean repeats =
          last != null
              && last.to().equals(link.to())
              && ofTouchpoints.contains(last)
              && ofTouchpoints.contains(link);
      if (repeats && link.at() < horizon) {
        store.delete(link);
        links.made().remove(link);
      } else {
        last = link;
      }
    }
  }

  private void placeholder(String name, NameRecord record, Link link) {
    Link before = record.refused();
    if (before == null || link.compareTo(before) < 0) {
      store.put(name, record.withRefused(link));
      publish(refused(before), refused(link));
    }
  }

  private Alert refused(Link first) {
    return first == null ? null : SharedIdentifier.refused(first, settings);
  }

  private Alert tooMany(String name, List<Link> firsts) {
    return firsts.isEmpty() ? null : SharedIdentifier.tooMany(name, firsts, settings.maxLinks());
  }

  private void publish(Alert before, Alert now) {
    if (before != null && (now == null || !before.id().equals(now.id()))) {
      neighbours.alert(Change.RETRACTED, null, before.withStatus(AlertStatus.RETRACTED));
    }
    if (now != null && !now.equals(before)) {
      boolean isNew = before == null || !before.id().equals(now.id());
      neighbours.alert(isNew ? Change.RAISED : Change.CHANGED, isNew ? null : before, now);
    }
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
    sweepOn(name, from, until, Past.UNKNOWN);
    tidy(name);
  }

  private void sweepLater(String name, long from, long until) {
    NameRecord record = store.record(name);
    store.put(name, record.withSweeps(record.sweeps() + 1));
    neighbours.sweepLater(name, from, until);
  }

  /** What is certain of a name before a sweep: what need not be looked up. */
  private enum Past {
    /** All that came to it arrived under it, and is here. */
    UNTOUCHED,
    /** All that came to it is here. */
    ALL_HERE,
    UNKNOWN
  }

  private void sweepOn(String name, long from, long until, Past past) {
    NameRecord record = store.record(name);
    List<Handover> wrong = new ArrayList<>();
    boolean more = leave(name, record, from, until, past, wrong);
    int[] bytes = {wrong.stream().mapToInt(handover -> handover.touchpoint().length).sum()};
    boolean isAllThatLeft = past != Past.UNKNOWN;
    if (more || isFull(wrong.size(), bytes[0])) {
      // The oldest have to go over first, or each batch would be late for the next name.
      wrong.forEach(handover -> store.put(name, handover));
      wrong.clear();
      bytes[0] = 0;
      isAllThatLeft = false;
    }
    if (more) {
      sweepLater(name, from, until);
      return;
    }
    if (!isAllThatLeft) {
      store.handovers(
          name,
          from,
          until,
          handover -> {
            // What is still here cannot be taken out of the journey any more.
            if (!handover.isAt(name) && !handover.at().equals(ownerOf(name, record, handover))) {
              wrong.add(handover);
              bytes[0] += handover.touchpoint().length;
            }
            return !isFull(wrong.size(), bytes[0]);
          });
    }
    handOver(name, record, wrong);
    if (isFull(wrong.size(), bytes[0])) {
      sweepLater(name, wrong.get(wrong.size() - 1).position().at(), until);
    }
  }

  private boolean isFull(int touchpoints, int bytes) {
    return touchpoints >= batch || bytes >= 2 * Batches.BYTES;
  }

  /** Brings touchpoints to whom they belong now. */
  private void handOver(String name, NameRecord record, List<Handover> touchpoints) {
    Batches on = new Batches(neighbours, name, false);
    List<Stored> here = new ArrayList<>();
    List<Handover> folded = new ArrayList<>();
    for (Handover handover : touchpoints) {
      String to = ownerOf(name, record, handover);
      if (!handover.at().equals(Handover.BETWEEN)) {
        on.recall(handover.at(), handover.path(), handover.position());
      }
      if (to.equals(name)) {
        here.add(Stored.of(codec, handover.touchpoint()));
        folded.add(handover);
      } else {
        store.put(name, handover.heldAt(to, handover.touchpoint()));
        on.pass(to, handover.path(), handover.touchpoint());
      }
    }
    fold(name, false, here, folded);
    on.send();
  }

  /**
   * Takes a batch of what belongs elsewhere out of the journey, the newest first: so each batch
   * refolds little. Returns whether there may be more.
   *
   * @param leaving gets what left, between this name and the next
   */
  private boolean leave(
      String name, NameRecord record, long from, long until, Past past, List<Handover> leaving) {
    for (Belonging.Stretch away : awayWithin(record.belonging(), from, until)) {
      // More at once where so many went in a circle and stay: others may be below them.
      for (int limit = batch; limit > 0; limit *= 2) {
        List<Stored> left = neighbours.takeOutNewest(name, away.from(), away.until(), limit);
        List<Stored> staying = leave(name, left, past, leaving);
        if (!staying.isEmpty()) {
          neighbours.takeIn(name, false, staying);
        }
        if (left.size() < limit) {
          break;
        }
        if (left.size() > staying.size()) {
          return true;
        }
      }
    }
    return false;
  }

  /**
   * Touchpoints were taken out of the journey: all that came with the id and time of one leave, but
   * those that went in a circle. The ones that count of these.
   */
  private List<Stored> leave(
      String name, List<Stored> touchpoints, Past past, List<Handover> leaving) {
    if (touchpoints.isEmpty()) {
      return List.of();
    }
    Map<Position, List<Handover>> ways = new HashMap<>();
    // What arrived here itself, and no other, is written down nowhere.
    if (past != Past.UNTOUCHED) {
      store.handovers(
          name,
          touchpoints.get(0).position().at(),
          touchpoints.get(touchpoints.size() - 1).position().at() + 1,
          handover -> {
            if (handover.isAt(name)) {
              ways.computeIfAbsent(handover.position(), any -> new ArrayList<>()).add(handover);
            }
            return true;
          });
    }
    List<Stored> staying = new ArrayList<>();
    for (Stored touchpoint : touchpoints) {
      Position position = touchpoint.position();
      Handover itself = new Handover(position, List.of(), name, NO_BYTES);
      List<Handover> came = ways.getOrDefault(position, List.of(itself));
      byte[] stays = leave(name, touchpoint.bytes(), came, leaving);
      if (stays != null) {
        staying.add(Stored.of(codec, stays));
      }
    }
    return staying;
  }

  private byte[] leave(
      String name, byte[] touchpoint, List<Handover> ways, List<Handover> leaving) {
    List<Handover> staying = new ArrayList<>();
    for (Handover way : ways) {
      Handover held = way.counts() ? way.heldAt(name, touchpoint) : way;
      if (way.hasPassed(name)) {
        staying.add(held);
      } else {
        leaving.add(held.heldAt(Handover.BETWEEN, held.touchpoint()));
      }
    }
    for (int i = Math.max(1, staying.size()); i < ways.size(); i++) {
      neighbours.parted();
    }
    if (staying.isEmpty()) {
      return null;
    }
    Handover counts = Collections.min(staying, Handover.precedenceAt(name));
    for (Handover one : staying) {
      store.put(name, one == counts ? one.foldedAt(name) : one);
    }
    return counts.touchpoint();
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
}
