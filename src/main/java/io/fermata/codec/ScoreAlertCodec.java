package io.fermata.codec;

import io.fermata.model.ScoreAlert;
import io.fermata.model.ScoreKind;
import org.apache.avro.Schema;

/** Alerts of scores that have fallen, as Avro bytes. */
public final class ScoreAlertCodec extends RecordCodec<ScoreAlert> {

  private static final Schema SCHEMA = io.fermata.codec.avro.ScoreAlert.getClassSchema();

  private static final SymbolTable<ScoreKind> KIND =
      SymbolTable.of(ScoreKind.class, SCHEMA, "kind");

  public static final ScoreAlertCodec INSTANCE = new ScoreAlertCodec();

  private ScoreAlertCodec() {
    super(ScoreAlert.class, SCHEMA);
  }

  @Override
  void write(AvroOutput out, ScoreAlert alert) {
    out.writeText("id", alert.id());
    KIND.write(out, alert.kind());
    out.writeText("dimension", alert.dimension());
    out.writeText("value", alert.value());
    out.writeText("window", alert.window());
    out.writeLong(alert.asOf());
    out.writeLong(alert.n());
    out.writeDouble(alert.nps());
    out.writeLong(alert.beforeN());
    out.writeDouble(alert.beforeNps());
    out.writeDouble(alert.change());
    out.writeDouble(alert.marginOfError());
    out.writeDouble(alert.p());
    out.writeInt(alert.tests());
  }

  @Override
  ScoreAlert read(AvroInput in) {
    return new ScoreAlert(
        in.readText(),
        KIND.read(in),
        in.readSharedText(),
        in.readSharedText(),
        in.readSharedText(),
        in.readLong(),
        in.readLong(),
        in.readDouble(),
        in.readLong(),
        in.readDouble(),
        in.readDouble(),
        in.readDouble(),
        in.readDouble(),
        in.readInt());
  }
}
