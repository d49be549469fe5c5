package io.fermata.codec;

import io.fermata.model.Erasure;

/** Requests to erase as Avro bytes. */
public final class ErasureCodec extends RecordCodec<Erasure> {

  public static final ErasureCodec INSTANCE = new ErasureCodec();

  private ErasureCodec() {
    super(Erasure.class, io.fermata.codec.avro.Erasure.getClassSchema());
  }

  @Override
  void write(AvroOutput out, Erasure erasure) {
    out.writeLong(erasure.requestedAt());
    out.writeText("reason", erasure.reason());
  }

  @Override
  Erasure read(AvroInput in) {
    return new Erasure(in.readLong(), in.readText());
  }
}
