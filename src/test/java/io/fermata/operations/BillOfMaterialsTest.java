package io.fermata.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * The libraries that are shipped, as the build lists them; a build with -Dfast, or offline, lists
 * none.
 */
class BillOfMaterialsTest {

  private static final Path BOM = Path.of("target/bom.json");

  /** The same for people: one library a line. */
  private static final Path LICENCES = Path.of("target/licences.txt");

  /** Those that let anybody use, change and pass on, without asking the same of us. */
  private static final Set<String> ACCEPTED =
      Set.of(
          "Apache-2.0",
          "MIT",
          "MIT-0",
          "BSD-2-Clause",
          "BSD-3-Clause",
          "EPL-1.0",
          "CC0-1.0",
          // RE2/J's name for BSD with three clauses.
          "Go License",
          // What the plugin makes of "The BSD License", as JLine calls its three clauses.
          "BSD-4-Clause");

  @Test
  void shouldNameALicenceThatIsAcceptedForEveryLibrary() throws IOException {
    assumeTrue(Files.exists(BOM), "built with -Dfast or offline: there is no bill of materials");
    JsonNode bom = new ObjectMapper().readTree(BOM.toFile());
    assertThat(bom.get("bomFormat").asText()).isEqualTo("CycloneDX");
    assertThat(bom.get("components")).hasSizeGreaterThan(30);
    TreeMap<String, Set<String>> others = new TreeMap<>();
    TreeSet<String> lines = new TreeSet<>();
    for (JsonNode component : bom.get("components")) {
      assertThat(component.get("hashes")).as(component.get("purl").asText()).isNotEmpty();
      Set<String> licences = new TreeSet<>();
      for (JsonNode each : component.path("licenses")) {
        JsonNode licence = each.path("license");
        licences.add(
            licence
                .path("id")
                .asText(licence.path("name").asText(each.path("expression").asText())));
      }
      lines.add(
          "%s:%s:%s  %s"
              .formatted(
                  component.path("group").asText(),
                  component.get("name").asText(),
                  component.get("version").asText(),
                  String.join(" or ", licences)));
      // One is enough: where there are several, they may be chosen from.
      if (licences.stream().noneMatch(ACCEPTED::contains)) {
        others.put(component.get("purl").asText(), licences);
      }
    }
    Files.write(LICENCES, lines);
    assertThat(others).isEmpty();
  }
}
