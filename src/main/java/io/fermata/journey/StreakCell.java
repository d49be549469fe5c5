package io.fermata.journey;

/**
 * State of a streak rule: how long the streak is. Bounded by the last 50 ids; a streak has no end
 * in time, so there is one such cell for every group that has a streak going.
 */
final class StreakCell implements Cell {

  int length;
  Evidence evidence = new Evidence();

  /** The streak's alert; null before it is raised, and when it began in a quiet time. */
  OpenAlert open;

  long quietUntil = Quiet.NONE;

  void end() {
    length = 0;
    evidence = new Evidence();
    open = null;
  }

  @Override
  public long expiresAt() {
    return length > 0 ? NEVER : quietUntil;
  }

  @Override
  public void write(ByteWriter out) {
    out.writeByte(open != null ? 1 : 0);
    Quiet.write(out, quietUntil);
    out.writeCount(length);
    evidence.write(out);
    if (open != null) {
      open.write(out);
    }
  }

  static StreakCell read(ByteReader in) {
    StreakCell cell = new StreakCell();
    boolean raised = in.readByte() != 0;
    cell.quietUntil = Quiet.read(in);
    cell.length = in.readInt();
    cell.evidence = Evidence.read(in);
    if (raised) {
      cell.open = OpenAlert.read(in);
    }
    return cell;
  }
}
