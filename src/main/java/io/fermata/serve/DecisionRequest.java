package io.fermata.serve;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fermata.model.Channel;
import io.fermata.model.Purpose;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Set;

/**
 * The body of a request for a decision.
 *
 * @param customer {@code kind:value}
 * @param at when the message would be sent, epoch milliseconds; null for now
 */
record DecisionRequest(String customer, Channel channel, Long at) {

  /** More than a request can need. */
  static final int LARGEST = 4096;

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<String> FIELDS = Set.of("customer", "channel", "purpose", "at");

  /**
   * Reads it.
   *
   * @throws IllegalArgumentException with what is wrong and what was expected
   */
  static DecisionRequest read(byte[] body) {
    JsonNode json;
    try {
      json = JSON.readTree(body);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("the body is no JSON: " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new IllegalArgumentException("the body cannot be read: " + e.getMessage(), e);
    }
    if (!json.isObject()) {
      throw new IllegalArgumentException("expected an object with customer, channel, purpose, at");
    }
    json.fieldNames()
        .forEachRemaining(
            field -> {
              if (!FIELDS.contains(field)) {
                throw new IllegalArgumentException(
                    field + ": unknown; expected customer, channel, purpose, at");
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
    return new DecisionRequest(text(json, "customer"), Channel.parse(channel), at(json));
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
