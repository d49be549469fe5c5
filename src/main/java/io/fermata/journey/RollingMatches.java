package io.fermata.journey;

import io.fermata.model.Alert;
import io.fermata.model.Touchpoint;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Matches that count for a fixed time. Bounded by the window: at most 128 matches here, the others
 * in sealed segments; with {@code distinct}, one count per distinct value in the window besides.
 */
final class RollingMatches implements Matches {

  private final EntryQueue window;
  private final long windowMillis;

  /** By distinct value: how often in the window, and when last. Null without {@code distinct}. */
  private final Map<String, Seen> values;

  private record Seen(int count, long lastAt) {}

  RollingMatches(EntryQueue window, long windowMillis, boolean distinct) {
    this.window = window;
    this.windowMillis = windowMillis;
    this.values = distinct ? new LinkedHashMap<>() : null;
  }

  @Override
  public int size() {
    return values == null ? window.size() : values.size();
  }

  @Override
  public void add(Touchpoint match, String value) {
    long at = match.occurredAt();
    window.add(new Entry(at, match.id(), value, null, null));
    if (values != null) {
      values.merge(value, new Seen(1, at), (old, one) -> new Seen(old.count + 1, one.lastAt));
    }
  }

  @Override
  public void expire(long now) {
    while (!window.isEmpty() && window.first().at() <= now - windowMillis) {
      if (values != null) {
        values.computeIfPresent(
            window.first().value(),
            (value, seen) -> seen.count == 1 ? null : new Seen(seen.count - 1, seen.lastAt));
      }
      window.removeFirst();
    }
  }

  @Override
  public long fallsBelow(int atLeast) {
    if (values == null) {
      return window.get(window.size() - atLeast).at() + windowMillis;
    }
    long[] lasts = values.values().stream().mapToLong(Seen::lastAt).toArray();
    Arrays.sort(lasts);
    return lasts[lasts.length - atLeast] + windowMillis;
  }

  @Override
  public long roomAt(long now, int atLeast, String value) {
    if (values == null) {
      int last = window.size() - (atLeast - 1);
      return last < 0 ? now : Math.max(now, window.get(last).at() + windowMillis);
    }
    long[] lasts =
        values.entrySet().stream()
            .filter(seen -> !seen.getKey().equals(value))
            .mapToLong(seen -> seen.getValue().lastAt())
            .sorted()
            .toArray();
    int last = lasts.length - (atLeast - 1);
    return last < 0 ? now : Math.max(now, lasts[last] + windowMillis);
  }

  @Override
  public long countUntil() {
    return window.isEmpty() ? Quiet.NONE : window.last().at() + windowMillis;
  }

  @Override
  public List<String> newest(int count) {
    int taken = Math.min(Math.min(count, window.size()), Alert.MAX_EVIDENCE);
    List<String> ids = new ArrayList<>(taken);
    for (int i = window.size() - taken; i < window.size(); i++) {
      ids.add(window.get(i).id());
    }
    return ids;
  }

  @Override
  public void clear() {
    window.clear();
  }

  @Override
  public void write(ByteWriter out) {
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
  }

  static RollingMatches read(
      ByteReader in, Segments segments, long windowMillis, boolean distinct) {
    RollingMatches matches =
        new RollingMatches(EntryQueue.read(in, segments), windowMillis, distinct);
    if (distinct) {
      int count = in.readInt();
      for (int i = 0; i < count; i++) {
        matches.values.put(in.readString(), new Seen(in.readInt(), in.readSigned()));
      }
    }
    return matches;
  }
}
