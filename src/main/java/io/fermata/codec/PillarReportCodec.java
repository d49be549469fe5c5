package io.fermata.codec;

import io.fermata.model.Pillar;
import io.fermata.model.PillarReport;
import io.fermata.model.Polarity;
import io.fermata.model.Severity;
import org.apache.avro.Schema;

/** Reports of pillars as Avro bytes. */
public final class PillarReportCodec extends RecordCodec<PillarReport> {

  private static final Schema SCHEMA = io.fermata.codec.avro.PillarReport.getClassSchema();
  private static final Schema EXPERIENCES =
      SCHEMA.getField("experiences").schema().getElementType();

  private static final SymbolTable<Pillar> PILLAR =
      SymbolTable.of(Pillar.class, EXPERIENCES, "pillar");
  private static final SymbolTable<Polarity> POLARITY =
      SymbolTable.of(Polarity.class, EXPERIENCES, "polarity");
  private static final SymbolTable<Severity> SEVERITY =
      SymbolTable.of(Severity.class, EXPERIENCES, "severity");

  public static final PillarReportCodec INSTANCE = new PillarReportCodec();

  private PillarReportCodec() {
    super(PillarReport.class, SCHEMA);
  }

  @Override
  void write(AvroOutput out, PillarReport report) {
    out.writeText("dimension", report.dimension());
    out.writeText("value", report.value());
    out.writeText("window", report.window());
    out.writeLong(report.asOf());
    out.writeLong(report.n());
    out.writeMap("pillars", report.pillars(), AvroOutput::writeDouble);
    out.writeList(
        report.experiences(),
        (o, one) -> {
          PILLAR.write(o, one.pillar());
          POLARITY.write(o, one.polarity());
          SEVERITY.write(o, one.severity());
          o.writeLong(one.count());
        });
  }

  @Override
  PillarReport read(AvroInput in) {
    return new PillarReport(
        in.readSharedText(),
        in.readSharedText(),
        in.readSharedText(),
        in.readLong(),
        in.readLong(),
        in.readMap(AvroInput::readDouble),
        in.readList(
            one ->
                new PillarReport.Experiences(
                    PILLAR.read(one), POLARITY.read(one), SEVERITY.read(one), one.readLong())));
  }
}
