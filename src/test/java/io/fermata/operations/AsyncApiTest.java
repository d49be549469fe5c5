package io.fermata.operations;

import static org.assertj.core.api.Assertions.assertThat;

import io.fermata.it.NodeClients;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class AsyncApiTest {

  private static final Path DOCUMENT = Path.of("docs", "asyncapi.yaml");

  @Test
  void shouldBeWhatTopicsAndSchemasSay() throws IOException {
    String expected = AsyncApi.document();
    if (Boolean.getBoolean("fermata.regenerate")) {
      Files.writeString(DOCUMENT, expected);
    }
    assertThat(DOCUMENT)
        .as(
            "%s differs from topology/topics.yaml and schemas/; regenerate it with"
                + " mvn -q test -Dtest=AsyncApiTest -Dfermata.regenerate=true",
            DOCUMENT)
        .hasContent(expected);
  }

  @Test
  void shouldBeValidInTheEyesOfAsyncApisOwnParser() throws Exception {
    NodeClients node = NodeClients.install("asyncapi");
    assertThat(node.run(null, "check.mjs", DOCUMENT.toAbsolutePath().toString())).isEmpty();
  }
}
