package io.fermata.journey;

import io.fermata.rules.CompiledKind;

/**
 * State of a count rule: the matches that count, and the episode that is on. Bounded by {@link
 * Matches} and the last 50 ids.
 */
final class CountCell implements Cell {

  final Matches matches;

  /** The episode's alert; null when there is no episode, or a quiet one. */
  OpenAlert open;

  boolean inEpisode;
  int greatest;
  Evidence evidence = new Evidence();

  /** Newest matches not yet counted in the episode: n was below N when they came. */
  int pending;

  long endsAt = NEVER;
  long quietUntil = Quiet.NONE;

  CountCell(Matches matches) {
    this.matches = matches;
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
    return inEpisode ? NEVER : Math.max(matches.countUntil(), quietUntil);
  }

  @Override
  public void write(ByteWriter out) {
    out.writeByte((inEpisode ? 1 : 0) | (open != null ? 2 : 0));
    Quiet.write(out, quietUntil);
    matches.write(out);
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

  static CountCell read(ByteReader in, Segments segments, CompiledKind.Count kind) {
    int flags = in.readByte();
    long quietUntil = Quiet.read(in);
    CountCell cell = new CountCell(Matches.read(in, kind, segments));
    cell.quietUntil = quietUntil;
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
