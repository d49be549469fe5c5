package io.fermata.journey;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * State of a count rule: the matches in the window, and the episode that is on. Bounded by the
 * window: at most 128 matches here, the others in sealed segments; with {@code distinct}, one count
 * per distinct value in the window besides.
 */
final class CountCell implements Cell {

  final EntryQueue window;

  /** By distinct value: how often in the window, and when last. Null without {@code distinct}. */
  final Map<String, Seen> values;

  /** The episode's alert; null when there is no episode, or a quiet one. */
  OpenAlert open;

  boolean inEpisode;
  int greatest;
  Evidence evidence = new Evidence();

  /** Newest matches not yet counted in the episode: n was below N when they came. */
  int pending;

  long endsAt = NEVER;
  long quietUntil = Quiet.NONE;
  private final long windowMillis;

  record Seen(int count, long lastAt) {}

  CountCell(Segments segments, long windowMillis, boolean distinct) {
    this(new EntryQueue(segments), windowMillis, distinct);
  }

  private CountCell(EntryQueue window, long windowMillis, boolean distinct) {
    this.window = window;
    this.windowMillis = windowMillis;
    this.values = distinct ? new LinkedHashMap<>() : null;
  }

  /** n: matches, or distinct values among them. */
  int size() {
    return values == null ? window.size() : values.size();
  }

  void add(Entry entry) {
    window.add(entry);
    if (values != null) {
      values.merge(
          entry.value(),
          new Seen(1, entry.at()),
          (old, one) -> new Seen(old.count + 1, one.lastAt));
    }
  }

  /** Takes out the matches that are no longer in the window at {@code now}. */
  void expire(long now) {
    while (!window.isEmpty() && window.first().at() <= now - windowMillis) {
      if (values != null) {
        values.computeIfPresent(
            window.first().value(),
            (value, seen) -> seen.count == 1 ? null : new Seen(seen.count - 1, seen.lastAt));
      }
      window.removeFirst();
    }
  }

  /** When n falls below {@code atLeast} if nothing more comes; n must not be below it now. */
  long fallsBelow(int atLeast) {
    if (values == null) {
      return window.get(window.size() - atLeast).at() + windowMillis;
    }
    long[] lasts = values.values().stream().mapToLong(Seen::lastAt).toArray();
    Arrays.sort(lasts);
    return lasts[lasts.length - atLeast] + windowMillis;
  }

  /**
   * From when on one more match leaves n below {@code atLeast}: {@code now} where it does already.
   *
   * @param atLeast at least 2
   * @param value the match's distinct value; null without {@code distinct}
   */
  long roomAt(long now, int atLeast, String value) {
    if (values == null) {
      int others = window.size() - (atLeast - 1);
      return others < 0 ? now : Math.max(now, window.get(others).at() + windowMillis);
    }
    long[] lasts =
        values.entrySet().stream()
            .filter(seen -> !seen.getKey().equals(value))
            .mapToLong(seen -> seen.getValue().lastAt())
            .sorted()
            .toArray();
    int others = lasts.length - (atLeast - 1);
    return others < 0 ? now : Math.max(now, lasts[others] + windowMillis);
  }

  void endEpisode() {
    inEpisode = false;
    open = null;
    greatest = 0;
    evidence = new Evidence();
    pending = 0;
    endsAt = NEVER;
  }

  @Override
  public long due() {
    return endsAt;
  }

  @Override
  public long expiresAt() {
    if (inEpisode) {
      return NEVER;
    }
    long empty = window.isEmpty() ? Quiet.NONE : window.last().at() + windowMillis;
    return Math.max(empty, quietUntil);
  }

  @Override
  public void write(ByteWriter out) {
    out.writeByte((inEpisode ? 1 : 0) | (open != null ? 2 : 0));
    Quiet.write(out, quietUntil);
    window.write(out);
    if (values != null) {
      out.writeCount(values.size());
      values.forEach(
          (value, seen) -> {
            out.writeString(value);
            out.writeCount(seen.count);
            out.writeSigned(seen.lastAt);
          });
    }
    if (inEpisode) {
      out.writeCount(greatest);
      out.writeCount(pending);
      out.writeSigned(endsAt);
    }
    if (open != null) {
      open.write(out);
      evidence.write(out);
    }
  }

  static CountCell read(ByteReader in, Segments segments, long windowMillis, boolean distinct) {
    int flags = in.readByte();
    long quietUntil = Quiet.read(in);
    CountCell cell = new CountCell(EntryQueue.read(in, segments), windowMillis, distinct);
    cell.quietUntil = quietUntil;
    if (distinct) {
      int count = in.readInt();
      for (int i = 0; i < count; i++) {
        cell.values.put(in.readString(), new Seen(in.readInt(), in.readSigned()));
      }
    }
    cell.inEpisode = (flags & 1) != 0;
    if (cell.inEpisode) {
      cell.greatest = in.readInt();
      cell.pending = in.readInt();
      cell.endsAt = in.readSigned();
    }
    if ((flags & 2) != 0) {
      cell.open = OpenAlert.read(in);
      cell.evidence = Evidence.read(in);
    }
    return cell;
  }
}
