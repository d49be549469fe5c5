package io.fermata.replay.mapping;

import io.fermata.model.Area;
import io.fermata.model.Channel;
import io.fermata.model.CustomerTier;
import io.fermata.model.Direction;
import io.fermata.model.HandledBy;
import io.fermata.model.Outcome;
import io.fermata.model.Purpose;
import io.fermata.model.ScoreKind;
import io.fermata.model.TouchpointBuilder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** The fields of a touchpoint that a mapping can fill with one value. */
final class TouchpointFields {

  /**
   * One field.
   *
   * @param set puts a converted value, which may be null, into a builder
   */
  record Field(String name, FieldType type, BiConsumer<TouchpointBuilder, Object> set) {}

  /** Without these no touchpoint is valid; {@code identifiers} comes on top. */
  static final List<String> REQUIRED = List.of("id", "occurredAt", "channel", "direction", "type");

  static final Map<String, Field> BY_NAME = new LinkedHashMap<>();

  /** The parts of {@code score}. */
  static final Map<String, FieldType> SCORE = new LinkedHashMap<>();

  static {
    add("id", FieldType.TEXT, (t, v) -> t.id((String) v));
    add("occurredAt", FieldType.TIME, (t, v) -> t.occurredAt(v == null ? 0 : (Long) v));
    add("channel", FieldType.symbol(Channel.class), (t, v) -> t.channel((Channel) v));
    add("direction", FieldType.symbol(Direction.class), (t, v) -> t.direction((Direction) v));
    add("type", FieldType.TEXT, (t, v) -> t.type((String) v));
    add("purpose", FieldType.symbol(Purpose.class), (t, v) -> t.purpose((Purpose) v));
    add("area", FieldType.symbol(Area.class), (t, v) -> t.area((Area) v));
    add("topic", FieldType.TEXT, (t, v) -> t.topic((String) v));
    add("caseId", FieldType.TEXT, (t, v) -> t.caseId((String) v));
    add("campaign", FieldType.TEXT, (t, v) -> t.campaign((String) v));
    add("handledBy", FieldType.symbol(HandledBy.class), (t, v) -> t.handledBy((HandledBy) v));
    add("agent", FieldType.TEXT, (t, v) -> t.agent((String) v));
    add("outcome", FieldType.symbol(Outcome.class), (t, v) -> t.outcome((Outcome) v));
    add("waitSeconds", FieldType.INT, (t, v) -> t.waitSeconds((Integer) v));
    add("handleSeconds", FieldType.INT, (t, v) -> t.handleSeconds((Integer) v));
    add("transfers", FieldType.INT, (t, v) -> t.transfers((Integer) v));
    add("sentiment", FieldType.DOUBLE, (t, v) -> t.sentiment((Double) v));
    add("dueAt", FieldType.TIME, (t, v) -> t.dueAt((Long) v));
    add("cost", FieldType.DOUBLE, (t, v) -> t.cost((Double) v));
    add(
        "customerTier",
        FieldType.symbol(CustomerTier.class),
        (t, v) -> t.customerTier((CustomerTier) v));
    add("segment", FieldType.TEXT, (t, v) -> t.segment((String) v));
    add("timeZone", FieldType.TEXT, (t, v) -> t.timeZone((String) v));
    SCORE.put("kind", FieldType.symbol(ScoreKind.class));
    SCORE.put("value", FieldType.DOUBLE);
    SCORE.put("min", FieldType.DOUBLE);
    SCORE.put("max", FieldType.DOUBLE);
    SCORE.put("about", FieldType.TEXT);
  }

  private TouchpointFields() {}

  private static void add(String name, FieldType type, BiConsumer<TouchpointBuilder, Object> set) {
    BY_NAME.put(name, new Field(name, type, set));
  }
}
