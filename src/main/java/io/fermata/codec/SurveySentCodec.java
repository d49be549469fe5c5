package io.fermata.codec;

import io.fermata.model.Area;
import io.fermata.model.Channel;
import io.fermata.model.ScoreKind;
import io.fermata.model.SurveySent;
import org.apache.avro.Schema;

/** Surveys that were sent, as Avro bytes. */
public final class SurveySentCodec extends RecordCodec<SurveySent> {

  private static final Schema SCHEMA = io.fermata.codec.avro.SurveySent.getClassSchema();

  private static final SymbolTable<ScoreKind> KIND =
      SymbolTable.of(ScoreKind.class, SCHEMA, "kind");
  private static final SymbolTable<Channel> CHANNEL =
      SymbolTable.of(Channel.class, SCHEMA, "channel");
  private static final SymbolTable<Area> AREA = SymbolTable.of(Area.class, SCHEMA, "area");

  public static final SurveySentCodec INSTANCE = new SurveySentCodec();

  private SurveySentCodec() {
    super(SurveySent.class, SCHEMA);
  }

  @Override
  void write(AvroOutput out, SurveySent sent) {
    out.writeText("id", sent.id());
    out.writeText("customer", sent.customer());
    out.writeLong(sent.at());
    KIND.writeNullable(out, sent.kind());
    CHANNEL.writeNullable(out, sent.channel());
    AREA.writeNullable(out, sent.area());
    out.writeNullableText(sent.segment());
    out.writeNullableText(sent.topic());
    out.writeNullableText(sent.campaign());
  }

  @Override
  SurveySent read(AvroInput in) {
    return new SurveySent(
        in.readText(),
        in.readText(),
        in.readLong(),
        KIND.readNullable(in),
        CHANNEL.readNullable(in),
        AREA.readNullable(in),
        in.readNullableSharedText(),
        in.readNullableSharedText(),
        in.readNullableSharedText());
  }
}
