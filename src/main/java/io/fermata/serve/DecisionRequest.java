package io.fermata.serve;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fermata.model.Channel;
import io.fermata.model.Purpose;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Set;

/**
 * The body of a request for a decision.
 *
 * @param customer {@code kind:value}
 * @param at when the message would be sent, epoch milliseconds; null for now
 * @param reserve whether the permission is to be held
 * @param requestId by which it is the same request when it is made again, or null
 */
record DecisionRequest(
    String customer, Channel channel, Long at, boolean reserve, String requestId) {

  /** More than a request can need. */
  static final int LARGEST = 4096;

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int LONGEST_ID = 128;
  private static final Set<String> FIELDS =
      Set.of("customer", "channel", "purpose", "at", "reserve", "requestId");

  private static final String EXPECTED = "customer, channel, purpose, at, reserve, requestId";

  /**
   * Reads it.
   *
   * @param idempotencyKey the header of that name, which may stand for {@code requestId}; or null
   * @throws IllegalArgumentException with what is wrong and what was expected
   */
  static DecisionRequest read(byte[] body, String idempotencyKey) {
    JsonNode json;
    try {
      json = JSON.readTree(body);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("the body is no JSON: " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new IllegalArgumentException("the body cannot be read: " + e.getMessage(), e);
    }
    if (!json.isObject()) {
      throw new IllegalArgumentException("expected an object with " + EXPECTED);
    }
    json.fieldNames()
        .forEachRemaining(
            field -> {
              if (!FIELDS.contains(field)) {
                throw new IllegalArgumentException(field + ": unknown; expected " + EXPECTED);
              }
            });
    String channel = text(json, "channel");
    if (Channel.parse(channel) == Channel.UNKNOWN) {
      throw new IllegalArgumentException(
          "channel: expected a channel such as EMAIL, found " + channel);
    }
    String purpose = text(json, "purpose");
    if (!purpose.equals(Purpose.MARKETING.name())) {
      throw new IllegalArgumentException(
          "purpose: expected MARKETING, the only one that guidance is about, found " + purpose);
    }
    JsonNode reserve = json.path("reserve");
    if (!reserve.isMissingNode() && !reserve.isBoolean()) {
      throw new IllegalArgumentException("reserve: expected true or false, found " + reserve);
    }
    return new DecisionRequest(
        text(json, "customer"),
        Channel.parse(channel),
        at(json),
        reserve.asBoolean(),
        requestId(json, idempotencyKey));
  }

  private static String requestId(JsonNode json, String idempotencyKey) {
    String id = json.hasNonNull("requestId") ? text(json, "requestId") : idempotencyKey;
    if (id == null) {
      return null;
    }
    if (idempotencyKey != null && !idempotencyKey.equals(id)) {
      throw new IllegalArgumentException(
          "requestId: expected the same as in the header Idempotency-Key, or one of them alone");
    }
    if (id.isBlank() || id.length() > LONGEST_ID) {
      throw new IllegalArgumentException(
          "requestId: expected a text of at most " + LONGEST_ID + " characters");
    }
    return id;
  }

  /** The same question about another customer, with the time told. */
  byte[] askedOf(String other, long when) {
    return JSON.createObjectNode()
        .put("customer", other)
        .put("channel", channel.name())
        .put("purpose", Purpose.MARKETING.name())
        .put("at", Instant.ofEpochMilli(when).toString())
        .toString()
        .getBytes(StandardCharsets.UTF_8);
  }

  private static String text(JsonNode json, String field) {
    JsonNode value = json.path(field);
    if (!value.isTextual() || value.textValue().isBlank()) {
      throw new IllegalArgumentException(field + ": expected a text");
    }
    return value.textValue();
  }

  private static Long at(JsonNode json) {
    if (!json.hasNonNull("at")) {
      return null;
    }
    try {
      return Instant.parse(json.get("at").asText()).toEpochMilli();
    } catch (DateTimeException | ArithmeticException e) {
      throw new IllegalArgumentException(
          "at: expected a time such as 2026-03-01T10:15:30.000Z, found " + json.get("at"), e);
    }
  }
}
