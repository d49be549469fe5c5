package io.fermata.codec;

/** Inbox records as Avro bytes. */
public final class InboxCodec extends RecordCodec<InboxRecord> {

  private static final int ARRIVAL = 0;
  private static final int LINK = 1;
  private static final int MOVE = 2;
  private static final int TICK = 3;

  public static final InboxCodec INSTANCE = new InboxCodec();

  private InboxCodec() {
    super(InboxRecord.class, io.fermata.codec.avro.InboxRecord.getClassSchema());
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
    } else if (value instanceof InboxRecord.Move move) {
      out.writeInt(MOVE);
      out.writeText("from", move.from());
      out.writeLong(move.validFrom());
      out.writeList(move.touchpoints(), AvroOutput::writeBytes);
    } else if (value instanceof InboxRecord.Tick tick) {
      out.writeInt(TICK);
      out.writeLong(tick.at());
    } else {
      throw new IllegalArgumentException("no inbox record: " + value);
    }
  }

  @Override
  InboxRecord read(AvroInput in) {
    return switch (in.readIndex(TICK + 1, "kind of inbox record")) {
      case ARRIVAL -> new InboxRecord.Arrival(in.readBytes());
      case LINK -> new InboxRecord.Link(in.readText(), in.readText(), in.readLong(), in.readText());
      case MOVE ->
          new InboxRecord.Move(in.readText(), in.readLong(), in.readList(AvroInput::readBytes));
      default -> new InboxRecord.Tick(in.readLong());
    };
  }
}
