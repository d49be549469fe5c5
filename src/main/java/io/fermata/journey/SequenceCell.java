package io.fermata.journey;

import io.fermata.rules.CompiledKind;
import java.util.ArrayList;
import java.util.List;

/**
 * State of a sequence rule: the latest {@code first}, if nothing has broken it, and what has come
 * of a {@code then} with several conditions. Bounded by one id, and one more for each condition.
 */
final class SequenceCell implements Cell {

  /** Id of the latest first; null when there is none. */
  String firstId;

  long firstAt;

  /** The last moment at which {@code then} can follow the first. */
  long deadline;

  /** Which of several conditions of {@code then} have been met, a bit for each. */
  int met;

  /** What met them, in order. */
  final List<String> metBy = new ArrayList<>(0);

  long quietUntil = Quiet.NONE;
  private final CompiledKind.Sequence kind;

  SequenceCell(CompiledKind.Sequence kind) {
    this.kind = kind;
  }

  void start(String id, long at, long last) {
    forget();
    firstId = id;
    firstAt = at;
    deadline = last;
  }

  /** There is no first any more. */
  void forget() {
    firstId = null;
    met = 0;
    metBy.clear();
  }

  @Override
  public long expiresAt() {
    // One past the deadline: a then at the very end still counts.
    return Math.max(firstId == null ? Quiet.NONE : deadline + 1, quietUntil);
  }

  @Override
  public void write(ByteWriter out) {
    Quiet.write(out, quietUntil);
    out.writeNullableString(firstId);
    if (firstId == null) {
      return;
    }
    out.writeSigned(firstAt);
    if (kind.by() != null) {
      out.writeSigned(deadline);
    }
    if (kind.then().size() > 1) {
      out.writeByte(met);
      out.writeCount(metBy.size());
      metBy.forEach(out::writeString);
    }
  }

  static SequenceCell read(ByteReader in, CompiledKind.Sequence kind) {
    SequenceCell cell = new SequenceCell(kind);
    cell.quietUntil = Quiet.read(in);
    cell.firstId = in.readNullableString();
    if (cell.firstId == null) {
      return cell;
    }
    cell.firstAt = in.readSigned();
    cell.deadline = kind.by() == null ? cell.firstAt + kind.withinMillis() : in.readSigned();
    if (kind.then().size() > 1) {
      cell.met = in.readByte();
      int count = in.readInt();
      for (int i = 0; i < count; i++) {
        cell.metBy.add(in.readString());
      }
    }
    return cell;
  }
}
