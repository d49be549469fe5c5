package io.fermata.journey;

import io.fermata.journey.Segments.Segment;
import java.util.ArrayList;
import java.util.List;

/**
 * First in, first out. The newest entries lie in the state itself; older ones in sealed segments, a
 * few long ones rather than many short ones.
 */
final class EntryQueue {

  /** Entries of a segment when it is sealed. */
  static final int SEGMENT = 64;

  /** So many segments of the first size become one of the second. */
  private static final int MERGE = 16;

  private final Segments segments;
  private final List<Segment> sealed = new ArrayList<>(0);
  private int taken; // of the first sealed segment, or of the tail where none is sealed
  private List<Entry> tail = new ArrayList<>(4);
  private int size;

  EntryQueue(Segments segments) {
    this.segments = segments;
  }

  int size() {
    return size;
  }

  boolean isEmpty() {
    return size == 0;
  }

  void add(Entry entry) {
    tail.add(entry);
    size++;
    if (tail.size() - (sealed.isEmpty() ? taken : 0) >= 2 * SEGMENT) {
      seal();
    }
  }

  /**
   * Adds in order of time and id.
   *
   * @param sealable whether later entries are never much earlier than this one, so that old ones
   *     may be sealed
   */
  void addSorted(Entry entry, boolean sealable) {
    int first = sealed.isEmpty() ? taken : 0;
    int at = tail.size();
    while (at > first && isAfter(tail.get(at - 1), entry)) {
      at--;
    }
    if (at == tail.size() && sealable) {
      add(entry);
    } else {
      tail.add(at, entry);
      size++;
    }
  }

  private static boolean isAfter(Entry left, Entry right) {
    return left.at() > right.at()
        || (left.at() == right.at() && left.id().compareTo(right.id()) > 0);
  }

  Entry first() {
    return get(0);
  }

  Entry last() {
    return get(size - 1);
  }

  /** The entry at {@code index}, 0 being the oldest. */
  Entry get(int index) {
    int rest = index + taken;
    for (Segment segment : sealed) {
      if (rest < segment.size()) {
        return segments.entriesOf(segment).get(rest);
      }
      rest -= segment.size();
    }
    return tail.get(rest);
  }

  void removeFirst() {
    taken++;
    size--;
    if (!sealed.isEmpty()) {
      if (taken == sealed.get(0).size()) {
        segments.drop(sealed.remove(0));
        taken = 0;
      }
    } else if (taken == tail.size() || taken >= SEGMENT) {
      dropTaken();
    }
  }

  void clear() {
    sealed.forEach(segments::drop);
    sealed.clear();
    tail.clear();
    taken = 0;
    size = 0;
  }

  private void dropTaken() {
    if (taken > 0) {
      tail = new ArrayList<>(tail.subList(taken, tail.size()));
      taken = 0;
    }
  }

  private void seal() {
    if (sealed.isEmpty()) {
      dropTaken();
    }
    sealed.add(segments.seal(tail.subList(0, SEGMENT)));
    tail = new ArrayList<>(tail.subList(SEGMENT, tail.size()));
    mergeShort();
  }

  private void mergeShort() {
    int from = sealed.size() - MERGE;
    // The first segment may be partly taken: it stays as it is.
    if (from < 1 || sealed.get(from).size() != SEGMENT) {
      return;
    }
    List<Segment> run = sealed.subList(from, sealed.size());
    List<Entry> entries = new ArrayList<>(SEGMENT * MERGE);
    for (Segment segment : run) {
      entries.addAll(segments.entriesOf(segment));
      segments.drop(segment);
    }
    run.clear();
    sealed.add(segments.seal(entries));
  }

  void write(ByteWriter out) {
    out.writeCount(sealed.size());
    if (!sealed.isEmpty()) {
      for (Segment segment : sealed) {
        out.writeCount(segment.number());
        out.writeCount(segment.size());
      }
      out.writeCount(taken);
      writeEntries(out, tail);
    } else {
      writeEntries(out, taken == 0 ? tail : tail.subList(taken, tail.size()));
    }
  }

  static EntryQueue read(ByteReader in, Segments segments) {
    EntryQueue queue = new EntryQueue(segments);
    int count = in.readInt();
    for (int i = 0; i < count; i++) {
      Segment segment = new Segment(in.readInt(), in.readInt(), null);
      queue.sealed.add(segment);
      queue.size += segment.size();
    }
    if (count > 0) {
      queue.taken = in.readInt();
      queue.size -= queue.taken;
    }
    queue.tail = readEntries(in);
    queue.size += queue.tail.size();
    return queue;
  }

  static void writeEntries(ByteWriter out, List<Entry> entries) {
    out.writeCount(entries.size());
    long base = 0;
    for (int i = 0; i < entries.size(); i++) {
      Entry entry = entries.get(i);
      entry.write(out, base);
      base = entry.at();
    }
  }

  static List<Entry> readEntries(ByteReader in) {
    int count = in.readInt();
    List<Entry> entries = new ArrayList<>(count + 1);
    long base = 0;
    for (int i = 0; i < count; i++) {
      Entry entry = Entry.read(in, base);
      entries.add(entry);
      base = entry.at();
    }
    return entries;
  }
}
