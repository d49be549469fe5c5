package io.fermata.codec;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * What the journey of one identifier is told through its inbox. Touchpoints stay the framed bytes
 * that were received; times are epoch milliseconds.
 */
public sealed interface InboxRecord {

  /**
   * A touchpoint of this identifier. After decoding, {@code touchpoint} is a view of the decoded
   * array: its bytes begin at {@link #offset()} of {@link #array()}.
   */
  record Arrival(ByteBuffer touchpoint) implements InboxRecord {

    /** An arrival of these framed bytes, which are not copied. */
    public static Arrival of(byte[] framed) {
      return new Arrival(ByteBuffer.wrap(framed));
    }

    public byte[] array() {
      return touchpoint.array();
    }

    public int offset() {
      return touchpoint.arrayOffset() + touchpoint.position();
    }

    public int length() {
      return touchpoint.remaining();
    }
  }

  /**
   * An identifier belongs to another from a time on.
   *
   * @param from the weaker identifier, {@code kind:value}, as is {@code to}
   * @param touchpointId the touchpoint that carries both
   */
  record Link(String from, String to, long at, String touchpointId) implements InboxRecord {}

  /**
   * Touchpoints of another identifier that belong to this one.
   *
   * @param from the identifier that hands them over, {@code kind:value}
   * @param validFrom when the link takes effect
   */
  record Move(String from, long validFrom, List<ByteBuffer> touchpoints) implements InboxRecord {}

  /** The clock has reached {@code at}. */
  record Tick(long at) implements InboxRecord {}
}
