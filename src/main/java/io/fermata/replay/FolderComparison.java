package io.fermata.replay;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Compares the output folders of two replays, record by record. */
public final class FolderComparison {

  /** Fields that name a record, by file. */
  private static final Map<String, List<String>> KEYS = new LinkedHashMap<>();

  static {
    KEYS.put(ViewFiles.ALERTS, List.of("id"));
    KEYS.put(ViewFiles.JOURNEYS, List.of("id"));
    KEYS.put(ViewFiles.GUIDANCE, List.of("customer"));
    KEYS.put(ViewFiles.RESPONSES, List.of("id"));
    KEYS.put(ViewFiles.SCORES, List.of("kind", "dimension", "value", "window", "asOf"));
    KEYS.put(ViewFiles.DRIVERS, List.of("dimension", "window"));
    KEYS.put(ViewFiles.SCORE_ALERTS, List.of("id"));
    KEYS.put(ViewFiles.PILLARS, List.of("dimension", "value", "window", "asOf"));
    KEYS.put(ViewFiles.DEAD_LETTERS, List.of("file", "line", "reason", "original"));
  }

  private static final ObjectMapper JSON = new ObjectMapper();

  private FolderComparison() {}

  /** Where a record differs. */
  public enum Kind {
    ONLY_IN_A,
    ONLY_IN_B,
    CHANGED
  }

  /**
   * A field that differs.
   *
   * @param path dotted; the values are JSON, absent ones null
   */
  public record Field(String path, String a, String b) {}

  /**
   * One record that differs.
   *
   * @param key its id
   * @param rule the rule it is of, or null
   * @param fields what differs; empty unless it changed
   */
  public record Difference(Kind kind, String key, String rule, List<Field> fields) {}

  /**
   * What differs in one file.
   *
   * @param a number of records in the first folder, {@code b} in the second
   */
  public record FileDifferences(String file, int a, int b, List<Difference> differences) {

    public long count(Kind kind) {
      return differences.stream().filter(d -> d.kind() == kind).count();
    }

    /** The differences of each rule, of records that have one. */
    public Map<String, List<Difference>> byRule() {
      return differences.stream()
          .filter(d -> d.rule() != null)
          .collect(Collectors.groupingBy(Difference::rule, TreeMap::new, Collectors.toList()));
    }
  }

  /**
   * Compares all files, one after another.
   *
   * @throws InputException when a folder holds no finished replay
   * @throws IOException when a file cannot be read or holds no JSON lines
   */
  public static List<FileDifferences> compare(Path a, Path b) throws IOException {
    requireReplay(a);
    requireReplay(b);
    List<FileDifferences> files = new ArrayList<>();
    for (Map.Entry<String, List<String>> file : KEYS.entrySet()) {
      files.add(
          compare(
              file.getKey(),
              read(a.resolve(file.getKey()), file.getValue()),
              read(b.resolve(file.getKey()), file.getValue())));
    }
    files.add(compare(ViewFiles.SUMMARY, summary(a), summary(b)));
    return files;
  }

  private static FileDifferences compare(String file, Map<String, String> a, Map<String, String> b)
      throws IOException {
    List<Difference> differences = new ArrayList<>();
    for (Map.Entry<String, String> entry : a.entrySet()) {
      String key = entry.getKey();
      String other = b.get(key);
      if (other == null) {
        differences.add(difference(Kind.ONLY_IN_A, key, entry.getValue(), List.of()));
      } else if (!other.equals(entry.getValue())) {
        List<Field> fields = new ArrayList<>();
        fields("", JSON.readTree(entry.getValue()), JSON.readTree(other), fields);
        if (!fields.isEmpty()) {
          differences.add(difference(Kind.CHANGED, key, entry.getValue(), fields));
        }
      }
    }
    for (Map.Entry<String, String> entry : b.entrySet()) {
      if (!a.containsKey(entry.getKey())) {
        differences.add(difference(Kind.ONLY_IN_B, entry.getKey(), entry.getValue(), List.of()));
      }
    }
    return new FileDifferences(file, a.size(), b.size(), differences);
  }

  private static Difference difference(Kind kind, String key, String record, List<Field> fields)
      throws IOException {
    JsonNode rule = JSON.readTree(record).get("rule");
    return new Difference(
        kind, key, rule == null || !rule.isTextual() ? null : rule.textValue(), fields);
  }

  private static void fields(String path, JsonNode a, JsonNode b, List<Field> fields) {
    if (a != null && b != null && a.isObject() && b.isObject()) {
      TreeSet<String> names = new TreeSet<>();
      a.fieldNames().forEachRemaining(names::add);
      b.fieldNames().forEachRemaining(names::add);
      for (String name : names) {
        fields(path.isEmpty() ? name : path + "." + name, a.get(name), b.get(name), fields);
      }
    } else if (!Objects.equals(a, b)) {
      fields.add(new Field(path, a == null ? null : a.toString(), b == null ? null : b.toString()));
    }
  }

  private static Map<String, String> read(Path file, List<String> key) throws IOException {
    Map<String, String> records = new LinkedHashMap<>();
    if (!Files.exists(file)) {
      throw new InputException(file + ": there is no such file, expected the output of a replay");
    }
    try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      String line;
      for (int number = 1; (line = lines.readLine()) != null; number++) {
        JsonNode record = parse(file + ":" + number, line);
        String name =
            key.stream().map(field -> record.path(field).asText()).collect(Collectors.joining("|"));
        if (records.put(name, line) != null) {
          throw new IOException(file + ":" + number + ": the key '" + name + "' appears twice");
        }
      }
    }
    return records;
  }

  private static Map<String, String> summary(Path folder) throws IOException {
    Path file = folder.resolve(ViewFiles.SUMMARY);
    JsonNode summary = parse(file.toString(), Files.readString(file));
    if (summary instanceof ObjectNode object) {
      object.remove("speed");
    }
    return Map.of("summary", summary.toString());
  }

  private static JsonNode parse(String where, String text) throws IOException {
    try {
      JsonNode node = JSON.readTree(text);
      if (node.isObject()) {
        return node;
      }
      throw new IOException(where + ": expected a JSON object");
    } catch (JsonProcessingException e) {
      throw new IOException(where + ": expected a JSON object: " + e.getOriginalMessage(), e);
    }
  }

  private static void requireReplay(Path folder) {
    if (Stream.of(ViewFiles.ALERTS, ViewFiles.SUMMARY)
        .anyMatch(file -> !Files.isRegularFile(folder.resolve(file)))) {
      throw new InputException(
          folder + ": no finished replay, expected a folder that 'fermata replay --out' wrote");
    }
  }
}
