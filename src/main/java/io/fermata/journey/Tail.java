package io.fermata.journey;

import java.util.ArrayList;
import java.util.List;

/**
 * The newest touchpoints of a customer, not yet sealed into history. Nearly every touchpoint only
 * adds itself, so what is there stays bytes until somebody asks.
 */
final class Tail {

  private byte[] bytes = new byte[0];
  private int from;
  private int to;
  private int inBytes;

  /** What came after the bytes; all of the tail once somebody has asked. */
  private List<Stored> touchpoints = new ArrayList<>(2);

  private final TouchpointBytes codec;

  Tail(TouchpointBytes codec) {
    this.codec = codec;
  }

  int size() {
    return inBytes + touchpoints.size();
  }

  void add(Stored stored) {
    touchpoints.add(stored);
  }

  /** The touchpoints in order; changes to the list are changes to the tail. */
  List<Stored> touchpoints() {
    if (inBytes > 0) {
      List<Stored> all = new ArrayList<>(size() + 1);
      ByteReader in = new ByteReader(bytes, from);
      for (int i = 0; i < inBytes; i++) {
        all.add(Stored.read(in, codec));
      }
      all.addAll(touchpoints);
      touchpoints = all;
      inBytes = 0;
      from = to;
    }
    return touchpoints;
  }

  /** To be written last: the rest of the bytes is the tail's. */
  void write(ByteWriter out) {
    out.writeCount(size());
    out.write(bytes, from, to - from);
    for (int i = 0; i < touchpoints.size(); i++) {
      touchpoints.get(i).write(out);
    }
  }

  static Tail read(ByteReader in, TouchpointBytes codec) {
    Tail tail = new Tail(codec);
    tail.inBytes = in.readInt();
    tail.bytes = in.bytes();
    tail.from = in.position();
    tail.to = in.bytes().length;
    return tail;
  }
}
