package io.fermata.journey;

/** A queue that stays bytes until somebody needs its entries; most touchpoints do not. */
final class LazyQueue {

  private final Segments segments;
  private EntryQueue queue;
  private byte[] bytes;
  private int from;
  private int to;

  LazyQueue(Segments segments) {
    this.segments = segments;
    this.queue = new EntryQueue(segments);
  }

  private LazyQueue(Segments segments, byte[] bytes, int from, int to) {
    this.segments = segments;
    this.bytes = bytes;
    this.from = from;
    this.to = to;
  }

  /** The entries, to be read or changed. */
  EntryQueue entries() {
    if (queue == null) {
      queue = EntryQueue.read(new ByteReader(bytes, from), segments);
      bytes = null;
    }
    return queue;
  }

  void write(ByteWriter out, ByteWriter scratch) {
    if (queue == null) {
      out.writeCount(to - from);
      out.write(bytes, from, to - from);
    } else {
      scratch.reset();
      queue.write(scratch);
      out.writeBlock(scratch);
    }
  }

  static LazyQueue read(ByteReader in, Segments segments) {
    int length = in.readInt();
    int from = in.position();
    in.skip(length);
    return new LazyQueue(segments, in.bytes(), from, in.position());
  }
}
