package io.fermata.identity;

import io.fermata.identity.Belonging.Piece;
import io.fermata.journey.HistoryStore;
import io.fermata.model.LruMap;
import io.fermata.model.Position;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * What is kept of names, in a store ordered by key: the name with its length before it, then {@code
 * r} for its record, {@code l} and a place and a target for a link that a touchpoint made, {@code
 * m} and the same for one that was said, {@code n} and another name for one it has met, {@code t}
 * and a place and a path for a touchpoint handed over. Places are encoded so that the order of
 * bytes is theirs.
 */
final class IdentityStore {

  private static final byte RECORD = 'r';
  // These two next to each other: both are read in one range.
  private static final byte LINK = 'l';
  private static final byte SAID = 'm';
  private static final byte MET = 'n';
  private static final byte TOUCHPOINT = 't';

  /** Before every touchpoint. */
  private static final Position NOTHING = new Position(Long.MIN_VALUE, "");

  /** Records kept in memory: those of the names that came last. */
  private static final int RECORDS_KNOWN = 10_000;

  private final HistoryStore store;
  private boolean empty;
  private final Map<String, Known> records = new LruMap<>(RECORDS_KNOWN);

  /** What is in memory of a name. */
  private static final class Known {

    NameRecord record;

    /** None later than this arrived under the name and was handed over; null if not known. */
    Position newestHandedOver;

    Known(NameRecord record, Position newestHandedOver) {
      this.record = record;
      this.newestHandedOver = newestHandedOver;
    }
  }

  IdentityStore(HistoryStore store) {
    this.store = store;
    this.empty = true;
    byte[] last = {(byte) 0xFF, (byte) 0xFF, (byte) 0xFF};
    store.scan(
        new byte[0],
        last,
        false,
        (key, value) -> {
          empty = false;
          return false;
        });
  }

  /** Whether nothing is known of any name; costs nothing. */
  boolean isEmpty() {
    return empty;
  }

  NameRecord record(String name) {
    if (empty) {
      return NameRecord.NONE;
    }
    Known known = records.get(name);
    if (known == null) {
      byte[] bytes = store.get(key(name, RECORD));
      known =
          bytes == null
              ? new Known(NameRecord.NONE, NOTHING)
              : new Known(read(bytes, in -> readRecord(name, in)), null);
      records.put(name, known);
    }
    return known.record;
  }

  void put(String name, NameRecord record) {
    put(key(name, RECORD), write(out -> writeRecord(out, record)));
    Known known = records.get(name);
    if (known == null) {
      records.put(name, new Known(record, null));
    } else {
      known.record = record;
    }
  }

  /** Whether a touchpoint that arrived under a name was handed over, or has come back since. */
  boolean hasHandedOver(String name, Position position) {
    Known known = records.get(name);
    boolean isNewer =
        known != null
            && known.newestHandedOver != null
            && position.compareTo(known.newestHandedOver) > 0;
    return !isNewer && handover(name, position, List.of()) != null;
  }

  void put(Link link) {
    put(placed(link, LINK), write(out -> writeLink(out, link)));
  }

  void delete(Link link) {
    store.delete(placed(link, LINK));
  }

  void delete(Said said) {
    store.delete(placed(said.link(), SAID));
  }

  /** Forgets the record of a name. */
  void deleteRecord(String name) {
    store.delete(key(name, RECORD));
    records.remove(name);
  }

  /** Whether a name has links or touchpoints that were handed over. */
  boolean hasAny(String name) {
    Links links = links(name);
    boolean[] any = {!links.made().isEmpty() || !links.said().isEmpty()};
    handovers(
        name,
        Long.MIN_VALUE,
        Long.MAX_VALUE,
        handover -> {
          any[0] = true;
          return false;
        });
    return any[0];
  }

  /** Adds to what was said of a link; whether that says anything new. */
  boolean put(Said said) {
    byte[] key = placed(said.link(), SAID);
    byte[] bytes = store.get(key);
    Said before = bytes == null ? null : read(bytes, in -> readSaid(said.link().from(), in));
    Said now = before == null ? said : before.and(said);
    if (now.equals(before)) {
      return false;
    }
    put(
        key,
        write(
            out -> {
              writeLink(out, now.link());
              out.writeBoolean(now.revoked());
            }));
    return true;
  }

