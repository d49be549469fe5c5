package io.fermata.codec;

import io.fermata.model.Erased;

/** Confirmations of erasures as Avro bytes. */
public final class ErasedCodec extends RecordCodec<Erased> {

  public static final ErasedCodec INSTANCE = new ErasedCodec();

  private ErasedCodec() {
    super(Erased.class, io.fermata.codec.avro.Erased.getClassSchema());
  }

  @Override
  void write(AvroOutput out, Erased erased) {
    out.writeText("request", erased.request());
    out.writeLong(erased.requestedAt());
    out.writeInt(erased.views());
    out.writeInt(erased.passedOn());
  }

  @Override
  Erased read(AvroInput in) {
    return new Erased(in.readText(), in.readLong(), in.readInt(), in.readInt());
  }
}
