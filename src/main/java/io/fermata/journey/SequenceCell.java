package io.fermata.journey;

/**
 * State of a sequence rule: the latest {@code first}, if nothing has broken it. Bounded by one id.
 */
final class SequenceCell implements Cell {

  /** Id of the latest first; null when there is none. */
  String firstId;

  long firstAt;
  long quietUntil = Quiet.NONE;
  private final long windowMillis;

  SequenceCell(long windowMillis) {
    this.windowMillis = windowMillis;
  }

  @Override
  public long expiresAt() {
    // One past the window: a then at the very end of it still counts.
    return Math.max(firstId == null ? Quiet.NONE : firstAt + windowMillis + 1, quietUntil);
  }

  @Override
  public void write(ByteWriter out) {
    Quiet.write(out, quietUntil);
    out.writeNullableString(firstId);
    if (firstId != null) {
      out.writeSigned(firstAt);
    }
  }

  static SequenceCell read(ByteReader in, long windowMillis) {
    SequenceCell cell = new SequenceCell(windowMillis);
    cell.quietUntil = Quiet.read(in);
    cell.firstId = in.readNullableString();
    if (cell.firstId != null) {
      cell.firstAt = in.readSigned();
    }
    return cell;
  }
}