  /**
   * All links of a name.
   *
   * @param made by touchpoints
   * @param said by others
   */
  record Links(List<Link> made, List<Said> said) {

    /** The only one, which a touchpoint made. */
    static Links of(Link made) {
      return new Links(new ArrayList<>(List.of(made)), List.of());
    }

    /** Those that count, in their order. */
    List<Link> united() {
      return LinkSet.united(made, said);
    }
  }

  Links links(String name) {
    Links links = new Links(new ArrayList<>(), new ArrayList<>());
    byte[] from = key(name, LINK);
    store.scan(
        from,
        key(name, SAID + 1),
        false,
        (key, value) ->
            key[from.length - 1] == LINK
                ? links.made.add(read(value, in -> readLink(name, in)))
                : links.said.add(read(value, in -> readSaid(name, in))));
    return links;
  }

  /** Remembers that another name has been seen on a touchpoint of this one. */
  void meet(String name, String other) {
    byte[] key = met(name, other);
    if (empty || store.get(key) == null) {
      put(key, new byte[] {1});
    }
  }

  void unmeet(String name, String other) {
    if (!empty) {
      store.delete(met(name, other));
    }
  }

  /** All names that one has met, in their order. */
  List<String> met(String name) {
    List<String> met = new ArrayList<>();
    int prefix = key(name, MET).length;
    store.scan(
        key(name, MET),
        key(name, MET + 1),
        false,
        (key, value) ->
            met.add(new String(key, prefix, key.length - prefix, StandardCharsets.UTF_8)));
    return met;
  }

  /** Deletes whatever is kept under a name. */
  void deleteAll(String name) {
    List<byte[]> keys = new ArrayList<>();
    store.scan(key(name, 0), key(name, 0xFF), false, (key, value) -> keys.add(key));
    keys.forEach(store::delete);
    records.remove(name);
  }

  void put(String name, Handover handover) {
    put(
        placed(name, TOUCHPOINT, handover.position(), handover.path()),
        write(
            out -> {
              out.writeLong(handover.position().at());
              writeText(out, handover.position().id());
              out.writeShort(handover.path().size());
              for (String passed : handover.path()) {
                writeText(out, passed);
              }
              writeText(out, handover.at());
              out.write(handover.touchpoint());
            }));
    Known known = handover.path().isEmpty() ? records.get(name) : null;
    if (known != null
        && known.newestHandedOver != null
        && handover.position().compareTo(known.newestHandedOver) > 0) {
      known.newestHandedOver = handover.position();
    }
  }

  void delete(String name, Handover handover) {
    store.delete(placed(name, TOUCHPOINT, handover.position(), handover.path()));
  }

  /** A touchpoint that came a way, or null. */
  Handover handover(String name, Position position, List<String> path) {
    byte[] bytes = empty ? null : store.get(placed(name, TOUCHPOINT, position, path));
    return bytes == null ? null : readHandover(bytes);
  }

  /** All ways by which one touchpoint came to a name. */
  List<Handover> handovers(String name, Position position) {
    List<Handover> found = new ArrayList<>();
    if (!empty) {
      byte[] from = placed(name, TOUCHPOINT, position, null);
      byte[] to = placed(name, TOUCHPOINT, new Position(position.at(), position.id() + '\1'), null);
      store.scan(
          from,
          to,
          false,
          (key, value) -> {
            Handover handover = readHandover(value);
            if (handover.position().equals(position)) {
              found.add(handover);
            }
            return true;
          });
    }
    return found;
  }

  /** Visits the touchpoints with {@code from <= t < until} in order, until told to stop. */
  void handovers(String name, long from, long until, Predicate<Handover> visitor) {
    byte[] last =
        until == Long.MAX_VALUE
            ? key(name, TOUCHPOINT + 1)
            : placed(name, TOUCHPOINT, new Position(until, ""), null);
    store.scan(
        placed(name, TOUCHPOINT, new Position(from, ""), null),
        last,
        false,
        (key, value) -> visitor.test(readHandover(value)));
  }

  private void put(byte[] key, byte[] value) {
    store.put(key, value);
    empty = false;
  }

  private static byte[] met(String name, String other) {
    return write(
        out -> {
          writePrefix(out, name, MET);
          out.write(other.getBytes(StandardCharsets.UTF_8));
        });
  }

  private static byte[] key(String name, int kind) {
    return write(out -> writePrefix(out, name, kind));
  }

