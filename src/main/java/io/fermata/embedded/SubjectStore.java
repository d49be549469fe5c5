package io.fermata.embedded;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;

/** Subjects, their versions and their compatibility. Errors are those of Confluent's API. */
final class SubjectStore {

  /** A version of a subject, numbered from 1. */
  record Version(String subject, int number, int id, Schema schema) {}

  private final Map<String, List<Version>> subjects = new TreeMap<>();
  private final List<Schema> schemas = new ArrayList<>();
  private final Map<String, Integer> ids = new HashMap<>();
  private final Map<String, Compatibility> levels = new HashMap<>();
  private Compatibility level = Compatibility.BACKWARD;

  synchronized List<String> names() {
    return List.copyOf(subjects.keySet());
  }

  synchronized List<Integer> versions(String subject) {
    return IntStream.rangeClosed(1, existing(subject).size()).boxed().toList();
  }

  /**
   * @param number a number, or {@code latest}
   */
  synchronized Version version(String subject, String number) {
    List<Version> versions = existing(subject);
    int wanted = number.equals("latest") ? versions.size() : parseVersion(number);
    if (wanted > versions.size()) {
      throw new RegistryError(404, 40402, "Version " + wanted + " not found.");
    }
    return versions.get(wanted - 1);
  }

  synchronized Version register(String subject, String text) {
    Schema schema = parse(text);
    List<Version> versions = subjects.getOrDefault(subject, List.of());
    for (Version version : versions) {
      if (version.schema().toString().equals(schema.toString())) {
        return version;
      }
    }
    List<String> problems = level(subject).problems(schema, schemasOf(versions));
    if (!problems.isEmpty()) {
      throw new RegistryError(
          409,
          409,
          "Schema being registered is incompatible with an earlier schema for subject \""
              + subject
              + "\", details: "
              + problems);
    }
    Version added = new Version(subject, versions.size() + 1, idOf(schema), schema);
    subjects.computeIfAbsent(subject, name -> new ArrayList<>()).add(added);
    return added;
  }

  synchronized Version lookUp(String subject, String text) {
    Schema schema = parse(text);
    return existing(subject).stream()
        .filter(version -> version.schema().toString().equals(schema.toString()))
        .findFirst()
        .orElseThrow(() -> new RegistryError(404, 40403, "Schema not found"));
  }

  synchronized Schema byId(String text) {
    int id;
    try {
      id = Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new RegistryError(404, 404, "HTTP 404 Not Found");
    }
    if (id < 1 || id > schemas.size()) {
      throw new RegistryError(404, 40403, "Schema " + id + " not found");
    }
    return schemas.get(id - 1);
  }

  synchronized List<Version> uses(String id) {
    int wanted = ids.get(byId(id).toString());
    return subjects.values().stream()
        .flatMap(List::stream)
        .filter(version -> version.id() == wanted)
        .toList();
  }

  synchronized Compatibility compatibility() {
    return level;
  }

  synchronized Compatibility setCompatibility(String name) {
    level = Compatibility.named(name);
    return level;
  }

  synchronized Compatibility compatibility(String subject, boolean elseGlobal) {
    if (!elseGlobal && !levels.containsKey(subject)) {
      throw new RegistryError(
          404,
          40408,
          "Subject '" + subject + "' does not have subject-level compatibility configured");
    }
    return level(subject);
  }

  synchronized Compatibility setCompatibility(String subject, String name) {
    Compatibility chosen = Compatibility.named(name);
    levels.put(subject, chosen);
    return chosen;
  }

  /** Why a schema may not become the subject's next version. */
  synchronized List<String> problems(String subject, String text) {
    Schema schema = parse(text);
    return level(subject).problems(schema, schemasOf(subjects.getOrDefault(subject, List.of())));
  }

  /** Why a schema may not follow one version. */
  synchronized List<String> problems(String subject, String number, String text) {
    Schema schema = parse(text);
    return level(subject).problems(schema, List.of(version(subject, number).schema()));
  }

  private Compatibility level(String subject) {
    return levels.getOrDefault(subject, level);
  }

  private int idOf(Schema schema) {
    return ids.computeIfAbsent(
        schema.toString(),
        text -> {
          schemas.add(schema);
          return schemas.size();
        });
  }

  private List<Version> existing(String subject) {
    List<Version> versions = subjects.get(subject);
    if (versions == null) {
      throw new RegistryError(404, 40401, "Subject '" + subject + "' not found.");
    }
    return versions;
  }

  private static List<Schema> schemasOf(List<Version> versions) {
    return versions.stream().map(Version::schema).toList();
  }

  private static int parseVersion(String number) {
    try {
      int version = Integer.parseInt(number);
      if (version >= 1) {
        return version;
      }
    } catch (NumberFormatException e) {
      throw invalidVersion(number);
    }
    throw invalidVersion(number);
  }

  private static RegistryError invalidVersion(String number) {
    return new RegistryError(
        422,
        42202,
        "The specified version '"
            + number
            + "' is not a valid version id. Allowed values are between [1, 2^31-1] and the string"
            + " \"latest\"");
  }

  private static Schema parse(String text) {
    try {
      return new Schema.Parser().parse(text);
    } catch (AvroRuntimeException e) {
      throw new RegistryError(422, 42201, "Invalid schema: " + e.getMessage());
    }
  }
}
