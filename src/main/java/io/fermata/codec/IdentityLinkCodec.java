package io.fermata.codec;

import io.fermata.model.IdentityLink;

/** Links that somebody else says, as Avro bytes. */
public final class IdentityLinkCodec extends RecordCodec<IdentityLink> {

  public static final IdentityLinkCodec INSTANCE = new IdentityLinkCodec();

  private IdentityLinkCodec() {
    super(IdentityLink.class, io.fermata.codec.avro.IdentityLink.getClassSchema());
  }

  @Override
  void write(AvroOutput out, IdentityLink link) {
    out.writeNullableText(link.id());
    out.writeText("from", link.from());
    out.writeText("to", link.to());
    out.writeLong(link.at());
    out.writeNullableLong(link.until());
    out.writeBoolean(link.revoked());
  }

  @Override
  IdentityLink read(AvroInput in) {
    return new IdentityLink(
        in.readNullableText(),
        in.readText(),
        in.readText(),
        in.readLong(),
        in.readNullableLong(),
        in.readBoolean());
  }
}
