package io.fermata.journey;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * The sealed parts of a customer's long queues. A sealed segment never changes, has a number that
 * is never used again, and lies outside the state that is read and written for every touchpoint; so
 * a window over 100,000 matches costs no more per match than one over 100.
 */
final class Segments {

  /** Where the bytes of a sealed segment come from. */
  interface Loader {

    /** The bytes of segment {@code number}. */
    byte[] load(int number);
  }

  private final Loader loader;
  private final TreeSet<Integer> numbers = new TreeSet<>();
  private final Map<Integer, Segment> fresh = new HashMap<>();
  private final List<Integer> dropped = new ArrayList<>();
  private int next;

  Segments(int next, Loader loader) {
    this.next = next;
    this.loader = loader;
  }

  /** For folds in memory: nothing is ever loaded. */
  static Segments inMemory() {
    return new Segments(
        0,
        number -> {
          throw new IllegalStateException("segment " + number + " is not in memory");
        });
  }

  Segment seal(List<Entry> entries) {
    Segment segment = new Segment(next++, entries.size(), new ArrayList<>(entries));
    numbers.add(segment.number());
    fresh.put(segment.number(), segment);
    return segment;
  }

  void drop(Segment segment) {
    numbers.remove(segment.number());
    if (fresh.remove(segment.number()) == null) {
      dropped.add(segment.number());
    }
  }

  List<Entry> entriesOf(Segment segment) {
    if (segment.entries == null) {
      segment.entries = Segment.decode(loader.load(segment.number()));
    }
    return segment.entries;
  }

  /** For a copy of the state, which may seal and drop on its own. */
  Segments fork() {
    Map<Integer, Segment> unstored = Map.copyOf(fresh);
    return new Segments(
        next,
        number ->
            unstored.containsKey(number) ? unstored.get(number).encode() : loader.load(number));
  }

  /** Numbers of all segments that the state refers to, ascending. */
  TreeSet<Integer> numbers() {
    return numbers;
  }

  /** The same without any segment, for a state to be read again that has sealed none. */
  Segments emptied() {
    return new Segments(next, loader);
  }

  /** The number that the next sealed segment gets. */
  int next() {
    return next;
  }

  /** Segments sealed since the state was read and still in use: to be stored. */
  Iterable<Segment> fresh() {
    return fresh.values();
  }

  /** Stored segments that the state has ceased to refer to since it was read. */
  List<Integer> dropped() {
    return dropped;
  }

  /** Says that what was fresh is stored now. */
  void stored() {
    fresh.clear();
    dropped.clear();
  }

  void write(ByteWriter out) {
    out.writeCount(numbers.size());
    int previous = 0;
    for (int number : numbers) {
      out.writeCount(number - previous);
      previous = number;
    }
  }

  void read(ByteReader in) {
    int count = in.readInt();
    int number = 0;
    for (int i = 0; i < count; i++) {
      number += in.readInt();
      numbers.add(number);
    }
  }

  /** A sealed run of entries. */
  static final class Segment {

    private final int number;
    private final int size;
    private List<Entry> entries;

    Segment(int number, int size, List<Entry> entries) {
      this.number = number;
      this.size = size;
      this.entries = entries;
    }

    int number() {
      return number;
    }

    int size() {
      return size;
    }

    byte[] encode() {
      ByteWriter out = new ByteWriter(size * 32);
      EntryQueue.writeEntries(out, entries);
      return out.toByteArray();
    }

    static List<Entry> decode(byte[] bytes) {
      return EntryQueue.readEntries(new ByteReader(bytes, 0));
    }
  }
}
