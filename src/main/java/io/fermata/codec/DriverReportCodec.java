package io.fermata.codec;

import io.fermata.model.DriverReport;
import java.util.Map;

/** Driver reports as Avro bytes. */
public final class DriverReportCodec extends RecordCodec<DriverReport> {

  public static final DriverReportCodec INSTANCE = new DriverReportCodec();

  private DriverReportCodec() {
    super(DriverReport.class, io.fermata.codec.avro.DriverReport.getClassSchema());
  }

  @Override
  void write(AvroOutput out, DriverReport report) {
    out.writeText("dimension", report.dimension());
    out.writeText("window", report.window());
    out.writeLong(report.n());
    out.writeDouble(report.r2());
    out.writeMap(
        "coefficients",
        report.coefficients(),
        (o, coefficient) -> {
          o.writeDouble(coefficient.value());
          o.writeDouble(coefficient.standardError());
        });
    out.writeNullableLong(report.asOf());
    out.writeNullableDouble(report.intercept());
  }

  @Override
  DriverReport read(AvroInput in) {
    String dimension = in.readSharedText();
    String window = in.readSharedText();
    long n = in.readLong();
    double r2 = in.readDouble();
    Map<String, DriverReport.Coefficient> coefficients =
        in.readMap(c -> new DriverReport.Coefficient(c.readDouble(), c.readDouble()));
    return new DriverReport(
        dimension, window, in.readNullableLong(), n, r2, in.readNullableDouble(), coefficients);
  }
}
