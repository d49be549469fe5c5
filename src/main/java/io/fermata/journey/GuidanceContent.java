package io.fermata.journey;

import io.fermata.model.Channel;
import io.fermata.model.ContactGuidance;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/** What contact guidance says, all but since when. */
final class GuidanceContent {

  /** From the moment on that the guidance is given at. */
  static final long AT_ONCE = Long.MIN_VALUE;

  /** No time can be given. */
  static final long NO_TIME = Cell.NEVER;

  /** The channels a time is given for. */
  static final List<Channel> CHANNELS =
      Arrays.stream(Channel.values()).filter(channel -> channel != Channel.UNKNOWN).toList();

  /** Their places in the order of their names. */
  private static final int[] BY_NAME =
      IntStream.range(0, CHANNELS.size())
          .boxed()
          .sorted(Comparator.comparing(i -> CHANNELS.get(i).name()))
          .mapToInt(i -> i)
          .toArray();

  private static final Channel[] ALL_CHANNELS = Channel.values();

  private final int[] pressure;
  private final long[] allowed;
  private final Long pauseUntil;
  private final List<String> reasons;
  private final int ignoredInARow;
  private final Channel preferred;
  private final int optedOut;

  /**
   * @param pressure by purpose and window, as {@link Contacts#counts}
   * @param allowed by channel: {@link #AT_ONCE}, a time, or {@link #NO_TIME}
   * @param reasons sorted
   * @param optedOut one bit per channel
   */
  GuidanceContent(
      int[] pressure,
      long[] allowed,
      Long pauseUntil,
      List<String> reasons,
      int ignoredInARow,
      Channel preferred,
      int optedOut) {
    this.pressure = pressure;
    this.allowed = allowed;
    this.pauseUntil = pauseUntil;
    this.reasons = reasons;
    this.ignoredInARow = ignoredInARow;
    this.preferred = preferred;
    this.optedOut = optedOut;
  }

  /** The same times and pauses with other counts. */
  GuidanceContent recounted(int[] pressure, int ignoredInARow, Channel preferred) {
    return new GuidanceContent(
        pressure, allowed, pauseUntil, reasons, ignoredInARow, preferred, optedOut);
  }

  Long pauseUntil() {
    return pauseUntil;
  }

  int ignoredInARow() {
    return ignoredInARow;
  }

  int optedOut() {
    return optedOut;
  }

  static boolean hasOptedOut(int optedOut, Channel channel) {
    return (optedOut >> channel.ordinal() & 1) != 0;
  }

  ContactGuidance view(String customer, long at) {
    return new ContactGuidance(
        customer,
        at,
        Contacts.view(pressure),
        times(at),
        pauseUntil,
        reasons,
        ignoredInARow,
        preferred,
        channelsOptedOut());
  }

  private List<String> channelsOptedOut() {
    return optedOut == 0
        ? List.of()
        : Arrays.stream(ALL_CHANNELS)
            .filter(channel -> hasOptedOut(optedOut, channel))
            .map(Channel::name)
            .sorted()
            .toList();
  }

  /** The times that there are, {@link ContactGuidance#ANY} first, the channels by name. */
  private Map<String, Long> times(long at) {
    long earliest = NO_TIME;
    for (long time : allowed) {
      earliest = Math.min(earliest, time);
    }
    if (earliest == NO_TIME) {
      return Map.of();
    }
    Long atOnce = at; // boxed once: most channels have the same time
    Map<String, Long> times = new LinkedHashMap<>(2 * (allowed.length + 1));
    times.put(ContactGuidance.ANY, earliest == AT_ONCE ? atOnce : (Long) earliest);
    for (int i : BY_NAME) {
      if (allowed[i] != NO_TIME) {
        times.put(CHANNELS.get(i).name(), allowed[i] == AT_ONCE ? atOnce : (Long) allowed[i]);
      }
    }
    return times;
  }

  boolean says(GuidanceContent other) {
    return ignoredInARow == other.ignoredInARow
        && optedOut == other.optedOut
        && preferred == other.preferred
        && Objects.equals(pauseUntil, other.pauseUntil)
        && Arrays.equals(pressure, other.pressure)
        && Arrays.equals(allowed, other.allowed)
        && reasons.equals(other.reasons);
  }

  void write(ByteWriter out) {
    out.writeByte(preferred == null ? 0 : preferred.ordinal() + 1);
    out.writeCount(ignoredInARow);
    out.writeCount(optedOut);
    Quiet.write(out, pauseUntil == null ? Quiet.NONE : pauseUntil);
    out.writeCount(reasons.size());
    for (int i = 0; i < reasons.size(); i++) {
      out.writeString(reasons.get(i));
    }
    int i = 0;
    while (i < allowed.length) {
      int run = 1;
      while (i + run < allowed.length && allowed[i + run] == allowed[i]) {
        run++;
      }
      int kind = allowed[i] == AT_ONCE ? 0 : allowed[i] == NO_TIME ? 1 : 2;
      out.writeByte(run << 2 | kind);
      if (kind == 2) {
        out.writeSigned(allowed[i]);
      }
      i += run;
    }
  }

  /** Reads it; the pressure is what the contacts in the state add up to. */
  static GuidanceContent read(ByteReader in, int[] pressure) {
    Channel preferred = Entry.channel(in);
    int ignored = in.readInt();
    int optedOut = in.readInt();
    long pauseUntil = Quiet.read(in);
    int count = in.readInt();
    List<String> reasons = count == 0 ? List.of() : new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      reasons.add(in.readString());
    }
    long[] allowed = new long[CHANNELS.size()];
    int from = 0;
    while (from < allowed.length) {
      int head = in.readByte();
      int kind = head & 3;
      long time = kind == 0 ? AT_ONCE : kind == 1 ? NO_TIME : in.readSigned();
      Arrays.fill(allowed, from, from + (head >> 2), time);
      from += head >> 2;
    }
    return new GuidanceContent(
        pressure,
        allowed,
        pauseUntil == Quiet.NONE ? null : (Long) pauseUntil,
        reasons,
        ignored,
        preferred,
        optedOut);
  }
}
