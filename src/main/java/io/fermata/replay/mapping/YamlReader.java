package io.fermata.replay.mapping;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads one YAML document into nodes that keep their positions. */
final class YamlReader {

  private final String file;
  private final String[] lines;
  private final YAMLParser parser;

  private YamlReader(String file, String text) throws IOException {
    this.file = file;
    this.lines = text.split("\r?\n", -1);
    this.parser = new YAMLFactory().createParser(text);
  }

  /**
   * @throws MappingException when the text is no YAML, is empty, or uses what is not supported
   *     (aliases, the same key twice)
   */
  static YamlNode read(String file, String text) {
    try {
      YamlReader reader = new YamlReader(file, text);
      if (reader.parser.nextToken() == null) {
        throw reader.problem(1, 1, "the file is empty, expected a mapping");
      }
      YamlNode root = reader.node();
      if (reader.parser.nextToken() != null) {
        JsonLocation at = reader.parser.currentTokenLocation();
        throw reader.problem(
            at.getLineNr(), at.getColumnNr(), "expected one YAML document, here begins another");
      }
      return root;
    } catch (JsonProcessingException e) {
      JsonLocation at = e.getLocation();
      int line = at == null ? 1 : at.getLineNr();
      int column = at == null ? 1 : at.getColumnNr();
      String message = e.getOriginalMessage().lines().findFirst().orElse("not readable");
      throw new MappingException(
          List.of(new MappingProblem(file, line, column, "no valid YAML: " + message)));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  private YamlNode node() throws IOException {
    JsonToken token = parser.currentToken();
    JsonLocation at = parser.currentTokenLocation();
    int line = at.getLineNr();
    int column = at.getColumnNr();
    if (parser.isCurrentAlias()) {
      throw problem(line, column, "aliases are not supported, expected the value itself");
    }
    if (token == JsonToken.START_OBJECT) {
      Map<String, YamlNode.Entry> entries = new LinkedHashMap<>();
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        JsonLocation keyAt = parser.currentTokenLocation();
        String name = parser.currentName();
        YamlNode.Scalar key =
            new YamlNode.Scalar(
                name,
                keyAt.getLineNr(),
                keyAt.getColumnNr(),
                keyAt.getLineNr(),
                keyAt.getColumnNr());
        parser.nextToken();
        if (entries.put(name, new YamlNode.Entry(key, node())) != null) {
          throw problem(key.line(), key.column(), "the key '" + name + "' appears twice");
        }
      }
      return new YamlNode.Mapping(entries, line, column);
    }
    if (token == JsonToken.START_ARRAY) {
      List<YamlNode> items = new ArrayList<>();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        items.add(node());
      }
      return new YamlNode.Sequence(items, line, column);
    }
    return scalar(token == JsonToken.VALUE_NULL ? null : parser.getText(), line, column);
  }

  private YamlNode.Scalar scalar(String text, int line, int column) {
    String source = line <= lines.length ? lines[line - 1] : "";
    char first = column <= source.length() ? source.charAt(column - 1) : ' ';
    if (first == '|' || first == '>') {
      int next = line;
      while (next < lines.length && lines[next].isBlank()) {
        next++;
      }
      String body = next < lines.length ? lines[next] : "";
      int indent = body.length() - body.stripLeading().length();
      return new YamlNode.Scalar(text, line, column, next + 1, indent + 1);
    }
    int quote = first == '"' || first == '\'' ? 1 : 0;
    return new YamlNode.Scalar(text, line, column, line, column + quote);
  }

  private MappingException problem(int line, int column, String message) {
    return new MappingException(List.of(new MappingProblem(file, line, column, message)));
  }
}
