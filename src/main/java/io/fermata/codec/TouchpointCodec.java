package io.fermata.codec;

import io.fermata.model.Area;
import io.fermata.model.Channel;
import io.fermata.model.CustomerTier;
import io.fermata.model.Direction;
import io.fermata.model.HandledBy;
import io.fermata.model.Identifier;
import io.fermata.model.Outcome;
import io.fermata.model.Purpose;
import io.fermata.model.Score;
import io.fermata.model.ScoreKind;
import io.fermata.model.Touchpoint;
import org.apache.avro.Schema;

/** Touchpoints as Avro bytes. */
public final class TouchpointCodec extends RecordCodec<Touchpoint> {

  private static final Schema SCHEMA = io.fermata.codec.avro.Touchpoint.getClassSchema();

  private static final SymbolTable<Channel> CHANNEL =
      SymbolTable.of(Channel.class, SCHEMA, "channel");
  private static final SymbolTable<Direction> DIRECTION =
      SymbolTable.of(Direction.class, SCHEMA, "direction");
  private static final SymbolTable<Purpose> PURPOSE =
      SymbolTable.of(Purpose.class, SCHEMA, "purpose");
  private static final SymbolTable<Area> AREA = SymbolTable.of(Area.class, SCHEMA, "area");
  private static final SymbolTable<HandledBy> HANDLED_BY =
      SymbolTable.of(HandledBy.class, SCHEMA, "handledBy");
  private static final SymbolTable<Outcome> OUTCOME =
      SymbolTable.of(Outcome.class, SCHEMA, "outcome");
  private static final SymbolTable<ScoreKind> SCORE_KIND =
      SymbolTable.of(ScoreKind.class, SCHEMA.getField("score").schema().getTypes().get(1), "kind");
  private static final SymbolTable<CustomerTier> CUSTOMER_TIER =
      SymbolTable.of(CustomerTier.class, SCHEMA, "customerTier");

  public static final TouchpointCodec INSTANCE = new TouchpointCodec();

  private TouchpointCodec() {
    super(Touchpoint.class, SCHEMA);
  }

  @Override
  void write(AvroOutput out, Touchpoint t) {
    out.writeText("id", t.id());
    out.writeLong(t.occurredAt());
    out.writeList(t.identifiers(), TouchpointCodec::writeIdentifier);
    CHANNEL.write(out, t.channel());
    DIRECTION.write(out, t.direction());
    out.writeText("type", t.type());
    PURPOSE.writeNullable(out, t.purpose());
    AREA.writeNullable(out, t.area());
    out.writeNullableText(t.topic());
    out.writeNullableText(t.caseId());
    out.writeNullableText(t.campaign());
    HANDLED_BY.writeNullable(out, t.handledBy());
    out.writeNullableText(t.agent());
    OUTCOME.writeNullable(out, t.outcome());
    out.writeNullableInt(t.waitSeconds());
    out.writeNullableInt(t.handleSeconds());
    out.writeNullableInt(t.transfers());
    out.writeNullableDouble(t.sentiment());
    out.writeNullableLong(t.dueAt());
    if (out.writePresence(t.score())) {
      writeScore(out, t.score());
    }
    out.writeNullableDouble(t.cost());
    CUSTOMER_TIER.writeNullable(out, t.customerTier());
    out.writeNullableText(t.segment());
    out.writeNullableText(t.timeZone());
    out.writeTexts("attributes", t.attributes());
  }

  @Override
  Touchpoint read(AvroInput in) {
    return new Touchpoint(
        in.readText(),
        in.readLong(),
        in.readList(TouchpointCodec::readIdentifier),
        CHANNEL.read(in),
        DIRECTION.read(in),
        in.readSharedText(),
        PURPOSE.readNullable(in),
        AREA.readNullable(in),
        in.readNullableSharedText(),
        in.readNullableText(),
        in.readNullableSharedText(),
        HANDLED_BY.readNullable(in),
        in.readNullableSharedText(),
        OUTCOME.readNullable(in),
        in.readNullableInt(),
        in.readNullableInt(),
        in.readNullableInt(),
        in.readNullableDouble(),
        in.readNullableLong(),
        in.readPresence() ? readScore(in) : null,
        in.readNullableDouble(),
        CUSTOMER_TIER.readNullable(in),
        in.readNullableSharedText(),
        in.readNullableSharedText(),
        in.readTexts());
  }

  private static void writeIdentifier(AvroOutput out, Identifier identifier) {
    out.writeText("identifiers.kind", identifier.kind());
    out.writeText("identifiers.value", identifier.value());
  }

  private static Identifier readIdentifier(AvroInput in) {
    return new Identifier(in.readSharedText(), in.readText());
  }

  private static void writeScore(AvroOutput out, Score score) {
    SCORE_KIND.write(out, score.kind());
    out.writeDouble(score.value());
    out.writeDouble(score.min());
    out.writeDouble(score.max());
    out.writeNullableText(score.about());
  }

  private static Score readScore(AvroInput in) {
    return new Score(
        SCORE_KIND.read(in),
        in.readDouble(),
        in.readDouble(),
        in.readDouble(),
        in.readNullableText());
  }
}
