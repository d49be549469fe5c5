package io.fermata.journey;

import io.fermata.journey.Kept.Outcome;
import io.fermata.model.Position;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Takes many touchpoints into a customer's journey, or out of it, at the cost of one refold. Not
 * safe for threads.
 */
public final class JourneyMoves {

  private final JourneyKeeper keeper;
  private final TouchpointBytes codec;
  private final KeeperSettings settings;
  private final HistoryStore store;

  /**
   * @param keeper of the same customers, with the same codec, settings and store
   */
  public JourneyMoves(
      JourneyKeeper keeper, TouchpointBytes codec, KeeperSettings settings, HistoryStore store) {
    this.keeper = keeper;
    this.codec = codec;
    this.settings = settings;
    this.store = store;
  }

  /**
   * What touchpoints that moved in were.
   *
   * @param kept what to store; its root is null when nothing changed
   * @param outcomes of each, in the order they were given
   */
  public record MovedIn(Kept kept, List<Outcome> outcomes) {}

  /**
   * What moved out.
   *
   * @param kept what to store; its root is null when nothing changed or nothing is left
   * @param emptied whether nothing is left of the customer: the record is to be deleted
   * @param touchpoints in order
   */
  public record MovedOut(Kept kept, boolean emptied, List<Stored> touchpoints) {}

  /**
   * Takes touchpoints in, as if each had arrived now.
   *
   * @param rootBytes the customer's record or null; not behind
   */
  public MovedIn in(String customer, byte[] rootBytes, List<Stored> arrivals, ViewSink sink) {
    Outcome[] outcomes = new Outcome[arrivals.size()];
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < arrivals.size(); i++) {
      order.add(i);
    }
    order.sort(Comparator.comparing(i -> arrivals.get(i).position()));

