package io.fermata.journey;

import io.fermata.model.Area;
import io.fermata.model.Channel;

/**
 * What is remembered of one touchpoint.
 *
 * @param at the time by which the queue is ordered: of the touchpoint, or its deadline
 * @param id of the touchpoint; empty where nobody asks
 * @param value what else is needed: the distinct value, the journey's subject; may be null
 * @param topic of the touchpoint, where it is needed; may be null
 */
record Entry(long at, String id, String value, Area area, Channel channel, String topic) {

  private static final Area[] AREAS = Area.values();
  private static final Channel[] CHANNELS = Channel.values();

  private static final int VALUE = 1;
  private static final int AREA = 2;
  private static final int CHANNEL = 4;
  private static final int TOPIC = 8;

  Entry(long at, String id, String value, Area area, Channel channel) {
    this(at, id, value, area, channel, null);
  }

  void write(ByteWriter out, long base) {
    out.writeSigned(at - base);
    out.writeString(id);
    out.writeByte(
        (value == null ? 0 : VALUE)
            | (area == null ? 0 : AREA)
            | (channel == null ? 0 : CHANNEL)
            | (topic == null ? 0 : TOPIC));
    if (value != null) {
      out.writeString(value);
    }
    if (area != null) {
      out.writeByte(area.ordinal());
    }
    if (channel != null) {
      out.writeByte(channel.ordinal());
    }
    if (topic != null) {
      out.writeString(topic);
    }
  }

  static Entry read(ByteReader in, long base) {
    long at = base + in.readSigned();
    String id = in.readString();
    int there = in.readByte();
    return new Entry(
        at,
        id,
        (there & VALUE) == 0 ? null : in.readString(),
        (there & AREA) == 0 ? null : AREAS[in.readByte()],
        (there & CHANNEL) == 0 ? null : CHANNELS[in.readByte()],
        (there & TOPIC) == 0 ? null : in.readString());
  }

  static Area area(ByteReader in) {
    int code = in.readByte();
    return code == 0 ? null : AREAS[code - 1];
  }

  static Channel channel(ByteReader in) {
    int code = in.readByte();
    return code == 0 ? null : CHANNELS[code - 1];
  }
}
