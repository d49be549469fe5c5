package io.fermata.journey;

import io.fermata.model.Channel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/**
 * The permissions that are held for a customer, by the time of their messages. Bounded: an expired
 * one is dropped, and {@link #MOST} are held at a time. Immutable.
 */
public record Reservations(List<Reservation> held) {

  /** More permissions than this at a time are given to nobody. */
  public static final int MOST = 128;

  private static final Comparator<Reservation> ORDER =
      Comparator.comparingLong(Reservation::at).thenComparing(Reservation::requestId);

  public static final Reservations NONE = new Reservations(List.of());

  private static final int FORMAT = 1;
  private static final Channel[] CHANNELS = Channel.values();

  public Reservations {
    held = held.stream().sorted(ORDER).toList();
  }

  /** Without those that have expired by {@code now}. */
  public Reservations at(long now) {
    return held.stream().allMatch(each -> each.expiresAt() > now)
        ? this
        : new Reservations(held.stream().filter(each -> each.expiresAt() > now).toList());
  }

  /** The one of that id, used or not, or null. */
  public Reservation find(String requestId) {
    return held.stream()
        .filter(each -> each.requestId().equals(requestId))
        .findFirst()
        .orElse(null);
  }

  /** With another one in place of any of the same id. */
  public Reservations with(Reservation reservation) {
    List<Reservation> all = new ArrayList<>(held);
    all.removeIf(each -> each.requestId().equals(reservation.requestId()));
    all.add(reservation);
    return new Reservations(all);
  }

  /** Without the one of that id. */
  public Reservations without(String requestId) {
    return new Reservations(
        held.stream().filter(each -> !each.requestId().equals(requestId)).toList());
  }

  /** Those whose message has not arrived yet: they count as if it had been sent. */
  List<Reservation> open() {
    return held.stream().filter(each -> !each.used()).toList();
  }

  /** When the first of those open expires and makes room, if there is no room now; else null. */
  public Long fullUntil() {
    return held.size() < MOST
        ? null
        : held.stream().map(Reservation::expiresAt).min(Comparator.naturalOrder()).orElseThrow();
  }

  public boolean isEmpty() {
    return held.isEmpty();
  }

  /** As bytes, which {@link #decode} reads. */
  public byte[] encode() {
    ByteWriter out = new ByteWriter(64);
    out.writeByte(FORMAT);
    out.writeCount(held.size());
    for (Reservation each : held) {
      out.writeString(each.requestId());
      out.writeByte(each.channel().ordinal());
      out.writeSigned(each.at());
      out.writeSigned(each.expiresAt());
      out.writeByte(each.used() ? 1 : 0);
    }
    return out.toByteArray();
  }

  /**
   * @param bytes null where nothing is held
   */
  public static Reservations decode(byte[] bytes) {
    if (bytes == null) {
      return NONE;
    }
    ByteReader in = new ByteReader(bytes, 0);
    int format = in.readByte();
    if (format != FORMAT) {
      throw new IllegalStateException(
          "reservations have format " + format + ", expected " + FORMAT);
    }
    List<Reservation> held = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      held.add(
          new Reservation(
              in.readString(),
              CHANNELS[Objects.checkIndex(in.readByte(), CHANNELS.length)],
              in.readSigned(),
              in.readSigned(),
              in.readByte() == 1));
    }
    return new Reservations(held);
  }
}
