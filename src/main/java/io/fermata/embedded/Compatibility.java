package io.fermata.embedded;

import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;

/** What a new version of a subject must be able to read, or be read by. */
enum Compatibility {
  NONE(false, false, false),
  BACKWARD(true, false, false),
  BACKWARD_TRANSITIVE(true, false, true),
  FORWARD(false, true, false),
  FORWARD_TRANSITIVE(false, true, true),
  FULL(true, true, false),
  FULL_TRANSITIVE(true, true, true);

  private final boolean readsOld;
  private final boolean readByOld;
  private final boolean transitive;

  Compatibility(boolean readsOld, boolean readByOld, boolean transitive) {
    this.readsOld = readsOld;
    this.readByOld = readByOld;
    this.transitive = transitive;
  }

  static Compatibility named(String name) {
    for (Compatibility level : values()) {
      if (level.name().equals(name)) {
        return level;
      }
    }
    throw new RegistryError(
        422,
        42203,
        "Invalid compatibility level "
            + name
            + ". Valid values are none, backward, forward, full, backward_transitive,"
            + " forward_transitive, and full_transitive");
  }

  /**
   * Why {@code schema} may not follow {@code earlier} versions (the latest last); empty if it may.
   */
  List<String> problems(Schema schema, List<Schema> earlier) {
    List<Schema> concerned =
        transitive || earlier.isEmpty()
            ? earlier
            : earlier.subList(earlier.size() - 1, earlier.size());
    List<String> problems = new ArrayList<>();
    for (Schema old : concerned) {
      if (readsOld) {
        check(problems, "the new schema cannot read the old", schema, old);
      }
      if (readByOld) {
        check(problems, "the old schema cannot read the new", old, schema);
      }
    }
    return problems;
  }

  private static void check(List<String> problems, String what, Schema reader, Schema writer) {
    var result = SchemaCompatibility.checkReaderWriterCompatibility(reader, writer).getResult();
    if (result.getCompatibility() == SchemaCompatibilityType.INCOMPATIBLE) {
      result
          .getIncompatibilities()
          .forEach(
              i ->
                  problems.add(
                      what
                          + ": "
                          + i.getType()
                          + " at "
                          + i.getLocation()
                          + ": "
                          + i.getMessage()));
    }
  }
}
