package io.fermata.journey;

import io.fermata.model.Position;
import io.fermata.model.Touchpoint;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * One customer's history outside the root: sealed chunks of touchpoints, snapshots of the state,
 * sealed segments of queues. Bounded by the allowed lateness: what lies before the newest snapshot
 * that is older than it is deleted.
 */
final class History {

  /** A state to refold from: the empty one before everything, or a snapshot after a touchpoint. */
  record Base(Position position, byte[] state) {

    static final Base EMPTY = new Base(null, null);
  }

  private record Chunk(byte[] key, List<Stored> touchpoints) {

    Position first() {
      return touchpoints.get(0).position();
    }
  }

  private static final Comparator<Stored> BY_POSITION = Comparator.comparing(Stored::position);

  private final HistoryKeys keys;
  private final HistoryStore store;
  private final TouchpointBytes codec;
  private final KeeperSettings settings;

  /** Changes held back until all has gone well; null while changes are made at once. */
  private List<Runnable> held;

  History(String customer, HistoryStore store, TouchpointBytes codec, KeeperSettings settings) {
    this.keys = new HistoryKeys(customer);
    this.store = store;
    this.codec = codec;
    this.settings = settings;
  }

  /** Holds back every change from here on until {@link #release}. */
  void hold() {
    held = new ArrayList<>();
  }

  /** Makes the changes held back. */
  void release() {
    List<Runnable> changes = held;
    held = null;
    changes.forEach(Runnable::run);
  }

  private void put(byte[] key, byte[] value) {
    if (held == null) {
      store.put(key, value);
    } else {
      held.add(() -> store.put(key, value));
    }
  }

  private void delete(byte[] key) {
    if (held == null) {
      store.delete(key);
    } else {
      held.add(() -> store.delete(key));
    }
  }

  /** Deletes all of it. */
  void forget() {
    List<byte[]> all = new ArrayList<>();
    store.scan(keys.first(), keys.last(), false, (key, value) -> all.add(key));
    all.forEach(store::delete);
  }

  byte[] loadSegment(int number) {
    byte[] bytes = store.get(keys.segment(number));
    if (bytes == null) {
      throw new IllegalStateException("segment " + number + " is not in the history");
    }
    return bytes;
  }

  void storeSegments(Root root, Segments segments) {
    for (Segments.Segment segment : segments.fresh()) {
      put(keys.segment(segment.number()), segment.encode());
    }
    for (int number : segments.dropped()) {
      // Older segments may still belong to a snapshot, and go with it.
      if (number >= root.snapshotSegments) {
        delete(keys.segment(number));
      }
    }
    segments.stored();
  }

  void takeSnapshot(Root root, FoldState state, long settledTo, ByteWriter scratch) {
    storeSegments(root, state.segments());
    ByteWriter out = new ByteWriter(1024);
    state.write(out, scratch);
    Position knowsUntil = knowsUntil(state.last(), settledTo);
    put(keys.snapshot(knowsUntil), out.toByteArray());
    root.trimFrom = Math.min(root.trimFrom, knowsUntil.at());
    root.newestSnapshot = knowsUntil;
    root.snapshotSegments = state.segments().next();
    root.sinceSnapshot = 0;
  }

  /** A settled state already knows that nothing came until the clock it was settled to. */
  private static Position knowsUntil(Position last, long settledTo) {
    return settledTo >= last.at() ? new Position(settledTo + 1, "") : last;
  }

  /** Deletes what no touchpoint within the allowed lateness of {@code now} can need. */
  void trim(Root root, long now) {
    // Strictly before: a touchpoint exactly as late as allowed must still have a base.
    if (settings.latenessMillis() == KeeperSettings.ANY_LATENESS
        || root.trimFrom >= now - settings.latenessMillis()) {
      return;
    }
    long horizon = now - settings.latenessMillis();
    List<byte[]> snapshots = new ArrayList<>();
    root.trimFrom = Cell.NEVER;
    store.scan(
        keys.firstSnapshot(),
        keys.lastSnapshot(),
        false,
        (key, value) -> {
          long at = keys.position(key).at();
          if (at >= horizon) {
            root.trimFrom = at;
            return false;
          }
          return snapshots.add(key);
        });
    if (snapshots.isEmpty()) {
      return;
    }
    Position oldest = keys.position(snapshots.get(snapshots.size() - 1));
    for (int i = 0; i + 1 < snapshots.size(); i++) {
      TreeSet<Integer> gone = segmentsOf(snapshots.get(i));
      gone.removeAll(segmentsOf(snapshots.get(i + 1)));
      gone.forEach(number -> delete(keys.segment(number)));
      delete(snapshots.get(i));
    }
    List<byte[]> chunks = new ArrayList<>();
    store.scan(keys.firstChunk(), keys.chunk(oldest), false, (key, value) -> chunks.add(key));
    // The last of these may reach beyond the snapshot.
    for (int i = 0; i + 1 < chunks.size(); i++) {
      delete(chunks.get(i));
    }
    root.trimmed = true;
  }

