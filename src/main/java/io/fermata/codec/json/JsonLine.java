package io.fermata.codec.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One JSON object on one line, always the same text for the same content: fields in the order they
 * are given, keys of maps sorted, whole numbers without a fraction, times in UTC with milliseconds,
 * absent fields left out.
 */
final class JsonLine {

  /**
   * The fast writer prints the shortest digits that read back as the same number; the JDK's own
   * does so only from Java 19 on, and files must not differ between the two.
   */
  static final JsonFactory FACTORY =
      JsonFactory.builder().enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER).build();

  /** Up to here a whole double is exactly the long of its digits. */
  private static final double LARGEST_WHOLE = 1e15;

  private final StringWriter text = new StringWriter(512);
  private final JsonGenerator json;

  private JsonLine() throws IOException {
    json = FACTORY.createGenerator(text);
  }

  /** What an object is made of. */
  @FunctionalInterface
  interface Content {
    void writeTo(JsonLine line) throws IOException;
  }

  static String of(Content content) {
    try {
      JsonLine line = new JsonLine();
      line.json.writeStartObject();
      content.writeTo(line);
      line.json.writeEndObject();
      line.json.close();
      return line.text.toString();
    } catch (IOException e) {
      throw new UncheckedIOException("a string cannot fail to be written", e);
    }
  }

  JsonLine text(String field, String value) throws IOException {
    if (value != null) {
      json.writeStringField(field, value);
    }
    return this;
  }

  JsonLine symbol(String field, Enum<?> value) throws IOException {
    return text(field, value == null ? null : value.name());
  }

  JsonLine time(String field, Long millis) throws IOException {
    return text(field, millis == null ? null : IsoTimes.format(millis));
  }

  JsonLine whole(String field, Number value) throws IOException {
    if (value != null) {
      json.writeNumberField(field, value.longValue());
    }
    return this;
  }

  JsonLine number(String field, Double value) throws IOException {
    if (value != null) {
      json.writeFieldName(field);
      if (value == Math.rint(value) && Math.abs(value) <= LARGEST_WHOLE) {
        json.writeNumber(value.longValue());
      } else {
        json.writeNumber(value.doubleValue());
      }
    }
    return this;
  }

  JsonLine flag(String field, boolean value) throws IOException {
    json.writeBooleanField(field, value);
    return this;
  }

  JsonLine texts(String field, List<String> values) throws IOException {
    json.writeArrayFieldStart(field);
    for (String value : values) {
      json.writeString(value);
    }
    json.writeEndArray();
    return this;
  }

  JsonLine symbols(String field, List<? extends Enum<?>> values) throws IOException {
    json.writeArrayFieldStart(field);
    for (Enum<?> value : values) {
      json.writeString(value.name());
    }
    json.writeEndArray();
    return this;
  }

  JsonLine textsByKey(String field, Map<String, String> values) throws IOException {
    json.writeObjectFieldStart(field);
    for (Map.Entry<String, String> entry : new TreeMap<>(values).entrySet()) {
      json.writeStringField(entry.getKey(), entry.getValue());
    }
    json.writeEndObject();
    return this;
  }

  JsonLine object(String field, Content content) throws IOException {
    json.writeObjectFieldStart(field);
    content.writeTo(this);
    json.writeEndObject();
    return this;
  }

  <T> JsonLine objects(String field, List<T> values, ContentOf<T> content) throws IOException {
    json.writeArrayFieldStart(field);
    for (T value : values) {
      json.writeStartObject();
      content.write(this, value);
      json.writeEndObject();
    }
    json.writeEndArray();
    return this;
  }

  /** What the object made of one value of a list is made of. */
  @FunctionalInterface
  interface ContentOf<T> {
    void write(JsonLine line, T value) throws IOException;
  }
}
