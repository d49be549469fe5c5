package io.fermata.journey;

import io.fermata.model.Position;
import io.fermata.model.Touchpoint;
import java.util.Arrays;

/** A touchpoint of the history: its bytes, and what they say once somebody has asked. */
public final class Stored {

  private final TouchpointBytes codec;
  private final byte[] bytes;
  private final int offset;
  private final int length;
  private Touchpoint touchpoint;

  /**
   * @param bytes what {@code codec} reads, nothing else; not to be changed any more
   */
  public static Stored of(TouchpointBytes codec, byte[] bytes) {
    return new Stored(codec, bytes, 0, bytes.length);
  }

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

  /** What the bytes say; they are read once. */
  public Touchpoint touchpoint() {
    if (touchpoint == null) {
      touchpoint = codec.decode(bytes, offset, length);
    }
    return touchpoint;
  }

  /** Its place in the order of its customer. */
  public Position position() {
    return touchpoint().position();
  }

  /** The bytes alone, not to be changed. */
  public byte[] bytes() {
    return length == bytes.length ? bytes : Arrays.copyOfRange(bytes, offset, offset + length);
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
