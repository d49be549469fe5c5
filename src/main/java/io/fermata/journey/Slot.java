package io.fermata.journey;

import io.fermata.rules.CompiledKind;
import io.fermata.rules.CompiledRule;

/**
 * One cell in its place: which rule (or the journeys), which group. A slot read from storage keeps
 * its bytes until somebody needs the cell; most touchpoints touch few.
 */
final class Slot {

  /** Stands where a rule's key would for the cells of journeys. */
  static final int JOURNEY_KEY = 0;

  /** The rule, or null for a journey. */
  final CompiledRule rule;

  private String group;
  private int groupAt;
  private Cell cell;
  private byte[] bytes;
  private int from;
  private int payloadAt;
  private int to;
  private long due;
  private long expiresAt;

  /** Whether somebody has had the cell to change it since its times were asked for. */
  private boolean changing;

  Slot(CompiledRule rule, String group, Cell cell) {
    this.rule = rule;
    this.group = group;
    this.cell = cell;
    this.changing = true;
  }

  private Slot(CompiledRule rule) {
    this.rule = rule;
  }

  /** Group key of the rule, or the journey's subject. */
  String group() {
    if (group == null) {
      group = new ByteReader(bytes, groupAt).readString();
    }
    return group;
  }

  int key() {
    return rule == null ? JOURNEY_KEY : rule.key();
  }

  /** The cell, to be changed. */
  Cell cell(FoldState state) {
    changing = true;
    return peek(state);
  }

  /** The cell, only to be read. */
  Cell peek(FoldState state) {
    if (cell == null) {
      group();
      cell = readCell(new ByteReader(bytes, payloadAt), state);
      bytes = null;
    }
    return cell;
  }

  long due() {
    if (changing) {
      askAgain();
    }
    return due;
  }

  long expiresAt() {
    if (changing) {
      askAgain();
    }
    return expiresAt;
  }

  private void askAgain() {
    due = cell.due();
    expiresAt = cell.expiresAt();
    changing = false;
  }

  /** The least clock at which what is due is settled; see docs/meaning.md, Order of things. */
  long wakesAt() {
    long at = due();
    return at == Cell.NEVER || endsInclusive() ? at : at + 1;
  }

  /**
   * An episode has ended at its end; everything else needs a clock past its deadline. So does an
   * episode of experiences: one of them can still fall due at the end.
   */
  boolean endsInclusive() {
    return rule != null && !rule.onExperiences() && rule.kind() instanceof CompiledKind.Count;
  }

  void write(ByteWriter out, ByteWriter scratch) {
    if (cell == null) {
      out.write(bytes, from, to - from);
      return;
    }
    out.writeFixedInt(key());
    out.writeString(group);
    writeTime(out, due());
    writeTime(out, expiresAt());
    scratch.reset();
    cell.write(scratch);
    out.writeBlock(scratch);
  }

  /** The next slot; null when its rule is not in the rule set any more. */
  static Slot read(ByteReader in, FoldState state) {
    int from = in.position();
    int key = in.readFixedInt();
    int groupAt = in.position();
    in.skip(in.readInt());
    long due = readTime(in);
    long expiresAt = readTime(in);
    int length = in.readInt();
    int payloadAt = in.position();
    in.skip(length);
    CompiledRule rule = key == JOURNEY_KEY ? null : state.rules().byKey(key);
    if (rule == null && key != JOURNEY_KEY) {
      return null;
    }
    Slot slot = new Slot(rule);
    slot.groupAt = groupAt;
    slot.bytes = in.bytes();
    slot.from = from;
    slot.payloadAt = payloadAt;
    slot.to = in.position();
    slot.due = due;
    slot.expiresAt = expiresAt;
    return slot;
  }

  private static void writeTime(ByteWriter out, long time) {
    if (time == Cell.NEVER || time == Quiet.NONE) {
      out.writeByte(time == Cell.NEVER ? 0 : 1);
    } else {
      out.writeByte(2);
      out.writeSigned(time);
    }
  }

  private static long readTime(ByteReader in) {
    int tag = in.readByte();
    return tag == 0 ? Cell.NEVER : tag == 1 ? Quiet.NONE : in.readSigned();
  }

  private Cell readCell(ByteReader in, FoldState state) {
    if (rule == null) {
      return JourneyCell.read(in, state.settings());
    }
    CompiledKind kind = rule.kind();
    if (kind instanceof CompiledKind.Single) {
      return QuietCell.read(in);
    } else if (kind instanceof CompiledKind.Count count) {
      return CountCell.read(in, state.segments(), count);
    } else if (kind instanceof CompiledKind.Streak) {
      return StreakCell.read(in);
    } else if (kind instanceof CompiledKind.Sequence sequence) {
      return SequenceCell.read(in, sequence);
    }
    return AbsenceCell.read(in, state.segments());
  }
}
