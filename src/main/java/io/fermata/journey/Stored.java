package io.fermata.journey;

import io.fermata.model.Position;
import io.fermata.model.Touchpoint;
import java.util.Arrays;

/** A touchpoint of the history: its bytes, and what they say once somebody has asked. */
final class Stored {

  private final TouchpointBytes codec;
  private final byte[] bytes;
  private final int offset;
  private final int length;
  private Touchpoint touchpoint;

  Stored(TouchpointBytes codec, byte[] bytes, int offset, int length) {
    this.codec = codec;
    this.bytes = bytes;
    this.offset = offset;
    this.length = length;
  }

  Stored(Touchpoint touchpoint, byte[] bytes, int offset, int length) {
    this((TouchpointBytes) null, bytes, offset, length);
    this.touchpoint = touchpoint;
  }

  Touchpoint touchpoint() {
    if (touchpoint == null) {
      touchpoint = codec.decode(bytes, offset, length);
    }
    return touchpoint;
  }

  Position position() {
    return touchpoint().position();
  }

  /** The bytes alone. */
  byte[] copy() {
    return Arrays.copyOfRange(bytes, offset, offset + length);
  }

  void write(ByteWriter out) {
    out.writeCount(length);
    out.write(bytes, offset, length);
  }

  static Stored read(ByteReader in, TouchpointBytes codec) {
    int length = in.readInt();
    Stored stored = new Stored(codec, in.bytes(), in.position(), length);
    in.skip(length);
    return stored;
  }

  @Override
  public String toString() {
    return touchpoint == null
        ? Arrays.hashCode(bytes) + " not read"
        : touchpoint.position().toString();
  }
}