  private TreeSet<Integer> segmentsOf(byte[] snapshotKey) {
    return FoldState.segmentsOf(store.get(snapshotKey));
  }

  /**
   * The newest state that does not know of {@code at}; at {@code at} itself if it was folded last.
   */
  Base baseBefore(Position at, Root root) {
    return base(root, snapshot -> snapshot.compareTo(at) <= 0, at);
  }

  /** The newest state that knows of nothing at or after {@code at}. */
  Base baseStrictlyBefore(Position at, Root root) {
    return base(root, snapshot -> snapshot.compareTo(at) < 0, at);
  }

  private Base base(Root root, Predicate<Position> fits, Position last) {
    Position newest = root.newestSnapshot;
    if (newest == null) {
      return Base.EMPTY;
    }
    // Looking one up costs a fraction of opening a range, and most are late by little.
    byte[] state = fits.test(newest) ? store.get(keys.snapshot(newest)) : null;
    if (state != null) {
      return new Base(newest, state);
    }
    Base[] found = {Base.EMPTY};
    store.scan(
        keys.firstSnapshot(),
        keys.snapshot(last),
        true,
        (key, value) -> {
          Position position = keys.position(key);
          if (!fits.test(position)) {
            return true;
          }
          found[0] = new Base(position, value);
          return false;
        });
    return found[0];
  }

  /** Visits the touchpoints no later than a time, the newest first, until told to stop. */
  void newest(Root root, long last, Predicate<Stored> visitor) {
    List<Stored> tail = root.tail.touchpoints();
    for (int i = tail.size() - 1; i >= 0; i--) {
      if (tail.get(i).position().at() <= last && !visitor.test(tail.get(i))) {
        return;
      }
    }
    if (root.inChunksSince(null) == 0) {
      return;
    }
    byte[] to = last == Long.MAX_VALUE ? keys.lastChunk() : keys.chunk(new Position(last + 1, ""));
    store.scan(
        keys.firstChunk(),
        to,
        true,
        (key, value) -> {
          List<Stored> touchpoints = touchpoints(value);
          for (int i = touchpoints.size() - 1; i >= 0; i--) {
            if (touchpoints.get(i).position().at() <= last && !visitor.test(touchpoints.get(i))) {
              return false;
            }
          }
          return true;
        });
  }

  /** The oldest state that is kept; the empty one where nothing has been trimmed. */
  Base oldestBase(Root root) {
    Base[] found = {Base.EMPTY};
    if (root.trimmed) {
      store.scan(
          keys.firstSnapshot(),
          keys.lastSnapshot(),
          false,
          (key, value) -> {
            found[0] = new Base(keys.position(key), value);
            return false;
          });
    }
    return found[0];
  }

  /** Stores another state as a snapshot in the place of {@code base}, with fewer segments. */
  void replace(Base base, FoldState state, ByteWriter scratch) {
    ByteWriter out = new ByteWriter(1024);
    state.write(out, scratch);
    put(keys.snapshot(base.position()), out.toByteArray());
    TreeSet<Integer> gone = FoldState.segmentsOf(base.state());
    gone.removeAll(state.segments().numbers());
    gone.forEach(number -> delete(keys.segment(number)));
  }

