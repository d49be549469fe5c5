package io.fermata.codec;

import io.fermata.model.PillarBucket;

/** Buckets of the report of pillars as Avro bytes. */
public final class PillarBucketCodec extends RecordCodec<PillarBucket> {

  public static final PillarBucketCodec INSTANCE = new PillarBucketCodec();

  private PillarBucketCodec() {
    super(PillarBucket.class, io.fermata.codec.avro.PillarBucket.getClassSchema());
  }

  @Override
  void write(AvroOutput out, PillarBucket bucket) {
    out.writeText("dimension", bucket.dimension());
    out.writeText("value", bucket.value());
    out.writeInt(bucket.day());
    out.writeLong(bucket.n());
    out.writeBytes(bucket.sums());
    out.writeMap("experiences", bucket.experiences(), AvroOutput::writeLong);
  }

  @Override
  PillarBucket read(AvroInput in) {
    return new PillarBucket(
        in.readSharedText(),
        in.readSharedText(),
        in.readInt(),
        in.readLong(),
        in.readBytes(),
        in.readMap(AvroInput::readLong));
  }
}
