package io.fermata.codec;

import io.fermata.model.Alert;
import io.fermata.model.AlertStatus;
import io.fermata.model.Area;
import io.fermata.model.Channel;
import io.fermata.model.Pillar;
import io.fermata.model.Polarity;
import io.fermata.model.Severity;
import java.util.Map;
import org.apache.avro.Schema;

/** Alerts as Avro bytes. */
public final class AlertCodec extends RecordCodec<Alert> {

  private static final Schema SCHEMA = io.fermata.codec.avro.Alert.getClassSchema();

  private static final SymbolTable<AlertStatus> STATUS =
      SymbolTable.of(AlertStatus.class, SCHEMA, "status");
  private static final SymbolTable<Polarity> POLARITY =
      SymbolTable.of(Polarity.class, SCHEMA, "polarity");
  private static final SymbolTable<Severity> SEVERITY =
      SymbolTable.of(Severity.class, SCHEMA, "severity");
  private static final SymbolTable<Pillar> PILLAR = SymbolTable.of(Pillar.class, SCHEMA, "pillar");
  private static final SymbolTable<Area> AREA = SymbolTable.of(Area.class, SCHEMA, "area");
  private static final SymbolTable<Channel> CHANNEL =
      SymbolTable.of(Channel.class, SCHEMA, "channel");

  public static final AlertCodec INSTANCE = new AlertCodec();

  private AlertCodec() {
    super(Alert.class, SCHEMA);
  }

  @Override
  void write(AvroOutput out, Alert alert) {
    out.writeText("id", alert.id());
    out.writeText("rule", alert.rule());
    out.writeText("ruleVersion", alert.ruleVersion());
    STATUS.write(out, alert.status());
    POLARITY.write(out, alert.polarity());
    SEVERITY.write(out, alert.severity());
    out.writeText("customer", alert.customer());
    out.writeText("subject", alert.subject());
    out.writeLong(alert.at());
    out.writeNullableLong(alert.until());
    out.writeDouble(alert.measure());
    out.writeDouble(alert.threshold());
    PILLAR.write(out, alert.pillar());
    AREA.writeNullable(out, alert.area());
    CHANNEL.writeNullable(out, alert.channel());
    out.writeList(alert.evidence(), (o, id) -> o.writeText("evidence", id));
    out.writeTexts("title", alert.title());
    if (out.writePresence(alert.advice().isEmpty() ? null : alert.advice())) {
      out.writeTexts("advice", alert.advice());
    }
    out.writeTexts("attributes", alert.attributes());
  }

  @Override
  Alert read(AvroInput in) {
    return new Alert(
        in.readText(),
        in.readSharedText(),
        in.readSharedText(),
        STATUS.read(in),
        POLARITY.read(in),
        SEVERITY.read(in),
        in.readText(),
        in.readText(),
        in.readLong(),
        in.readNullableLong(),
        in.readDouble(),
        in.readDouble(),
        PILLAR.read(in),
        AREA.readNullable(in),
        CHANNEL.readNullable(in),
        in.readList(AvroInput::readText),
        in.readTexts(),
        in.readPresence() ? in.readTexts() : Map.of(),
        in.readTexts());
  }
}
