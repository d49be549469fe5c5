package io.fermata.codec;

import io.fermata.model.ScoreKind;
import io.fermata.model.ScoreReport;
import org.apache.avro.Schema;

/** Score reports as Avro bytes. */
public final class ScoreReportCodec extends RecordCodec<ScoreReport> {

  private static final Schema SCHEMA = io.fermata.codec.avro.ScoreReport.getClassSchema();

  private static final SymbolTable<ScoreKind> KIND =
      SymbolTable.of(ScoreKind.class, SCHEMA, "kind");

  public static final ScoreReportCodec INSTANCE = new ScoreReportCodec();

  private ScoreReportCodec() {
    super(ScoreReport.class, SCHEMA);
  }

  @Override
  void write(AvroOutput out, ScoreReport report) {
    KIND.write(out, report.kind());
    out.writeText("dimension", report.dimension());
    out.writeText("value", report.value());
    out.writeText("window", report.window());
    out.writeLong(report.asOf());
    out.writeLong(report.n());
    out.writeLong(report.promoters());
    out.writeLong(report.passives());
    out.writeLong(report.detractors());
    out.writeNullableDouble(report.nps());
    out.writeNullableDouble(report.marginOfError());
    out.writeNullableDouble(report.mean());
    out.writeLong(report.sent());
    out.writeNullableDouble(report.responseRate());
    out.writeBoolean(report.enough());
    out.writeNullableDouble(report.csat());
  }

  @Override
  ScoreReport read(AvroInput in) {
    ScoreKind kind = KIND.read(in);
    String dimension = in.readSharedText();
    String value = in.readSharedText();
    String window = in.readSharedText();
    long asOf = in.readLong();
    long n = in.readLong();
    long promoters = in.readLong();
    long passives = in.readLong();
    long detractors = in.readLong();
    Double nps = in.readNullableDouble();
    Double marginOfError = in.readNullableDouble();
    Double mean = in.readNullableDouble();
    long sent = in.readLong();
    Double responseRate = in.readNullableDouble();
    boolean enough = in.readBoolean();
    Double csat = in.readNullableDouble();
    return new ScoreReport(
        kind,
        dimension,
        value,
        window,
        asOf,
        n,
        promoters,
        passives,
        detractors,
        nps,
        marginOfError,
        mean,
        csat,
        sent,
        responseRate,
        enough);
  }
}
