package io.fermata.rules.load;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads YAML into {@link YamlNode}. One document a file; anchors and aliases are refused. */
final class YamlReader {

  private static final YAMLFactory FACTORY = new YAMLFactory();

  private final String file;
  private final List<String> lines;
  private final Problems problems;
  private final YAMLParser parser;

  private YamlReader(String file, String content, Problems problems, YAMLParser parser) {
    this.file = file;
    this.lines = content.lines().toList();
    this.problems = problems;
    this.parser = parser;
  }

  /** The document in a file, or null after a problem was reported. */
  static YamlNode read(Path path, Problems problems) {
    try {
      return read(path.toString(), Files.readString(path), problems);
    } catch (NoSuchFileException e) {
      problems.add(new Location(path.toString(), 0, 0), "there is no such file");
    } catch (MalformedInputException e) {
      problems.add(new Location(path.toString(), 0, 0), "not UTF-8 text");
    } catch (IOException e) {
      problems.add(new Location(path.toString(), 0, 0), "cannot be read: " + e.getMessage());
    }
    return null;
  }

  /** The document in a text, or null after a problem was reported. */
  static YamlNode read(String file, String content, Problems problems) {
    try (YAMLParser parser = FACTORY.createParser(content)) {
      YamlReader reader = new YamlReader(file, content, problems, parser);
      if (parser.nextToken() == null) {
        problems.add(new Location(file, 0, 0), "the file is empty");
        return null;
      }
      YamlNode root = reader.node();
      if (parser.nextToken() != null) {
        problems.add(reader.here(), "expected one YAML document, but here begins another");
      }
      return root;
    } catch (JsonProcessingException e) {
      JsonLocation at = e.getLocation();
      Location location =
          at == null
              ? new Location(file, 0, 0)
              : new Location(file, at.getLineNr(), at.getColumnNr());
      problems.add(
          location, "not valid YAML: " + e.getOriginalMessage().lines().findFirst().orElse(""));
      return null;
    } catch (IOException e) {
      throw new UncheckedIOException("a text in memory cannot fail to be read", e);
    }
  }

  private YamlNode node() throws IOException {
    Location at = here();
    if (parser.isCurrentAlias()) {
      problems.add(at, "aliases (*name) are not supported; write the value out");
    }
    JsonToken token = parser.currentToken();
    if (token == JsonToken.START_OBJECT) {
      return mapping(at);
    }
    if (token == JsonToken.START_ARRAY) {
      List<YamlNode> items = new ArrayList<>();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        items.add(node());
      }
      return new YamlNode.Items(items, at);
    }
    String text = token == JsonToken.VALUE_NULL ? "" : parser.getText();
    return new YamlNode.Scalar(text, token == JsonToken.VALUE_STRING, at, verbatim(text, at));
  }

  private YamlNode mapping(Location at) throws IOException {
    Map<String, YamlNode.Entry> entries = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String key = parser.currentName();
      Location keyAt = here();
      parser.nextToken();
      if (entries.put(key, new YamlNode.Entry(keyAt, node())) != null) {
        problems.add(keyAt, "'" + key + "' is given twice");
      }
    }
    return new YamlNode.Mapping(entries, at);
  }

  private Location here() {
    JsonLocation at = parser.currentTokenLocation();
    return new Location(file, at.getLineNr(), at.getColumnNr());
  }

  private Location verbatim(String text, Location at) {
    String line = at.line() <= lines.size() ? lines.get(at.line() - 1) : "";
    for (int quote = 0; quote <= 1; quote++) {
      if (!text.isEmpty() && line.startsWith(text, at.column() - 1 + quote)) {
        return new Location(file, at.line(), at.column() + quote);
      }
    }
    return null;
  }
}
