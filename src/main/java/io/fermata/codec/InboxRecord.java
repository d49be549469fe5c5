package io.fermata.codec;

import io.fermata.model.Channel;
import io.fermata.model.Position;
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
   * @param touchpointId the touchpoint that carries both, or what stands for it
   * @param until from when on the link no longer holds, or null
   * @param revoked whether it is as if the link had never been
   * @param fed whether it came by the topic of links, not from a touchpoint
   */
  record Link(
      String from,
      String to,
      long at,
      String touchpointId,
      Long until,
      boolean revoked,
      boolean fed)
      implements InboxRecord {}

  /**
   * Touchpoints that another identifier hands over.
   *
   * @param path the identifiers they came by, {@code kind:value}, their own first, the one that
   *     hands over last
   * @param fresh whether they have never been folded anywhere
   * @param touchpoints in the schema that history is kept in, without framing
   */
  record Move(List<String> path, boolean fresh, List<ByteBuffer> touchpoints)
      implements InboxRecord {}

  /**
   * Touchpoints that were handed over are taken back.
   *
   * @param path as of the {@link Move} that brought them
   */
  record Recall(List<String> path, List<Position> touchpoints) implements InboxRecord {}

  /**
   * What came to this identifier with {@code from <= t < until} is to be looked through for what
   * belongs elsewhere by now.
   */
  record Sweep(long from, long until) implements InboxRecord {}

  /**
   * A request to erase has reached this identifier.
   *
   * @param request as of {@link io.fermata.model.Erased}
   * @param requestedAt epoch milliseconds
   * @param gone null where the identifier itself is to be erased; otherwise the name that has been,
   *     {@code kind:value}: what ties this identifier to it goes, and this identifier too when
   *     nothing else was linked to
   */
  record Erase(String request, long requestedAt, String gone) implements InboxRecord {}

  /**
   * Touchpoints that this identifier handed over are forgotten where they were: they are to be
   * forgotten here too, and where they came from.
   *
   * @param path the identifiers they came here by; empty for those that arrived here
   */
  record Drop(List<String> path, List<Position> touchpoints) implements InboxRecord {}

  /**
   * Another identifier was said to belong to this one: should this one be erased, it has to know.
   *
   * @param other {@code kind:value}
   */
  record Met(String other) implements InboxRecord {}

  /** The clock has reached {@code at}. */
  record Tick(long at) implements InboxRecord {}

  /**
   * Somebody asks for a permission to send a marketing message that is to be held.
   *
   * @param requestId the same one is given the same permission again
   * @param replyTo who waits for the answer
   * @param at when the message is to be sent
   * @param path the identifiers it came by, the one that was asked about first
   */
  record Reserve(String requestId, String replyTo, Channel channel, long at, List<String> path)
      implements InboxRecord {}

  /**
   * A permission that another identifier holds goes over to this one.
   *
   * @param at when the message is to be sent
   * @param expiresAt until when it is held, exclusive
   * @param used whether its message has arrived
   * @param path the identifiers it came by
   */
  record Reserved(
      String requestId, Channel channel, long at, long expiresAt, boolean used, List<String> path)
      implements InboxRecord {}
}