  /** Forgets the snapshots after {@code base} and every segment that only they or the root knew. */
  void abandonAfter(Base base, Root root) {
    TreeSet<Integer> gone = new TreeSet<>(root.state.segments().numbers());
    List<byte[]> snapshots = new ArrayList<>();
    if (!Objects.equals(base.position(), root.newestSnapshot)) {
      store.scan(
          base.position() == null ? keys.firstSnapshot() : keys.snapshot(base.position()),
          keys.lastSnapshot(),
          false,
          (key, value) -> {
            if (!keys.position(key).equals(base.position())) {
              snapshots.add(key);
              gone.addAll(FoldState.segmentsOf(value));
            }
            return true;
          });
    }
    snapshots.forEach(this::delete);
    if (base.state() != null) {
      gone.removeAll(FoldState.segmentsOf(base.state()));
    }
    gone.forEach(number -> delete(keys.segment(number)));
    root.newestSnapshot = base.position();
    root.snapshotSegments = root.state.segments().next();
  }

  /** Moves the tail into a sealed chunk when it is full. */
  void sealTail(Root root) {
    while (root.tail.size() >= settings.chunkTouchpoints()) {
      List<Stored> chunk = root.tail.touchpoints().subList(0, settings.chunkTouchpoints());
      root.newestChunk = putChunk(chunk);
      chunk.clear();
    }
  }

  /** Returns where it begins. */
  private Position putChunk(List<Stored> touchpoints) {
    ByteWriter out = new ByteWriter(touchpoints.size() * 256);
    out.writeCount(touchpoints.size());
    touchpoints.forEach(stored -> stored.write(out));
    Position first = touchpoints.get(0).position();
    put(keys.chunk(first), out.toByteArray());
    return first;
  }

  /** The touchpoints after {@code base}; null means all. */
  Stretch since(Position base, Root root) {
    List<Chunk> chunks = chunksSince(base, root);
    List<Stored> all = new ArrayList<>();
    chunks.forEach(chunk -> all.addAll(chunk.touchpoints));
    all.addAll(root.tail.touchpoints());
    if (base != null) {
      all.removeIf(stored -> stored.position().compareTo(base) <= 0);
    }
    return new Stretch(chunks, all);
  }

  /** The chunks with touchpoints after {@code base}. */
  private List<Chunk> chunksSince(Position base, Root root) {
    int wanted = root.inChunksSince(base);
    if (wanted == 0) {
      return List.of();
    }
    if (wanted > 0 && root.newestChunk != null) {
      // Again a look instead of a range.
      byte[] key = keys.chunk(root.newestChunk);
      byte[] value = store.get(key);
      List<Stored> newest = value == null ? List.of() : touchpoints(value);
      if (newest.size() >= wanted) {
        return List.of(new Chunk(key, newest));
      }
    }
    List<Chunk> chunks = new ArrayList<>();
    byte[] from = base == null ? keys.firstChunk() : keys.chunk(base);
    store.scan(
        keys.firstChunk(),
        keys.lastChunk(),
        true,
        (key, value) -> {
          chunks.add(new Chunk(key, touchpoints(value)));
          // The last of these may begin before the base and reach beyond it.
          return Arrays.compareUnsigned(key, from) > 0;
        });
    Collections.reverse(chunks);
    return chunks;
  }

  /**
   * Finds what is kept up to {@code base} (null means all), and what else is given.
   *
   * @param since what lies after the base, in order, as the fold sees it
   */
  Lookback lookback(Root root, Position base, List<Stored> since) {
    return (id, after, before) -> {
      Touchpoint found = last(since, id, after, before);
      Position until = base == null ? before : new Position(base.at(), base.id() + '\0');
      if (found == null) {
        found = last(root.tail.touchpoints(), id, after, until);
      }
      if (found == null) {
        found = lastInChunks(id, after, until);
      }
      return found != null ? About.of(found) : root.trimmed ? root.state.surveys().known(id) : null;
    };
  }

  private Touchpoint lastInChunks(String id, Position after, Position before) {
    Touchpoint[] found = {null};
    store.scan(
        keys.firstChunk(),
        keys.chunk(before),
        true,
        (key, value) -> {
          List<Stored> touchpoints = touchpoints(value);
          found[0] = last(touchpoints, id, after, before);
          return found[0] == null && keys.position(key).compareTo(after) > 0;
        });
    return found[0];
  }

