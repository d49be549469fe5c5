package io.fermata.journey;

/** State of a single rule: until when it is quiet. Bounded by one time. */
final class QuietCell implements Cell {

  long quietUntil = Quiet.NONE;

  @Override
  public long expiresAt() {
    return quietUntil;
  }

  @Override
  public void write(ByteWriter out) {
    Quiet.write(out, quietUntil);
  }

  static QuietCell read(ByteReader in) {
    QuietCell cell = new QuietCell();
    cell.quietUntil = Quiet.read(in);
    return cell;
  }
}
