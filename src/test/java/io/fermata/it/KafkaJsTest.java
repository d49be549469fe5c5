package io.fermata.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fermata.codec.Framing;
import io.fermata.codec.ValueCodecs;
import io.fermata.codec.json.TouchpointJson;
import io.fermata.codec.json.ViewJson;
import io.fermata.embedded.EmbeddedRegistry;
import io.fermata.model.Alert;
import io.fermata.model.Touchpoint;
import io.fermata.runtime.Pipeline;
import io.fermata.topology.PipelineListener;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** KafkaJS and its registry client, as they come from npm, at both ends of the pipeline. */
@ExtendWith(SharedBroker.class)
@Timeout(value = 300, unit = TimeUnit.SECONDS)
class KafkaJsTest {

  private static final long SEED = 31;
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;

  @Test
  void shouldFoldWhatKafkaJsWroteAndLetItReadTheAlerts(TestBroker broker) throws Exception {
    NodeClients node = NodeClients.install("kafkajs");
    try (EmbeddedRegistry registry = EmbeddedRegistry.start(0);
        EmbeddedRegistry elsewhere = EmbeddedRegistry.start(0);
        Sandbox sandbox = new Sandbox(broker, registry.url(), "kafkajs", folder, Map.of());
        Pipeline pipeline =
            Pipeline.live(sandbox.config(Map.of()), Sandbox.RULES, PipelineListener.NONE)) {
      pipeline.start();
      String topic = sandbox.topics().touchpoints();
      // Encoded elsewhere, so that the registry knows no touchpoints before KafkaJS comes.
      ValueCodecs others = ValueCodecs.of(Map.of("schema.registry.url", elsewhere.url()));
      Workload workload = Workload.of(SEED, 12, 400, 0, topic, others);
      List<Touchpoint> touchpoints = touchpoints(workload, topic, others);
      Path input = folder.resolve("touchpoints.jsonl");
      Files.write(input, touchpoints.stream().map(TouchpointJson::write).toList());

      List<String> written =
          node.run(
              input,
              "write-touchpoints.mjs",
              "--bootstrap",
              broker.bootstrapServers(),
              "--registry",
              registry.url(),
              "--schema",
              Path.of("schemas/Touchpoint.avsc").toAbsolutePath().toString(),
              "--topic",
              topic);

      byte[] byUs = sandbox.codecs().touchpoints().serialize(topic, touchpoints.get(0));
      assertThat(written)
          .singleElement()
          .asString()
          .contains("\"schemaId\":" + Framing.schemaId(byUs, 0, byUs.length))
          .contains("\"sent\":" + workload.size());
      sandbox.awaitEnd("what KafkaJS wrote, seed " + SEED, workload, Sandbox.RULES);

      Map<String, JsonNode> published = published(sandbox);
      List<String> lines =
          node.run(
              null,
              "read-alerts.mjs",
              "--bootstrap",
              broker.bootstrapServers(),
              "--registry",
              registry.url(),
              "--topic",
              sandbox.topics().alerts(),
              "--count",
              Integer.toString(published.size()));
      Map<String, JsonNode> read = read(lines);

      assertThat(read).as("seed %d", SEED).isEqualTo(published);
      assertThat(last(read.values()))
          .as("seed %d", SEED)
          .isNotEmpty()
          .isEqualTo(
              expected(
                  workload.expected(Sandbox.RULES, System.currentTimeMillis()).alerts().values()));
    }
  }

  private static List<Touchpoint> touchpoints(Workload workload, String topic, ValueCodecs codecs) {
    List<Touchpoint> touchpoints = new ArrayList<>();
    for (int i = 0; i < workload.size(); i++) {
      touchpoints.add(codecs.touchpoints().deserialize(topic, workload.input(i).value()));
    }
    return touchpoints;
  }

  /**
   * What our own reader finds in the topic, by place, in the form in which the script prints it.
   */
  private static Map<String, JsonNode> published(Sandbox sandbox) {
    Map<String, JsonNode> records = new TreeMap<>();
    String topic = sandbox.topics().alerts();
    sandbox
        .committed()
        .read(
            topic,
            record -> {
              Alert alert = sandbox.codecs().alerts().deserialize(topic, record.value());
              records.put(place(record.partition(), record.offset()), line(record, alert));
            });
    return records;
  }

  private static JsonNode line(ConsumerRecord<byte[], byte[]> record, Alert alert) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("partition", record.partition())
        .put("offset", (int) record.offset())
        .put("key", new String(record.key(), StandardCharsets.UTF_8))
        .put(
            "change",
            new String(record.headers().lastHeader("change").value(), StandardCharsets.UTF_8))
        .set("alert", tree(ViewJson.write(alert)));
  }

  /** What the script printed, by place; a field that is null is the same as an absent one. */
  private static Map<String, JsonNode> read(List<String> lines) {
    Map<String, JsonNode> records = new TreeMap<>();
    for (String line : lines) {
      JsonNode record = tree(line);
      ((ObjectNode) record.get("alert")).properties().removeIf(field -> field.getValue().isNull());
      records.put(place(record.get("partition").asInt(), record.get("offset").asLong()), record);
    }
    return records;
  }

  private static String place(int partition, long offset) {
    return "%d-%010d".formatted(partition, offset);
  }

  /** The final set, as a subscriber keeps it: an alert's changes are in one partition, in order. */
  private static Map<String, JsonNode> last(Iterable<JsonNode> records) {
    Map<String, JsonNode> last = new TreeMap<>();
    for (JsonNode record : records) {
      String id = record.get("alert").get("id").asText();
      if (record.get("change").asText().equals("RETRACTED")) {
        last.remove(id);
      } else {
        last.put(id, record.get("alert"));
      }
    }
    return last;
  }

  private static Map<String, JsonNode> expected(Iterable<Alert> alerts) {
    Map<String, JsonNode> expected = new TreeMap<>();
    for (Alert alert : alerts) {
      expected.put(alert.id(), tree(ViewJson.write(alert)));
    }
    return expected;
  }

  private static JsonNode tree(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("no JSON: " + json, e);
    }
  }
}
