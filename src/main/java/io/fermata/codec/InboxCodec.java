package io.fermata.codec;

import io.fermata.model.Channel;
import io.fermata.model.Position;
import java.util.List;
import org.apache.avro.Schema;

/** Inbox records as Avro bytes. */
public final class InboxCodec extends RecordCodec<InboxRecord> {

  private static final int ARRIVAL = 0;
  private static final int LINK = 1;
  private static final int MOVE = 2;
  private static final int TICK = 3;
  private static final int RECALL = 4;
  private static final int SWEEP = 5;
  private static final int RESERVE = 6;
  private static final int RESERVED = 7;
  private static final int ERASE = 8;
  private static final int DROP = 9;
  private static final int MET = 10;

  private static final Schema SCHEMA = io.fermata.codec.avro.InboxRecord.getClassSchema();

  private static final SymbolTable<Channel> CHANNEL =
      SymbolTable.of(
          Channel.class, SCHEMA.getField("event").schema().getTypes().get(RESERVE), "channel");

  public static final InboxCodec INSTANCE = new InboxCodec();

  private InboxCodec() {
    super(InboxRecord.class, SCHEMA);
  }

  @Override
  void write(AvroOutput out, InboxRecord value) {
    if (value instanceof InboxRecord.Arrival arrival) {
      out.writeInt(ARRIVAL);
      out.writeBytes(arrival.touchpoint());
    } else if (value instanceof InboxRecord.Link link) {
      out.writeInt(LINK);
      out.writeText("from", link.from());
      out.writeText("to", link.to());
      out.writeLong(link.at());
      out.writeText("touchpointId", link.touchpointId());
      out.writeNullableLong(link.until());
      out.writeBoolean(link.revoked());
      out.writeBoolean(link.fed());
    } else if (value instanceof InboxRecord.Move move) {
      out.writeInt(MOVE);
      out.writeList(move.path(), (to, name) -> to.writeText("path", name));
      out.writeBoolean(move.fresh());
      out.writeList(move.touchpoints(), AvroOutput::writeBytes);
    } else if (value instanceof InboxRecord.Recall recall) {
      out.writeInt(RECALL);
      writeWay(out, recall.path(), recall.touchpoints());
    } else if (value instanceof InboxRecord.Sweep sweep) {
      out.writeInt(SWEEP);
      out.writeLong(sweep.from());
      out.writeLong(sweep.until());
    } else if (value instanceof InboxRecord.Erase erase) {
      out.writeInt(ERASE);
      out.writeText("request", erase.request());
      out.writeLong(erase.requestedAt());
      out.writeNullableText(erase.gone());
    } else if (value instanceof InboxRecord.Drop drop) {
      out.writeInt(DROP);
      writeWay(out, drop.path(), drop.touchpoints());
    } else if (value instanceof InboxRecord.Met met) {
      out.writeInt(MET);
      out.writeText("other", met.other());
    } else if (value instanceof InboxRecord.Tick tick) {
      out.writeInt(TICK);
      out.writeLong(tick.at());
    } else if (value instanceof InboxRecord.Reserve reserve) {
      out.writeInt(RESERVE);
      out.writeText("requestId", reserve.requestId());
      out.writeText("replyTo", reserve.replyTo());
      CHANNEL.write(out, reserve.channel());
      out.writeLong(reserve.at());
      out.writeList(reserve.path(), (to, name) -> to.writeText("path", name));
    } else if (value instanceof InboxRecord.Reserved reserved) {
      out.writeInt(RESERVED);
      out.writeText("requestId", reserved.requestId());
      CHANNEL.write(out, reserved.channel());
      out.writeLong(reserved.at());
      out.writeLong(reserved.expiresAt());
      out.writeBoolean(reserved.used());
      out.writeList(reserved.path(), (to, name) -> to.writeText("path", name));
    } else {
      throw new IllegalArgumentException("no inbox record: " + value);
    }
  }

  private static void writeWay(AvroOutput out, List<String> path, List<Position> places) {
    out.writeList(path, (to, name) -> to.writeText("path", name));
    out.writeList(
        places,
        (to, place) -> {
          to.writeLong(place.at());
          to.writeText("id", place.id());
        });
  }

  private static List<Position> readPlaces(AvroInput in) {
    return in.readList(from -> new Position(from.readLong(), from.readText()));
  }

  @Override
  InboxRecord read(AvroInput in) {
    return switch (in.readIndex(MET + 1, "kind of inbox record")) {
      case ARRIVAL -> new InboxRecord.Arrival(in.readBytes());
      case LINK ->
          new InboxRecord.Link(
              in.readText(),
              in.readText(),
              in.readLong(),
              in.readText(),
              in.readNullableLong(),
              in.readBoolean(),
              in.readBoolean());
      case MOVE ->
          new InboxRecord.Move(
              in.readList(AvroInput::readText),
              in.readBoolean(),
              in.readList(AvroInput::readBytes));
      case RECALL -> new InboxRecord.Recall(in.readList(AvroInput::readText), readPlaces(in));
      case SWEEP -> new InboxRecord.Sweep(in.readLong(), in.readLong());
      case RESERVE ->
          new InboxRecord.Reserve(
              in.readText(),
              in.readText(),
              CHANNEL.read(in),
              in.readLong(),
              in.readList(AvroInput::readText));
      case RESERVED ->
          new InboxRecord.Reserved(
              in.readText(),
              CHANNEL.read(in),
              in.readLong(),
              in.readLong(),
              in.readBoolean(),
              in.readList(AvroInput::readText));
      case ERASE -> new InboxRecord.Erase(in.readText(), in.readLong(), in.readNullableText());
      case DROP -> new InboxRecord.Drop(in.readList(AvroInput::readText), readPlaces(in));
      case MET -> new InboxRecord.Met(in.readText());
      default -> new InboxRecord.Tick(in.readLong());
    };
  }
}
