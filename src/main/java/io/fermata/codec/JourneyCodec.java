package io.fermata.codec;

import io.fermata.model.Channel;
import io.fermata.model.Journey;
import io.fermata.model.JourneyStatus;
import io.fermata.model.Outcome;
import org.apache.avro.Schema;

/** Journeys as Avro bytes. */
public final class JourneyCodec extends RecordCodec<Journey> {

  private static final Schema SCHEMA = io.fermata.codec.avro.Journey.getClassSchema();

  private static final SymbolTable<JourneyStatus> STATUS =
      SymbolTable.of(JourneyStatus.class, SCHEMA, "status");
  private static final SymbolTable<Channel> CHANNEL =
      SymbolTable.of(Channel.class, SCHEMA, "channels");
  private static final SymbolTable<Outcome> OUTCOME =
      SymbolTable.of(Outcome.class, SCHEMA, "lastOutcome");

  public static final JourneyCodec INSTANCE = new JourneyCodec();

  private JourneyCodec() {
    super(Journey.class, SCHEMA);
  }

  @Override
  void write(AvroOutput out, Journey journey) {
    out.writeText("id", journey.id());
    out.writeText("customer", journey.customer());
    out.writeText("subject", journey.subject());
    STATUS.write(out, journey.status());
    out.writeLong(journey.openedAt());
    out.writeLong(journey.lastAt());
    out.writeNullableLong(journey.closedAt());
    out.writeList(journey.channels(), CHANNEL::write);
    out.writeInt(journey.touchpoints());
    out.writeInt(journey.inbound());
    out.writeInt(journey.outbound());
    out.writeLong(journey.waitSeconds());
    out.writeLong(journey.handleSeconds());
    out.writeInt(journey.channelSwitches());
    out.writeInt(journey.transfers());
    out.writeInt(journey.bad());
    out.writeInt(journey.good());
    out.writeDouble(journey.effort());
    out.writeDouble(journey.cost());
    OUTCOME.writeNullable(out, journey.lastOutcome());
  }

  @Override
  Journey read(AvroInput in) {
    return new Journey(
        in.readText(),
        in.readText(),
        in.readSharedText(),
        STATUS.read(in),
        in.readLong(),
        in.readLong(),
        in.readNullableLong(),
        in.readList(CHANNEL::read),
        in.readInt(),
        in.readInt(),
        in.readInt(),
        in.readLong(),
        in.readLong(),
        in.readInt(),
        in.readInt(),
        in.readInt(),
        in.readInt(),
        in.readDouble(),
        in.readDouble(),
        OUTCOME.readNullable(in));
  }
}
