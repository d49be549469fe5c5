package io.fermata.codec;

import io.fermata.model.Area;
import io.fermata.model.Channel;
import io.fermata.model.ScoreKind;
import io.fermata.model.SurveyResponse;
import java.util.Map;
import org.apache.avro.Schema;

/** Survey responses as Avro bytes. */
public final class SurveyResponseCodec extends RecordCodec<SurveyResponse> {

  private static final Schema SCHEMA = io.fermata.codec.avro.SurveyResponse.getClassSchema();

  private static final SymbolTable<ScoreKind> KIND =
      SymbolTable.of(ScoreKind.class, SCHEMA, "kind");
  private static final SymbolTable<Channel> CHANNEL =
      SymbolTable.of(Channel.class, SCHEMA, "channel");
  private static final SymbolTable<Area> AREA = SymbolTable.of(Area.class, SCHEMA, "area");

  public static final SurveyResponseCodec INSTANCE = new SurveyResponseCodec();

  private SurveyResponseCodec() {
    super(SurveyResponse.class, SCHEMA);
  }

  @Override
  void write(AvroOutput out, SurveyResponse response) {
    out.writeText("id", response.id());
    out.writeText("customer", response.customer());
    out.writeLong(response.at());
    KIND.write(out, response.kind());
    out.writeDouble(response.value());
    out.writeDouble(response.min());
    out.writeDouble(response.max());
    out.writeNullableText(response.about());
    CHANNEL.writeNullable(out, response.channel());
    AREA.writeNullable(out, response.area());
    out.writeNullableText(response.segment());
    out.writeNullableText(response.topic());
    out.writeMap("pillars", response.pillars(), AvroOutput::writeDouble);
    out.writeNullableText(response.campaign());
  }

  @Override
  SurveyResponse read(AvroInput in) {
    String id = in.readText();
    String customer = in.readText();
    long at = in.readLong();
    ScoreKind kind = KIND.read(in);
    double value = in.readDouble();
    double min = in.readDouble();
    double max = in.readDouble();
    String about = in.readNullableText();
    Channel channel = CHANNEL.readNullable(in);
    Area area = AREA.readNullable(in);
    String segment = in.readNullableSharedText();
    String topic = in.readNullableSharedText();
    Map<String, Double> pillars = in.readMap(AvroInput::readDouble);
    String campaign = in.readNullableSharedText();
    return new SurveyResponse(
        id, customer, at, kind, value, min, max, about, channel, area, segment, topic, campaign,
        pillars);
  }
}