  private static byte[] placed(Link link, int kind) {
    return placed(link.from(), kind, new Position(link.at(), link.id()), List.of(link.to()));
  }

  private static byte[] placed(String name, int kind, Position position, List<String> path) {
    return write(
        out -> {
          writePrefix(out, name, kind);
          out.writeLong(position.at() ^ Long.MIN_VALUE);
          out.write(position.id().getBytes(StandardCharsets.UTF_16BE));
          if (path != null) {
            out.writeShort(0);
            out.write(String.join("\n", path).getBytes(StandardCharsets.UTF_8));
          }
        });
  }

  private static void writePrefix(DataOutputStream out, String name, int kind) throws IOException {
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    out.writeShort(bytes.length);
    out.write(bytes);
    out.writeByte(kind);
  }

  private static void writeRecord(DataOutputStream out, NameRecord record) throws IOException {
    List<Piece> pieces = record.belonging().pieces();
    out.writeInt(pieces.size());
    for (Piece piece : pieces) {
      out.writeLong(piece.from());
      writeText(out, piece.to() == null ? "" : piece.to());
    }
    out.writeInt(record.tooMany().size());
    for (Link link : record.tooMany()) {
      writeLink(out, link);
    }
    out.writeBoolean(record.refused() != null);
    if (record.refused() != null) {
      writeLink(out, record.refused());
    }
    out.writeBoolean(record.circled() != null);
    if (record.circled() != null) {
      out.writeLong(record.circled().at());
      writeText(out, record.circled().id());
    }
    out.writeInt(record.sweeps());
    out.writeBoolean(record.linked());
    out.writeBoolean(record.receives());
  }

  private static NameRecord readRecord(String name, DataInputStream in) throws IOException {
    List<Piece> pieces = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      long from = in.readLong();
      String to = readText(in);
      pieces.add(new Piece(from, to.isEmpty() ? null : to));
    }
    List<Link> tooMany = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      tooMany.add(readLink(name, in));
    }
    return new NameRecord(
        new Belonging(pieces),
        List.copyOf(tooMany),
        in.readBoolean() ? readLink(name, in) : null,
        in.readBoolean() ? new Position(in.readLong(), readText(in)) : null,
        in.readInt(),
        in.readBoolean(),
        in.readBoolean());
  }

  private static void writeLink(DataOutputStream out, Link link) throws IOException {
    writeText(out, link.to());
    out.writeLong(link.at());
    writeText(out, link.id());
    out.writeBoolean(link.until() != null);
    if (link.until() != null) {
      out.writeLong(link.until());
    }
  }

  private static Link readLink(String name, DataInputStream in) throws IOException {
    String to = readText(in);
    long at = in.readLong();
    String id = readText(in);
    return new Link(name, to, at, id, in.readBoolean() ? in.readLong() : null);
  }

  private static Said readSaid(String name, DataInputStream in) throws IOException {
    return new Said(readLink(name, in), in.readBoolean());
  }

  private static Handover readHandover(byte[] bytes) {
    return read(
        bytes,
        in -> {
          Position position = new Position(in.readLong(), readText(in));
          List<String> path = new ArrayList<>();
          for (int left = in.readShort(); left > 0; left--) {
            path.add(readText(in));
          }
          return new Handover(position, List.copyOf(path), readText(in), in.readAllBytes());
        });
  }

  /** As UTF-16, so that any id comes back as it was. */
  private static void writeText(DataOutputStream out, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_16BE);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static String readText(DataInputStream in) throws IOException {
    return new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_16BE);
  }

  @FunctionalInterface
  private interface Writing {
    void to(DataOutputStream out) throws IOException;
  }

  @FunctionalInterface
  private interface Reading<T> {
    T from(DataInputStream in) throws IOException;
  }

  private static byte[] write(Writing writing) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(128);
    try {
      writing.to(new DataOutputStream(bytes));
    } catch (IOException e) {
      throw new UncheckedIOException("an array does not fail", e);
    }
    return bytes.toByteArray();
  }

  private static <T> T read(byte[] bytes, Reading<T> reading) {
    try {
      return reading.from(new DataInputStream(new ByteArrayInputStream(bytes)));
    } catch (IOException e) {
      throw new UncheckedIOException("what was stored of a name cannot be read", e);
    }
  }
}
