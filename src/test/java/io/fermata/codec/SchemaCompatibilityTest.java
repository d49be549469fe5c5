package io.fermata.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.junit.jupiter.api.Test;

class SchemaCompatibilityTest {

  private static final Path SCHEMAS = Path.of("schemas");
  private static final String REMEDY =
      "schemas/%s and schemas/released/%s/%s cannot read each other's records.%n"
          + "%s%n"
          + "Released versions are frozen: leave them alone and change the current schema as"
          + " schemas/README.md says (add fields with a default, add symbols at the end, never remove"
          + " or rename). A break on purpose needs a new record and a new topic.";

  @Test
  void shouldReadAndBeReadByEveryReleasedVersion() throws IOException {
    List<Path> releases = list(SCHEMAS.resolve("released"));
    assertThat(releases).as("schemas/released").isNotEmpty();
    for (Path release : releases) {
      for (Path released : list(release)) {
        Path current = SCHEMAS.resolve(released.getFileName());
        assertThat(current).as("the current version of %s", released).exists();
        compatible(parse(current), parse(released), release.getFileName().toString());
      }
    }
  }

  @Test
  void shouldBeTheSchemasTheCodecsUse() throws IOException {
    for (Path file : list(SCHEMAS)) {
      Schema schema = parse(file);
      assertThat(file.getFileName()).hasToString(schema.getName() + ".avsc");
      assertThat(Schemas.named(schema.getFullName())).as("%s", file).hasValue(schema);
      assertThat(Schemas.named(schema.getFullName()).orElseThrow())
          .as("the text that is registered for %s", file)
          .hasToString(schema.toString());
    }
    assertThat(Schemas.all()).hasSameSizeAs(list(SCHEMAS));
  }

  private static void compatible(Schema current, Schema released, String version) {
    String file = current.getName() + ".avsc";
    List<String> problems = new ArrayList<>();
    problems(problems, "the current cannot read the released", current, released);
    problems(problems, "the released cannot read the current", released, current);
    assertThat(problems).as(REMEDY, file, version, file, String.join("\n", problems)).isEmpty();
  }

  private static void problems(List<String> problems, String what, Schema reader, Schema writer) {
    var result = SchemaCompatibility.checkReaderWriterCompatibility(reader, writer).getResult();
    if (result.getCompatibility() != SchemaCompatibilityType.COMPATIBLE) {
      result
          .getIncompatibilities()
          .forEach(i -> problems.add(what + ": " + i.getLocation() + " " + i.getMessage()));
    }
  }

  private static Schema parse(Path file) throws IOException {
    return new Schema.Parser().parse(new File(file.toString()));
  }

  /** What lies in a folder: schemas where there are any, else folders. */
  private static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      List<Path> all = entries.sorted().toList();
      List<Path> schemas = all.stream().filter(p -> p.toString().endsWith(".avsc")).toList();
      return schemas.isEmpty() ? all.stream().filter(Files::isDirectory).toList() : schemas;
    }
  }
}
