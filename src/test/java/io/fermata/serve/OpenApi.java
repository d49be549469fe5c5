package io.fermata.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.Set;
import java.util.TreeSet;

/** The description that a server gives of itself, to hold its answers against. */
public final class OpenApi {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final ObjectNode document;
  private final Set<String> seen = new TreeSet<>();

  public OpenApi(String yaml) throws IOException {
    document = (ObjectNode) new YAMLMapper().readTree(yaml);
    assertThat(document.get("openapi").asText()).startsWith("3.1");
  }

  /** Paths of the document with a placeholder for every parameter. */
  public Set<String> paths() {
    Set<String> paths = new TreeSet<>();
    document.get("paths").fieldNames().forEachRemaining(paths::add);
    return paths;
  }

  /** Those of {@link #paths} that an answer with the status 200 was seen of. */
  public Set<String> seen() {
    return seen;
  }

  /** Fails unless the answer is one that the document tells of. */
  public void check(String path, HttpResponse<String> answer) throws IOException {
    JsonNode responses = document.get("paths").get(path).findValue("responses");
    String status = Integer.toString(answer.statusCode());
    JsonNode response = responses.has(status) ? responses.get(status) : responses.get("default");
    if (response.has("$ref")) {
      response = document.at(response.get("$ref").asText().substring(1));
    }
    String type = response.get("content").fieldNames().next();
    assertThat(answer.headers().firstValue("Content-Type")).as(path).hasValue(type);
    if (type.endsWith("json")) {
      ObjectNode schema = response.get("content").get(type).get("schema").deepCopy();
      schema.set("components", document.get("components"));
      assertThat(
              JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                  .getSchema(schema)
                  .validate(JSON.readTree(answer.body())))
          .as("%s %s: %s", path, status, answer.body())
          .isEmpty();
    }
    if (answer.statusCode() == 200) {
      seen.add(path);
    }
  }
}
