package io.fermata.runtime.config;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads a YAML file as dotted keys. Nesting and dots mean the same, so {@code lateness.allowed:
 * P7D} may be written on one line and {@code kafka: {bootstrap.servers: ...}} needs no quotes.
 */
final class YamlSource {

  private final Path file;
  private final JsonParser parser;
  private final Map<String, ConfigValue> values = new LinkedHashMap<>();

  private YamlSource(Path file, JsonParser parser) {
    this.file = file;
    this.parser = parser;
  }

  static ConfigSource read(Path file) {
    try (JsonParser parser = new YAMLFactory().createParser(Files.readString(file))) {
      YamlSource source = new YamlSource(file, parser);
      source.readDocument();
      return new ConfigSource(source.values);
    } catch (JsonProcessingException e) {
      throw new ConfigurationException(
          place(file, e.getLocation()) + ": not YAML: " + e.getOriginalMessage(), e);
    } catch (NoSuchFileException e) {
      throw new ConfigurationException(file + ": there is no such file", e);
    } catch (IOException e) {
      throw new ConfigurationException(file + ": cannot be read: " + e, e);
    }
  }

  private static String place(Path file, JsonLocation location) {
    return location == null
        ? file.toString()
        : file + ":" + location.getLineNr() + ":" + location.getColumnNr();
  }

  private String here() {
    return place(file, parser.currentTokenLocation());
  }

  private void readDocument() throws IOException {
    JsonToken first = parser.nextToken();
    if (first == null || first == JsonToken.VALUE_NULL) {
      return;
    }
    if (first != JsonToken.START_OBJECT) {
      throw new ConfigurationException(here() + ": expected sections such as 'kafka:'");
    }
    readSection("");
  }

  private void readSection(String prefix) throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String key = prefix + parser.currentName();
      String where = here();
      JsonToken value = parser.nextToken();
      switch (value) {
        case START_OBJECT -> readSection(key + ".");
        case START_ARRAY -> put(key, readList(key, where));
        // An empty section, or a key left without a value: as if it were not there.
        case VALUE_NULL -> {}
        default -> put(key, ConfigValue.scalar(parser.getText(), where));
      }
    }
  }

  private ConfigValue readList(String key, String where) throws IOException {
    List<String> texts = new ArrayList<>();
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      if (token.isStructStart()) {
        throw new ConfigurationException(here() + ": " + key + ": expected a list of plain values");
      }
      texts.add(parser.getText());
    }
    return new ConfigValue(List.copyOf(texts), true, where);
  }

  private void put(String key, ConfigValue value) {
    ConfigValue earlier = values.putIfAbsent(key, value);
    if (earlier != null) {
      throw new ConfigurationException(
          value.where() + ": " + key + " is set twice, first at " + earlier.where());
    }
  }
}
