package io.fermata.journey;

/**
 * State of an absence rule: what waits, by deadline, and what is overdue. Bounded by the number of
 * starts that nothing has answered; long queues lie in sealed segments.
 */
final class AbsenceCell implements Cell {

  /**
   * Starts not yet due, ordered by deadline and id; {@code value} is the cause's journey subject.
   */
  final EntryQueue waiting;

  /** Raised and not yet ended, in the order raised; {@code at} is the deadline. */
  final EntryQueue overdue;

  long quietUntil = Quiet.NONE;

  AbsenceCell(Segments segments) {
    this(new EntryQueue(segments), new EntryQueue(segments));
  }

  private AbsenceCell(EntryQueue waiting, EntryQueue overdue) {
    this.waiting = waiting;
    this.overdue = overdue;
  }

  @Override
  public long due() {
    return waiting.isEmpty() ? NEVER : waiting.first().at();
  }

  @Override
  public String dueAnchor() {
    return waiting.first().id();
  }

  @Override
  public long expiresAt() {
    return waiting.isEmpty() && overdue.isEmpty() ? quietUntil : NEVER;
  }

  @Override
  public void write(ByteWriter out) {
    Quiet.write(out, quietUntil);
    waiting.write(out);
    overdue.write(out);
  }

  static AbsenceCell read(ByteReader in, Segments segments) {
    long quietUntil = Quiet.read(in);
    AbsenceCell cell =
        new AbsenceCell(EntryQueue.read(in, segments), EntryQueue.read(in, segments));
    cell.quietUntil = quietUntil;
    return cell;
  }
}
