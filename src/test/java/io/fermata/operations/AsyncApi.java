package io.fermata.operations;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fermata.model.Change;
import io.fermata.model.DeadLetterReason;
import io.fermata.topology.TopicSpec;
import io.fermata.topology.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** The topics as an AsyncAPI 3 document, from {@code topology/topics.yaml} and {@code schemas/}. */
final class AsyncApi {

  private static final String PREFIX = "fermata.";
  private static final String AVRO = "application/vnd.apache.avro;version=1.9.0";

  /** What others write; the pipeline writes all else. */
  private static final Set<String> RECEIVED =
      Set.of(Topics.TOUCHPOINTS, Topics.IDENTITY_LINKS, Topics.ERASURES);

  private static final Set<String> VIEWS =
      Set.of(Topics.ALERTS, Topics.ALERTS_LATEST, Topics.JOURNEYS, Topics.CONTACT_GUIDANCE);

  private static final Set<String> CLOUD_EVENTS = Set.of(Topics.ALERTS, Topics.ALERTS_LATEST);

  private static final ObjectMapper JSON = new ObjectMapper();

  private AsyncApi() {}

  static String document() throws IOException {
    ObjectNode root = JSON.createObjectNode();
    root.put("asyncapi", "3.0.0");
    root.putObject("info")
        .put("title", "Fermata")
        .put("version", "0.1.0")
        .put(
            "description",
            "Touchpoints in, alerts, journeys and contact guidance out. Values are Avro with the"
                + " Confluent framing: a zero byte, the schema's id in the registry as four bytes,"
                + " the record. Names of topics begin with the configured prefix, here the default.")
        .putObject("license")
        .put("name", "Apache-2.0");
    root.put("defaultContentType", "application/vnd.apache.avro");
    ObjectNode channels = root.putObject("channels");
    ObjectNode operations = root.putObject("operations");
    ObjectNode messages = root.putObject("components").putObject("messages");
    for (TopicSpec topic : Topics.withPrefix(PREFIX).specs()) {
      channels.set(topic.suffix(), channel(topic));
      operations.set(
          (RECEIVED.contains(topic.suffix()) ? "read-" : "write-") + topic.suffix(),
          operation(topic));
      messages.set(topic.suffix(), message(topic));
    }
    return "# Written by AsyncApiTest from topology/topics.yaml and schemas/; do not edit.\n"
        + YAMLMapper.builder()
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .disable(YAMLGenerator.Feature.SPLIT_LINES)
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
            .build()
            .writeValueAsString(root);
  }

  private static ObjectNode channel(TopicSpec topic) {
    ObjectNode channel = JSON.createObjectNode();
    channel.put("address", topic.name(PREFIX));
    channel.put("description", topic.purpose());
    channel
        .putObject("messages")
        .putObject(topic.suffix())
        .put("$ref", "#/components/messages/" + topic.suffix());
    ObjectNode kafka = channel.putObject("bindings").putObject("kafka");
    kafka.put("topic", topic.name(PREFIX));
    ObjectNode settings = kafka.putObject("topicConfiguration");
    settings.putArray("cleanup.policy").add(topic.cleanupPolicy());
    if (topic.retention() != null) {
      settings.put("retention.ms", topic.retention().toMillis());
    }
    String largest = topic.configs().get("max.message.bytes");
    if (largest != null) {
      settings.put("max.message.bytes", Integer.parseInt(largest));
    }
    kafka.put("bindingVersion", "0.5.0");
    return channel;
  }

  private static ObjectNode operation(TopicSpec topic) {
    ObjectNode operation = JSON.createObjectNode();
    operation.put("action", RECEIVED.contains(topic.suffix()) ? "receive" : "send");
    operation.putObject("channel").put("$ref", "#/channels/" + topic.suffix());
    operation.put("summary", topic.purpose());
    return operation;
  }

  private static ObjectNode message(TopicSpec topic) throws IOException {
    ObjectNode message = JSON.createObjectNode();
    message.put("name", topic.suffix());
    message.put("title", topic.value());
    if (VIEWS.contains(topic.suffix())) {
      ObjectNode change =
          message
              .putObject("headers")
              .put("type", "object")
              .putObject("properties")
              .putObject("change");
      change.put("type", "string").put("description", "What the record is about.");
      for (Change each : Change.values()) {
        change.withArray("enum").add(each.name());
      }
    }
    if (CLOUD_EVENTS.contains(topic.suffix())) {
      ObjectNode headers = (ObjectNode) message.get("headers").get("properties");
      for (String each :
          List.of("ce_specversion", "ce_id", "ce_type", "ce_source", "ce_time", "content-type")) {
        headers
            .putObject(each)
            .put("type", "string")
            .put("description", "CloudEvents 1.0, where topics.cloudEvents is set.");
      }
    }
    if (topic.suffix().equals(Topics.DEAD_LETTERS)) {
      ObjectNode headers =
          message.putObject("headers").put("type", "object").putObject("properties");
      ObjectNode reason = headers.putObject("fermata.reason").put("type", "string");
      for (DeadLetterReason each : DeadLetterReason.values()) {
        reason.withArray("enum").add(each.name());
      }
      headers.putObject("fermata.detail").put("type", "string");
    }
    Path schema = Path.of("schemas", topic.value() + ".avsc");
    ObjectNode bindings = JSON.createObjectNode();
    bindings.putObject("key").put("type", "string").put("description", topic.key());
    if (Files.exists(schema)) {
      JsonNode avro = JSON.readTree(schema.toFile());
      message.putObject("payload").put("schemaFormat", AVRO).set("schema", avro);
      bindings.put("schemaIdLocation", "payload").put("schemaIdPayloadEncoding", "confluent");
    } else {
      message.put("contentType", "application/octet-stream");
    }
    bindings.put("bindingVersion", "0.5.0");
    message.putObject("bindings").set("kafka", bindings);
    return message;
  }
}
