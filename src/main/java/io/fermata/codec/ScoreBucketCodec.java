package io.fermata.codec;

import io.fermata.model.ScoreBucket;
import io.fermata.model.ScoreKind;
import org.apache.avro.Schema;

/** Score buckets as Avro bytes. */
public final class ScoreBucketCodec extends RecordCodec<ScoreBucket> {

  private static final Schema SCHEMA = io.fermata.codec.avro.ScoreBucket.getClassSchema();

  private static final SymbolTable<ScoreKind> KIND =
      SymbolTable.of(ScoreKind.class, SCHEMA, "kind");

  public static final ScoreBucketCodec INSTANCE = new ScoreBucketCodec();

  private ScoreBucketCodec() {
    super(ScoreBucket.class, SCHEMA);
  }

  @Override
  void write(AvroOutput out, ScoreBucket bucket) {
    KIND.write(out, bucket.kind());
    out.writeText("dimension", bucket.dimension());
    out.writeText("value", bucket.value());
    out.writeInt(bucket.day());
    out.writeMap("counts", bucket.counts(), AvroOutput::writeLong);
    out.writeLong(bucket.satisfied());
    out.writeLong(bucket.sent());
    out.writeBytes(bucket.moments());
  }

  @Override
  ScoreBucket read(AvroInput in) {
    return new ScoreBucket(
        KIND.read(in),
        in.readSharedText(),
        in.readSharedText(),
        in.readInt(),
        in.readMap(AvroInput::readLong),
        in.readLong(),
        in.readLong(),
        in.readBytes());
  }
}
