package io.fermata.codec;

import io.fermata.model.Channel;
import io.fermata.model.ContactGuidance;
import org.apache.avro.Schema;

/** Contact guidance as Avro bytes. */
public final class ContactGuidanceCodec extends RecordCodec<ContactGuidance> {

  private static final Schema SCHEMA = io.fermata.codec.avro.ContactGuidance.getClassSchema();

  private static final SymbolTable<Channel> CHANNEL =
      SymbolTable.of(Channel.class, SCHEMA, "preferredChannel");

  public static final ContactGuidanceCodec INSTANCE = new ContactGuidanceCodec();

  private ContactGuidanceCodec() {
    super(ContactGuidance.class, SCHEMA);
  }

  @Override
  void write(AvroOutput out, ContactGuidance guidance) {
    out.writeText("customer", guidance.customer());
    out.writeLong(guidance.at());
    out.writeMap(
        "pressure",
        guidance.pressure(),
        (o, windows) -> o.writeMap("pressure", windows, AvroOutput::writeInt));
    out.writeMap("nextAllowedAt", guidance.nextAllowedAt(), AvroOutput::writeLong);
    out.writeNullableLong(guidance.pauseUntil());
    out.writeList(guidance.pauseReasons(), (o, rule) -> o.writeText("pauseReasons", rule));
    out.writeInt(guidance.ignoredInARow());
    CHANNEL.writeNullable(out, guidance.preferredChannel());
    out.writeList(guidance.optedOut(), (o, channel) -> o.writeText("optedOut", channel));
  }

  @Override
  ContactGuidance read(AvroInput in) {
    return new ContactGuidance(
        in.readText(),
        in.readLong(),
        in.readMap(windows -> windows.readMap(AvroInput::readInt)),
        in.readMap(AvroInput::readLong),
        in.readNullableLong(),
        in.readList(AvroInput::readSharedText),
        in.readInt(),
        CHANNEL.readNullable(in),
        in.readList(AvroInput::readSharedText));
  }
}
