package io.fermata.journey;

import io.fermata.model.Area;
import io.fermata.model.Channel;
import java.util.HexFormat;

/**
 * A raised alert that can still change: what of it does not follow from its rule.
 *
 * @param id 32 hex digits
 */
record OpenAlert(String id, long at, Area area, Channel channel) {

  void write(ByteWriter out) {
    byte[] raw = HexFormat.of().parseHex(id);
    out.write(raw, 0, raw.length);
    out.writeSigned(at);
    out.writeByte(area == null ? 0 : area.ordinal() + 1);
    out.writeByte(channel == null ? 0 : channel.ordinal() + 1);
  }

  static OpenAlert read(ByteReader in) {
    String id = HexFormat.of().formatHex(in.bytes(), in.position(), in.position() + 16);
    in.skip(16);
    return new OpenAlert(id, in.readSigned(), Entry.area(in), Entry.channel(in));
  }
}