    byte[] root = rootBytes;
    boolean changed = false;
    Timer timer = new Timer();
    int refolded = 0;
    int next = 0;
    if (root != null) {
      History history = new History(customer, store, codec, settings);
      Root read = keeper.read(customer, root, history);
      List<Integer> late = new ArrayList<>();
      for (; next < order.size() && !isNew(read, arrivals.get(order.get(next))); next++) {
        late.add(order.get(next));
      }
      if (!late.isEmpty()) {
        Kept kept = inLate(customer, read, history, late, arrivals, outcomes, sink);
        if (kept != null) {
          root = kept.root();
          changed = true;
          timer.note(kept);
          refolded = kept.refolded();
        }
      }
    }
    for (; next < order.size(); next++) {
      int i = order.get(next);
      Kept kept = keeper.accept(customer, root, arrivals.get(i), sink);
      outcomes[i] = kept.outcome();
      if (kept.outcome() == Outcome.FOLDED) {
        root = kept.root();
        changed = true;
        timer.note(kept);
      }
    }
    return new MovedIn(
        timer.kept(changed ? root : null, refolded),
        Collections.unmodifiableList(Arrays.asList(outcomes)));
  }

  private static boolean isNew(Root root, Stored arrival) {
    Position last = root.state.last();
    return last == null
        || (arrival.position().at() > root.settledTo && arrival.position().compareTo(last) > 0);
  }

  private Kept inLate(
      String customer,
      Root root,
      History history,
      List<Integer> late,
      List<Stored> arrivals,
      Outcome[] outcomes,
      ViewSink sink) {
    History.Base base = null;
    List<Integer> candidates = new ArrayList<>();
    for (int i : late) {
      Position at = arrivals.get(i).position();
      if (base == null) {
        History.Base before = history.baseBefore(at, root);
        if (before.position() == null && root.trimmed) {
          outcomes[i] = Outcome.TOO_LATE;
          continue;
        }
        base = before; // the others are later: what comes after it is looked through for them
      }
      if (base.position() != null && base.position().compareTo(at) == 0) {
        outcomes[i] = Outcome.DUPLICATE;
      } else {
        candidates.add(i);
      }
    }
    if (candidates.isEmpty()) {
      return null;
    }
    History.Stretch stretch = history.since(base.position(), root);
    Set<Position> known = new HashSet<>();
    stretch.touchpoints().forEach(stored -> known.add(stored.position()));
    List<Stored> added = new ArrayList<>();
    for (int i : candidates) {
      boolean isNew = known.add(arrivals.get(i).position());
      outcomes[i] = isNew ? Outcome.FOLDED : Outcome.DUPLICATE;
      if (isNew) {
        added.add(arrivals.get(i));
      }
    }
    return added.isEmpty()
        ? null
        : keeper.refoldChanged(customer, root, history, base, stretch, added, Set.of(), sink);
  }

  /**
   * Takes touchpoints out, as if they had never come; those that are not there are passed over.
   *
   * @param rootBytes the customer's record; not behind
   */
  public MovedOut out(
      String customer, byte[] rootBytes, Collection<Position> positions, ViewSink sink) {
    History history = new History(customer, store, codec, settings);
    Root root = keeper.read(customer, rootBytes, history);
    Set<Position> wanted = new HashSet<>(positions);
    long from = positions.stream().mapToLong(Position::at).min().orElse(0);
    long last = positions.stream().mapToLong(Position::at).max().orElse(0);
    List<Stored> found = new ArrayList<>();
    history.newest(
        root,
        last,
        stored -> {
          if (stored.position().at() < from) {
            return false;
          }
          if (wanted.contains(stored.position())) {
            found.add(stored);
          }
          return found.size() < wanted.size();
        });
    return out(customer, root, history, found, sink);
  }

  /**
   * Takes out the newest touchpoints of a stretch of time, {@code from <= t < until}.
   *
   * @param rootBytes the customer's record; not behind
   * @param limit how many at most
   */
  public MovedOut newest(
      String customer, byte[] rootBytes, long from, long until, int limit, ViewSink sink) {
    History history = new History(customer, store, codec, settings);
    Root root = keeper.read(customer, rootBytes, history);
    List<Stored> found = new ArrayList<>();
    history.newest(
        root,
        until - 1,
        stored -> {
          if (stored.position().at() < from) {
            return false;
          }
          found.add(stored);
          return found.size() < limit;
        });
    return out(customer, root, history, found, sink);
  }

  /**
   * Puts a touchpoint in the place of the one of the same id and time.
   *
   * @param rootBytes the customer's record; not behind
   * @return what moved out; no touchpoint where there is none, or it cannot be taken out any more
   */
  public MovedOut replace(String customer, byte[] rootBytes, byte[] encoded, ViewSink sink) {
    History history = new History(customer, store, codec, settings);
    Root root = keeper.read(customer, rootBytes, history);
    Stored instead = Stored.of(codec, encoded);
    List<Stored> found = new ArrayList<>();
    history.newest(
        root,
        instead.position().at(),
        stored -> {
          if (stored.position().equals(instead.position())) {
            found.add(stored);
          }
          return stored.position().compareTo(instead.position()) > 0;
        });
    return exchange(customer, root, history, found, List.of(instead), sink);
  }

  private MovedOut out(
      String customer, Root root, History history, List<Stored> found, ViewSink sink) {
    return exchange(customer, root, history, found, List.of(), sink);
  }

  private MovedOut exchange(
      String customer,
      Root root,
      History history,
      List<Stored> found,
      List<Stored> instead,
      ViewSink sink) {
    History.Base oldest = history.oldestBase(root);
    if (oldest.position() != null) {
      // What a snapshot without anything before it knows can't be taken out of it any more.
      found.removeIf(stored -> stored.position().compareTo(oldest.position()) <= 0);
    }
    if (found.isEmpty()) {
      return new MovedOut(new Timer().kept(null, 0), false, List.of());
    }
    Set<Position> gone = new HashSet<>();
    found.forEach(stored -> gone.add(stored.position()));
    found.sort(Comparator.comparing(Stored::position));
    History.Base base = history.baseStrictlyBefore(found.get(0).position(), root);
    History.Stretch stretch = history.since(base.position(), root);
    Kept kept = keeper.refoldChanged(customer, root, history, base, stretch, instead, gone, sink);
    return new MovedOut(kept, kept.root() == null, List.copyOf(found));
  }

  /** What several changes come to that each may set the customer's timer anew. */
  private static final class Timer {

    private long cancel = Kept.NO_WAKE;
    private long wakeAt = Kept.NO_WAKE;
    private boolean set;

    void note(Kept kept) {
      if (kept.wakeAt() == Kept.NO_WAKE) {
        return;
      }
      if (!set) {
        cancel = kept.cancelWake();
        set = true;
      }
      wakeAt = kept.wakeAt();
    }

    Kept kept(byte[] root, int refolded) {
      return new Kept(Outcome.FOLDED, root, cancel, wakeAt, refolded);
    }
  }
}
