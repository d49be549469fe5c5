package io.fermata.journey;

import io.fermata.model.Position;
import java.util.Objects;

/**
 * The record that every touchpoint of a customer reads and writes: the state of the fold, the
 * newest touchpoints, and a few numbers about the rest.
 */
final class Root {

  private static final int FORMAT = 5;
  private static final int TRIMMED = 1;

  /** Whether history before the oldest snapshot is gone. */
  boolean trimmed;

  /** Touchpoints folded since the newest snapshot, or ever where there is none. */
  int sinceSnapshot;

  /** What the newest snapshot knows last, under which it is stored; null where there is none. */
  Position newestSnapshot;

  /** The first touchpoint of the newest chunk; null where there is none, or it is not known. */
  Position newestChunk;

  /** {@link Segments#next()} when the newest snapshot was taken: it knows no later segment. */
  int snapshotSegments;

  /**
   * Time of the oldest snapshot that was not older than the allowed lateness when history was last
   * trimmed: once it is, there is something to trim. {@link Cell#NEVER} when there is none.
   */
  long trimFrom = Cell.NEVER;

  /** The last clock that settled something; {@link Quiet#NONE} before. */
  long settledTo = Quiet.NONE;

  /** For when the customer's timer is set; {@link Cell#NEVER} when it is not. */
  long wakeAt = Cell.NEVER;

  FoldState state;
  final Tail tail;

  Root(Tail tail) {
    this.tail = tail;
  }

  /** How many touchpoints after a snapshot are in chunks; null is before all, -1 not known. */
  int inChunksSince(Position snapshot) {
    return Objects.equals(snapshot, newestSnapshot) ? Math.max(0, sinceSnapshot - tail.size()) : -1;
  }

  byte[] encode(ByteWriter out, ByteWriter scratch) {
    out.reset();
    out.writeByte(FORMAT);
    out.writeFixedInt(state.rules().fingerprint());
    out.writeByte(trimmed ? TRIMMED : 0);
    out.writeCount(sinceSnapshot);
    out.writeNullablePosition(newestSnapshot);
    out.writeNullablePosition(newestChunk);
    out.writeCount(snapshotSegments);
    out.writeCount(state.segments().next());
    writeTime(out, settledTo, Quiet.NONE);
    writeTime(out, wakeAt, Cell.NEVER);
    writeTime(out, trimFrom, Cell.NEVER);
    state.write(out, scratch);
    tail.write(out);
    return out.toByteArray();
  }

  /** Reads a root; {@code makeState} reads the state, given the number of the next segment. */
  static Root decode(byte[] bytes, StateReader makeState, TouchpointBytes codec) {
    ByteReader in = new ByteReader(bytes, 0);
    readRules(in);
    boolean trimmed = in.readByte() == TRIMMED;
    int sinceSnapshot = in.readInt();
    Position newestSnapshot = in.readNullablePosition();
    Position newestChunk = in.readNullablePosition();
    int snapshotSegments = in.readInt();
    int nextSegment = in.readInt();
    long settledTo = readTime(in, Quiet.NONE);
    long wakeAt = readTime(in, Cell.NEVER);
    long trimFrom = readTime(in, Cell.NEVER);
    FoldState state = makeState.read(in, nextSegment);
    Root root = new Root(Tail.read(in, codec));
    root.trimmed = trimmed;
    root.sinceSnapshot = sinceSnapshot;
    root.newestSnapshot = newestSnapshot;
    root.newestChunk = newestChunk;
    root.snapshotSegments = snapshotSegments;
    root.settledTo = settledTo;
    root.wakeAt = wakeAt;
    root.trimFrom = trimFrom;
    root.state = state;
    return root;
  }

  /** Fingerprint of the rules that a written root was folded under. */
  static int rulesOf(byte[] bytes) {
    return readRules(new ByteReader(bytes, 0));
  }

  private static int readRules(ByteReader in) {
    int format = in.readByte();
    if (format != FORMAT) {
      throw new IllegalStateException("state has format " + format + ", expected " + FORMAT);
    }
    return in.readFixedInt();
  }

  /** Reads the state of the fold. */
  @FunctionalInterface
  interface StateReader {
    FoldState read(ByteReader in, int nextSegment);
  }

  private static void writeTime(ByteWriter out, long time, long none) {
    out.writeByte(time == none ? 0 : 1);
    if (time != none) {
      out.writeSigned(time);
    }
  }

  private static long readTime(ByteReader in, long none) {
    return in.readByte() == 0 ? none : in.readSigned();
  }
}
