package io.fermata.codec.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fermata.model.DeadLetterReason;
import io.fermata.model.IdentityLink;
import io.fermata.model.IdentityLinkValidator;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.List;

/** Links as JSON lines: plain values, times ISO-8601, absent fields left out. */
public final class IdentityLinkJson {

  private static final ObjectReader READER =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build()
          .readerFor(JsonNode.class);

  private IdentityLinkJson() {}

  /**
   * Reads one line. Fields that the contract doesn't know are ignored, null is the same as absent.
   *
   * @return a link that {@link IdentityLinkValidator} has nothing to say about
   * @throws MalformedLinkException when the line is no JSON, or with every reason why it is no
   *     valid link
   */
  public static IdentityLink read(String line) throws MalformedLinkException {
    JsonNode json;
    try {
      json = READER.readValue(line);
    } catch (JsonProcessingException e) {
      String where =
          e.getLocation() == null ? "" : "column " + e.getLocation().getColumnNr() + ": ";
      throw new MalformedLinkException(
          DeadLetterReason.UNDECODABLE,
          List.of(where + e.getOriginalMessage().lines().findFirst().orElse("no JSON")));
    }
    List<String> problems = new ArrayList<>();
    if (!json.isObject()) {
      problems.add("the line is no object");
      throw new MalformedLinkException(DeadLetterReason.INVALID, problems);
    }
    String id = text(json, "id", problems);
    String from = required("from", text(json, "from", problems), problems);
    String to = required("to", text(json, "to", problems), problems);
    Long at = required("at", time(json, "at", problems), problems);
    Long until = time(json, "until", problems);
    JsonNode revoked = json.path("revoked");
    if (!revoked.isMissingNode() && !revoked.isNull() && !revoked.isBoolean()) {
      problems.add("revoked is " + revoked + ", expected true or false");
    }
    if (problems.isEmpty()) {
      IdentityLink link = new IdentityLink(id, from, to, at, until, revoked.asBoolean());
      problems.addAll(IdentityLinkValidator.problems(link));
      if (problems.isEmpty()) {
        return link;
      }
    }
    throw new MalformedLinkException(DeadLetterReason.INVALID, problems);
  }

  /** The link as one line of JSON without its line end. */
  public static String write(IdentityLink link) {
    return JsonLine.of(
        line ->
            line.text("id", link.id())
                .text("from", link.from())
                .text("to", link.to())
                .time("at", link.at())
                .time("until", link.until())
                .flag("revoked", link.revoked()));
  }

  private static <T> T required(String field, T value, List<String> problems) {
    if (value == null && problems.stream().noneMatch(each -> each.startsWith(field + " "))) {
      problems.add(field + " is missing");
    }
    return value;
  }

  private static String text(JsonNode json, String field, List<String> problems) {
    JsonNode node = json.path(field);
    if (node.isMissingNode() || node.isNull()) {
      return null;
    }
    if (!node.isTextual()) {
      problems.add(field + " is " + node + ", expected text");
      return null;
    }
    if (node.textValue().codePoints().anyMatch(IdentityLinkJson::isHalfAPair)) {
      problems.add(field + " holds half of a surrogate pair, expected Unicode text");
      return null;
    }
    return node.textValue();
  }

  private static boolean isHalfAPair(int codePoint) {
    return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
  }

  private static Long time(JsonNode json, String field, List<String> problems) {
    String text = text(json, field, problems);
    if (text == null) {
      return null;
    }
    try {
      return IsoTimes.parse(text);
    } catch (DateTimeException | ArithmeticException e) {
      problems.add(
          "%s is '%s', expected an ISO-8601 time with an offset such as 2026-03-01T10:15:30.000Z"
              .formatted(field, text));
      return null;
    }
  }
}
