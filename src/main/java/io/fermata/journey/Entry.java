package io.fermata.journey;

import io.fermata.model.Area;
import io.fermata.model.Channel;

/**
 * What a rule remembers of one touchpoint.
 *
 * @param at the time by which the queue is ordered: of the touchpoint, or its deadline
 * @param id of the touchpoint
 * @param value what else the rule needs: the distinct value, or the journey's subject; may be null
 */
record Entry(long at, String id, String value, Area area, Channel channel) {

  private static final Area[] AREAS = Area.values();
  private static final Channel[] CHANNELS = Channel.values();

  void write(ByteWriter out, long base) {
    out.writeSigned(at - base);
    out.writeString(id);
    out.writeNullableString(value);
    out.writeByte(area == null ? 0 : area.ordinal() + 1);
    out.writeByte(channel == null ? 0 : channel.ordinal() + 1);
  }

  static Entry read(ByteReader in, long base) {
    return new Entry(
        base + in.readSigned(), in.readString(), in.readNullableString(), area(in), channel(in));
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
