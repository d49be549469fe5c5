package io.fermata.codec.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.fermata.model.DeadLetterReason;
import io.fermata.model.Touchpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** Touchpoints as JSON lines: plain values, times ISO-8601, absent fields left out. */
public final class TouchpointJson {

  private TouchpointJson() {}

  /**
   * Reads one line. Fields that the contract doesn't know are ignored, enum symbols it doesn't know
   * read as {@code UNKNOWN}, null is the same as absent, and of a field given twice the last
   * counts.
   *
   * @return a touchpoint that {@link io.fermata.model.TouchpointValidator} has nothing to say about
   * @throws MalformedTouchpointException when the line is no JSON, or with every reason why it is
   *     no valid touchpoint
   */
  public static Touchpoint read(String line) throws MalformedTouchpointException {
    try (JsonParser json = JsonLine.FACTORY.createParser(line)) {
      JsonToken first = json.nextToken();
      if (first == null) {
        throw undecodable("the line is empty, expected a JSON object");
      }
      TouchpointReader reader = new TouchpointReader(json, line.contains("\\u"));
      reader.readRoot();
      if (json.nextToken() != null) {
        throw undecodable(
            "column " + json.currentTokenLocation().getColumnNr() + ": more text after the object");
      }
      return reader.result();
    } catch (JsonProcessingException e) {
      String where =
          e.getLocation() == null ? "" : "column " + e.getLocation().getColumnNr() + ": ";
      throw undecodable(where + e.getOriginalMessage().lines().findFirst().orElse("no JSON"));
    } catch (IOException e) {
      throw new UncheckedIOException("a string cannot fail to be read", e);
    }
  }

  /** The touchpoint as one line of JSON without its line end. */
  public static String write(Touchpoint t) {
    return JsonLine.of(
        line -> {
          line.text("id", t.id())
              .time("occurredAt", t.occurredAt())
              .objects(
                  "identifiers",
                  t.identifiers(),
                  (object, identifier) ->
                      object.text("kind", identifier.kind()).text("value", identifier.value()))
              .symbol("channel", t.channel())
              .symbol("direction", t.direction())
              .text("type", t.type())
              .symbol("purpose", t.purpose())
              .symbol("area", t.area())
              .text("topic", t.topic())
              .text("caseId", t.caseId())
              .text("campaign", t.campaign())
              .symbol("handledBy", t.handledBy())
              .text("agent", t.agent())
              .symbol("outcome", t.outcome())
              .whole("waitSeconds", t.waitSeconds())
              .whole("handleSeconds", t.handleSeconds())
              .whole("transfers", t.transfers())
              .number("sentiment", t.sentiment())
              .time("dueAt", t.dueAt());
          if (t.score() != null) {
            line.object(
                "score",
                score ->
                    score
                        .symbol("kind", t.score().kind())
                        .number("value", t.score().value())
                        .number("min", t.score().min())
                        .number("max", t.score().max())
                        .text("about", t.score().about()));
          }
          line.number("cost", t.cost())
              .symbol("customerTier", t.customerTier())
              .text("segment", t.segment())
              .text("timeZone", t.timeZone());
          if (!t.attributes().isEmpty()) {
            line.textsByKey("attributes", t.attributes());
          }
        });
  }

  private static MalformedTouchpointException undecodable(String reason) {
    return new MalformedTouchpointException(DeadLetterReason.UNDECODABLE, List.of(reason));
  }
}