  private static Touchpoint last(List<Stored> sorted, String id, Position after, Position before) {
    for (int i = sorted.size() - 1; i >= 0; i--) {
      Position at = sorted.get(i).position();
      if (at.compareTo(after) <= 0) {
        return null;
      }
      if (at.id().equals(id) && at.compareTo(before) < 0) {
        return sorted.get(i).touchpoint();
      }
    }
    return null;
  }

  private List<Stored> touchpoints(byte[] chunk) {
    ByteReader in = new ByteReader(chunk, 0);
    int count = in.readInt();
    List<Stored> touchpoints = new ArrayList<>(count + 1);
    for (int i = 0; i < count; i++) {
      touchpoints.add(Stored.read(in, codec));
    }
    return touchpoints;
  }

  /** The history from some base to its end, and what is put into it. */
  final class Stretch {

    private final List<Chunk> chunks;
    private final List<Stored> touchpoints;

    private Stretch(List<Chunk> chunks, List<Stored> touchpoints) {
      this.chunks = chunks;
      this.touchpoints = touchpoints;
    }

    List<Stored> touchpoints() {
      return touchpoints;
    }

    /** Puts a touchpoint in its place; false when it is there already. */
    boolean insert(Stored stored) {
      return insertSorted(touchpoints, stored);
    }

    /** Stores a touchpoint that was inserted where it belongs: in a chunk, or in the tail. */
    void store(Root root, Stored stored) {
      Position at = stored.position();
      boolean inTail =
          chunks.isEmpty()
              || (root.tail.size() > 0
                  && root.tail.touchpoints().get(0).position().compareTo(at) < 0);
      if (inTail) {
        insertSorted(root.tail.touchpoints(), stored);
        return;
      }
      int index = 0;
      while (index + 1 < chunks.size() && chunks.get(index + 1).first().compareTo(at) < 0) {
        index++;
      }
      Chunk chunk = chunks.get(index);
      insertSorted(chunk.touchpoints, stored);
      delete(chunk.key);
      int size = chunk.touchpoints.size();
      int half = size > 2 * settings.chunkTouchpoints() ? size / 2 : 0;
      if (half > 0) {
        putChunk(chunk.touchpoints.subList(0, half));
      }
      Position last = putChunk(chunk.touchpoints.subList(half, size));
      root.newestChunk = index + 1 < chunks.size() ? chunks.get(chunks.size() - 1).first() : last;
    }

    /**
     * Adds touchpoints and takes others away, here and where they are stored.
     *
     * @param first the first place of all of them
     */
    void change(Root root, List<Stored> added, Set<Position> gone, Position first) {
      change(touchpoints, added, gone);
      List<Stored> tail = root.tail.touchpoints();
      int kept = chunks.size();
      if (kept > 0 && (tail.isEmpty() || tail.get(0).position().compareTo(first) > 0)) {
        do {
          kept--;
        } while (kept > 0 && chunks.get(kept).first().compareTo(first) > 0);
      }
      List<Chunk> changed = chunks.subList(kept, chunks.size());
      List<Stored> all = new ArrayList<>();
      changed.forEach(chunk -> all.addAll(chunk.touchpoints));
      all.addAll(tail);
      change(all, added, gone);
      int size = settings.chunkTouchpoints();
      int sealed = all.size() - all.size() % size;
      Set<Position> firsts = new HashSet<>();
      for (int from = 0; from < sealed; from += size) {
        firsts.add(all.get(from).position());
      }
      for (Chunk chunk : changed) {
        if (!firsts.contains(chunk.first())) {
          delete(chunk.key);
        }
      }
      if (!changed.isEmpty()) {
        root.newestChunk = kept == 0 ? null : chunks.get(kept - 1).first();
      }
      for (int from = 0; from < sealed; from += size) {
        root.newestChunk = putChunk(all.subList(from, from + size));
      }
      tail.clear();
      tail.addAll(all.subList(sealed, all.size()));
    }

    private static void change(List<Stored> sorted, List<Stored> added, Set<Position> gone) {
      sorted.removeIf(stored -> gone.contains(stored.position()));
      sorted.addAll(added);
      sorted.sort(BY_POSITION);
    }

    private static boolean insertSorted(List<Stored> list, Stored stored) {
      int at =
          Collections.binarySearch(
              list, stored, (left, right) -> left.position().compareTo(right.position()));
      if (at >= 0) {
        return false;
      }
      list.add(-at - 1, stored);
      return true;
    }
  }
}
