package io.fermata.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.kafka.streams.TopologyDescription;
import org.junit.jupiter.api.Test;

/**
 * The topology as reviewed. {@code -Dfermata.golden=write} writes the files anew from what the
 * program builds; the diff is then for a reviewer to judge.
 */
class TopologyGoldenTest extends PipelineTest {

  private static final Path FOLDER = Path.of("topology");
  private static final String COMMAND = "mvn test -Dtest=TopologyGoldenTest -Dfermata.golden=write";
  private static final boolean WRITE = "write".equals(System.getProperty("fermata.golden"));
  private static final String BEGIN = "<!-- generated: begin -->\n";
  private static final String END = "<!-- generated: end -->\n";

  private final TopologyDescription topology =
      TestPipeline.topology(TestPipeline.TOPICS, replay()).build().describe();

  @Test
  void shouldBeTheTopologyThatWasReviewed() throws IOException {
    check(FOLDER.resolve("topology.txt"), topology.toString());
  }

  @Test
  void shouldBeTheTopologyInThePicture() throws IOException {
    Path readme = FOLDER.resolve("README.md");
    String text = Files.readString(readme);
    int begin = text.indexOf(BEGIN);
    int end = text.indexOf(END);
    assertThat(begin).as("%s holds the line %s", readme, BEGIN).isNotNegative();
    assertThat(end).as("%s holds the line %s, after the other", readme, END).isGreaterThan(begin);
    check(
        readme,
        text.substring(0, begin + BEGIN.length())
            + TopologyPicture.of(topology)
            + text.substring(end));
  }

  private static void check(Path file, String expected) throws IOException {
    if (WRITE) {
      Files.writeString(file, expected);
    }
    assertThat(file)
        .as(
            "%s is not what the program builds."
                + " If the change is meant, write it anew and have it reviewed:%n  %s%n",
            file, COMMAND)
        .exists()
        .hasContent(expected);
  }
}
