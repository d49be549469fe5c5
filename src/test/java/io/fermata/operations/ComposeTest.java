package io.fermata.operations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fermata.it.Tool;
import io.fermata.runtime.config.FermataConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ComposeTest {

  private static JsonNode services() throws IOException {
    return new YAMLMapper().readTree(Path.of("docker-compose.yml").toFile()).get("services");
  }

  @Test
  void shouldBeTakenByCompose() throws Exception {
    Tool compose = Tool.require("docker-compose");
    for (String[] command :
        new String[][] {
          {"-f", "docker-compose.yml", "config", "-q"},
          {"-f", "docker-compose.yml", "--profile", "generator", "config", "-q"}
        }) {
      Tool.Outcome outcome = compose.run("", command);
      assertThat(outcome.status()).as(outcome.output()).isZero();
    }
  }

  @Test
  void shouldConfigureFermataByKeysThatItHas() throws IOException {
    for (String name : new String[] {"fermata", "generator"}) {
      Map<String, String> environment = new HashMap<>();
      services()
          .at("/" + name + "/environment")
          .properties()
          .forEach(variable -> environment.put(variable.getKey(), variable.getValue().asText()));
      // Unknown names and wrong values are refused.
      FermataConfig config = FermataConfig.load(null, environment);
      assertThat(config.kafka().bootstrapServers()).isEqualTo("kafka:9092");
      assertThat(config.registry().url()).endsWith("/apis/ccompat/v7");
    }
  }

  @Test
  void shouldOpenPortsOnLoopbackOnlyAndMountWhatIsThere() throws IOException {
    for (JsonNode service : services()) {
      for (JsonNode port : service.path("ports")) {
        assertThat(port.asText()).startsWith("127.0.0.1:");
      }
      for (JsonNode volume : service.path("volumes")) {
        String source = volume.asText().split(":", -1)[0];
        assertThat(source)
            .satisfiesAnyOf(
                named -> assertThat(named).doesNotContain("/"),
                mounted -> assertThat(Files.exists(Path.of(mounted))).isTrue());
      }
      assertThat(service.has("healthcheck")).isTrue();
    }
  }
}
