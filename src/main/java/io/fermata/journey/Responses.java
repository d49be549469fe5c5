package io.fermata.journey;

import io.fermata.model.Channel;
import io.fermata.model.Direction;
import io.fermata.model.Touchpoint;
import java.time.Duration;

/**
 * The customer's responses of the last 90 days, by channel. Bounded as any queue: at most 128 here,
 * the others in sealed segments.
 */
final class Responses {

  private static final Channel[] CHANNELS = Channel.values();
  private static final long LENGTH = Duration.ofDays(90).toMillis();

  private final LazyQueue queue;
  private final int[] counts;
  private long leavesAt = Cell.NEVER;

  Responses(Segments segments) {
    this(new LazyQueue(segments), new int[CHANNELS.length]);
  }

  private Responses(LazyQueue queue, int[] counts) {
    this.queue = queue;
    this.counts = counts;
  }

  /** Whether the customer opened, clicked or turned to the brand. */
  static boolean isOne(Touchpoint touchpoint) {
    return touchpoint.direction() == Direction.INBOUND
        || touchpoint.type().equals("message.opened")
        || touchpoint.type().equals("message.clicked");
  }

  void add(Touchpoint response) {
    queue.entries().add(new Entry(response.occurredAt(), "", null, null, response.channel()));
    counts[response.channel().ordinal()]++;
    leavesAt = Math.min(leavesAt, response.occurredAt() + LENGTH);
  }

  void expire(long now) {
    if (now < leavesAt) {
      return;
    }
    EntryQueue entries = queue.entries();
    while (!entries.isEmpty() && entries.first().at() + LENGTH <= now) {
      counts[entries.first().channel().ordinal()]--;
      entries.removeFirst();
    }
    leavesAt = entries.isEmpty() ? Cell.NEVER : entries.first().at() + LENGTH;
  }

  long leavesAt() {
    return leavesAt;
  }

  /** Where there are most; of several channels the one used last; null where there are none. */
  Channel preferred() {
    int most = 0;
    int having = 0;
    Channel preferred = null;
    for (Channel channel : CHANNELS) {
      int count = counts[channel.ordinal()];
      if (count > 0 && count >= most) {
        having = count == most ? having + 1 : 1;
        most = count;
        preferred = channel;
      }
    }
    return having > 1 ? lastWith(most) : preferred;
  }

  private Channel lastWith(int count) {
    EntryQueue entries = queue.entries();
    int at = entries.size() - 1;
    while (counts[entries.get(at).channel().ordinal()] != count) {
      at--;
    }
    return entries.get(at).channel();
  }

  void write(ByteWriter out, ByteWriter scratch) {
    Quiet.write(out, leavesAt == Cell.NEVER ? Quiet.NONE : leavesAt);
    int there = 0;
    for (int i = 0; i < counts.length; i++) {
      there |= counts[i] > 0 ? 1 << i : 0;
    }
    out.writeCount(there);
    for (int count : counts) {
      if (count > 0) {
        out.writeCount(count);
      }
    }
    queue.write(out, scratch);
  }

  static Responses read(ByteReader in, Segments segments) {
    long leavesAt = Quiet.read(in);
    int there = in.readInt();
    int[] counts = new int[CHANNELS.length];
    for (int i = 0; i < counts.length; i++) {
      counts[i] = (there >> i & 1) == 0 ? 0 : in.readInt();
    }
    Responses responses = new Responses(LazyQueue.read(in, segments), counts);
    responses.leavesAt = leavesAt == Quiet.NONE ? Cell.NEVER : leavesAt;
    return responses;
  }
}
