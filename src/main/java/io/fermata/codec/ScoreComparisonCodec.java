package io.fermata.codec;

import io.fermata.model.ScoreComparison;

/** Comparisons of scores as Avro bytes. */
public final class ScoreComparisonCodec extends RecordCodec<ScoreComparison> {

  public static final ScoreComparisonCodec INSTANCE = new ScoreComparisonCodec();

  private ScoreComparisonCodec() {
    super(ScoreComparison.class, io.fermata.codec.avro.ScoreComparison.getClassSchema());
  }

  @Override
  void write(AvroOutput out, ScoreComparison comparison) {
    out.writeText("dimension", comparison.dimension());
    out.writeText("value", comparison.value());
    out.writeInt(comparison.day());
    out.writeBoolean(comparison.over());
    out.writeMap(
        "windows",
        comparison.windows(),
        (o, counts) -> {
          o.writeLong(counts.n());
          o.writeLong(counts.promoters());
          o.writeLong(counts.detractors());
          o.writeLong(counts.beforeN());
          o.writeLong(counts.beforePromoters());
          o.writeLong(counts.beforeDetractors());
        });
  }

  @Override
  ScoreComparison read(AvroInput in) {
    return new ScoreComparison(
        in.readSharedText(),
        in.readSharedText(),
        in.readInt(),
        in.readBoolean(),
        in.readMap(
            c ->
                new ScoreComparison.Counts(
                    c.readLong(),
                    c.readLong(),
                    c.readLong(),
                    c.readLong(),
                    c.readLong(),
                    c.readLong())));
  }
}
