package io.fermata.rules.cel;

import dev.cel.common.types.CelType;
import dev.cel.common.types.NullableType;
import dev.cel.common.types.SimpleType;
import io.fermata.model.Area;
import io.fermata.model.Channel;
import io.fermata.model.CustomerTier;
import io.fermata.model.Direction;
import io.fermata.model.HandledBy;
import io.fermata.model.Outcome;
import io.fermata.model.Purpose;
import io.fermata.model.Score;
import io.fermata.model.ScoreKind;
import io.fermata.model.Touchpoint;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A field of the touchpoint, or of its score, as expressions see it.
 *
 * @param shape how the touchpoint holds it
 * @param symbols the enum of a {@link Shape#SYMBOL}, else null
 * @param raw reads it as the touchpoint holds it; {@link Node#FAILED} for a field of a score that
 *     is not there
 */
record Field(
    String name,
    Shape shape,
    boolean nullable,
    Class<? extends Enum<?>> symbols,
    Function<Touchpoint, Object> raw) {

  enum Shape {
    /** String */
    TEXT(SimpleType.STRING),
    /** an enum; expressions see its name */
    SYMBOL(SimpleType.STRING),
    /** Integer; expressions see a Long */
    WHOLE(SimpleType.INT),
    /** Double */
    REAL(SimpleType.DOUBLE),
    /** Long, epoch milliseconds; expressions see an Instant */
    TIME(SimpleType.TIMESTAMP);

    private final CelType type;

    Shape(CelType type) {
      this.type = type;
    }
  }

  /** The plain fields by name; attributes, score and identifiers have types of their own. */
  static final Map<String, Field> PLAIN =
      byName(
          required("id", Shape.TEXT, Touchpoint::id),
          required("occurredAt", Shape.TIME, Touchpoint::occurredAt),
          symbol("channel", false, Channel.class, Touchpoint::channel),
          symbol("direction", false, Direction.class, Touchpoint::direction),
          required("type", Shape.TEXT, Touchpoint::type),
          symbol("purpose", true, Purpose.class, Touchpoint::purpose),
          symbol("area", true, Area.class, Touchpoint::area),
          optional("topic", Shape.TEXT, Touchpoint::topic),
          optional("caseId", Shape.TEXT, Touchpoint::caseId),
          optional("campaign", Shape.TEXT, Touchpoint::campaign),
          symbol("handledBy", true, HandledBy.class, Touchpoint::handledBy),
          optional("agent", Shape.TEXT, Touchpoint::agent),
          symbol("outcome", true, Outcome.class, Touchpoint::outcome),
          optional("waitSeconds", Shape.WHOLE, Touchpoint::waitSeconds),
          optional("handleSeconds", Shape.WHOLE, Touchpoint::handleSeconds),
          optional("transfers", Shape.WHOLE, Touchpoint::transfers),
          optional("sentiment", Shape.REAL, Touchpoint::sentiment),
          optional("dueAt", Shape.TIME, Touchpoint::dueAt),
          optional("cost", Shape.REAL, Touchpoint::cost),
          symbol("customerTier", true, CustomerTier.class, Touchpoint::customerTier),
          optional("segment", Shape.TEXT, Touchpoint::segment),
          optional("timeZone", Shape.TEXT, Touchpoint::timeZone));

  /** The fields of {@code score}. */
  static final Map<String, Field> OF_SCORE =
      byName(
          symbol("kind", false, ScoreKind.class, ofScore(Score::kind)),
          required("value", Shape.REAL, ofScore(Score::value)),
          required("min", Shape.REAL, ofScore(Score::min)),
          required("max", Shape.REAL, ofScore(Score::max)),
          optional("about", Shape.TEXT, ofScore(Score::about)));

  /** Its type in expressions. */
  CelType type() {
    return nullable ? NullableType.create(shape.type) : shape.type;
  }

  /** Its value as expressions see it. */
  Object read(Touchpoint touchpoint) {
    Object value = raw.apply(touchpoint);
    if (value instanceof Integer whole) {
      return whole.longValue();
    }
    if (value instanceof Enum<?> symbol) {
      return symbol.name();
    }
    return value instanceof Long millis ? Instant.ofEpochMilli(millis) : value;
  }

  /** The names an expression may compare a symbol with. */
  List<String> symbolNames() {
    return Arrays.stream(symbols.getEnumConstants()).map(Enum::name).toList();
  }

  private static Field required(String name, Shape shape, Function<Touchpoint, Object> raw) {
    return new Field(name, shape, false, null, raw);
  }

  private static Field optional(String name, Shape shape, Function<Touchpoint, Object> raw) {
    return new Field(name, shape, true, null, raw);
  }

  private static Field symbol(
      String name,
      boolean nullable,
      Class<? extends Enum<?>> symbols,
      Function<Touchpoint, Object> raw) {
    return new Field(name, Shape.SYMBOL, nullable, symbols, raw);
  }

  private static Function<Touchpoint, Object> ofScore(Function<Score, Object> raw) {
    return touchpoint -> touchpoint.score() == null ? Node.FAILED : raw.apply(touchpoint.score());
  }

  private static Map<String, Field> byName(Field... fields) {
    Map<String, Field> byName = new LinkedHashMap<>();
    for (Field field : fields) {
      byName.put(field.name(), field);
    }
    return byName;
  }
}
