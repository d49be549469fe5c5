package io.fermata.journey;

import io.fermata.model.Alert;
import io.fermata.model.Touchpoint;
import io.fermata.rules.CountWindow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Matches that count until their calendar unit ends. Those of one unit all end together, so a
 * number and the last 50 ids will do for each unit that is on: one, or as many as there are time
 * zones where the customer's own zone changes. With {@code distinct}, one time per distinct value
 * besides.
 */
final class CalendarMatches implements Matches {

  private static final Comparator<Entry> IN_ORDER =
      Comparator.comparingLong(Entry::at).thenComparing(Entry::id);

  /** A unit that is on. */
  private static final class Unit {

    private final long end;
    private int count;
    private final List<Entry> newest;

    Unit(long end, int count, List<Entry> newest) {
      this.end = end;
      this.count = count;
      this.newest = newest;
    }

    void add(Entry entry) {
      count++;
      if (newest.size() == Alert.MAX_EVIDENCE) {
        newest.remove(0);
      }
      newest.add(entry);
    }
  }

  private final CountWindow.Calendar window;

  /** In no particular order, no two of one end. */
  private final List<Unit> units = new ArrayList<>(1);

  /** By distinct value: until when it counts. Null without {@code distinct}. */
  private final Map<String, Long> values;

  CalendarMatches(CountWindow.Calendar window, boolean distinct) {
    this.window = window;
    this.values = distinct ? new LinkedHashMap<>() : null;
  }

  @Override
  public int size() {
    return values == null ? units.stream().mapToInt(unit -> unit.count).sum() : values.size();
  }

  @Override
  public void add(Touchpoint match, String value) {
    long end = window.endOf(match);
    unit(end).add(new Entry(match.occurredAt(), match.id(), null, null, null));
    if (values != null) {
      values.merge(value, end, Math::max);
    }
  }

  private Unit unit(long end) {
    for (Unit unit : units) {
      if (unit.end == end) {
        return unit;
      }
    }
    Unit unit = new Unit(end, 0, new ArrayList<>(4));
    units.add(unit);
    return unit;
  }

  @Override
  public void expire(long now) {
    units.removeIf(unit -> unit.end <= now);
    if (values != null) {
      values.values().removeIf(end -> end <= now);
    }
  }

  @Override
  public long fallsBelow(int atLeast) {
    if (values != null) {
      long[] ends = values.values().stream().mapToLong(Long::longValue).toArray();
      Arrays.sort(ends);
      return ends[ends.length - atLeast];
    }
    units.sort(Comparator.comparingLong(unit -> unit.end));
    int left = size();
    for (Unit unit : units) {
      left -= unit.count;
      if (left < atLeast) {
        return unit.end;
      }
    }
    throw new IllegalStateException("there are fewer than " + atLeast + " matches");
  }

  @Override
  public long roomAt(long now, int atLeast, String value) {
    if (values != null) {
      long[] ends =
          values.entrySet().stream()
              .filter(counted -> !counted.getKey().equals(value))
              .mapToLong(Map.Entry::getValue)
              .sorted()
              .toArray();
      int last = ends.length - (atLeast - 1);
      return last < 0 ? now : Math.max(now, ends[last]);
    }
    return size() < atLeast - 1 ? now : Math.max(now, fallsBelow(atLeast - 1));
  }

  @Override
  public long countUntil() {
    return units.stream().mapToLong(unit -> unit.end).max().orElse(Quiet.NONE);
  }

  @Override
  public List<String> newest(int count) {
    List<Entry> newest = units.size() == 1 ? units.get(0).newest : merged();
    int from = Math.max(0, newest.size() - Math.min(count, Alert.MAX_EVIDENCE));
    return newest.subList(from, newest.size()).stream().map(Entry::id).toList();
  }

  private List<Entry> merged() {
    return units.stream().flatMap(unit -> unit.newest.stream()).sorted(IN_ORDER).toList();
  }

  @Override
  public void clear() {
    units.clear();
  }

  @Override
  public void write(ByteWriter out) {
    out.writeCount(units.size());
    for (Unit unit : units) {
      out.writeSigned(unit.end);
      out.writeCount(unit.count);
      EntryQueue.writeEntries(out, unit.newest);
    }
    if (values != null) {
      out.writeCount(values.size());
      values.forEach(
          (value, end) -> {
            out.writeString(value);
            out.writeSigned(end);
          });
    }
  }

  static CalendarMatches read(ByteReader in, CountWindow.Calendar window, boolean distinct) {
    CalendarMatches matches = new CalendarMatches(window, distinct);
    int count = in.readInt();
    for (int i = 0; i < count; i++) {
      matches.units.add(new Unit(in.readSigned(), in.readInt(), EntryQueue.readEntries(in)));
    }
    if (distinct) {
      int number = in.readInt();
      for (int i = 0; i < number; i++) {
        matches.values.put(in.readString(), in.readSigned());
      }
    }
    return matches;
  }
}
