package io.fermata.codec.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fermata.codec.UnknownSchemaException;
import io.fermata.model.LruMap;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParseException;

/**
 * The schema registry's REST API as far as serializers need it, for any number of threads. What the
 * registry said once is kept, up to a bound; ids and schemas never change, only the latest version
 * does and is asked for anew by a new client.
 *
 * <p>Every method throws {@link RegistryUnavailableException} when the registry doesn't answer
 * after all retries (trying again later is up to the caller) and {@link RegistryRefusedException}
 * when it says no for good.
 */
public final class RegistryClient {

  private static final int UNKNOWN_ID = 40403;

  private final RegistryConfig config;
  private final RegistryHttp http;
  private final LongSupplier nanos;
  private final Map<Integer, Schema> byId;
  private final Map<String, Integer> idsBySubjectAndSchema;
  private final Map<Integer, Long> missingUntil;

  public RegistryClient(RegistryConfig config) {
    this(
        config,
        () -> ThreadLocalRandom.current().nextLong(),
        duration -> Thread.sleep(duration.toMillis()),
        System::nanoTime);
  }

  RegistryClient(
      RegistryConfig config, RandomGenerator random, Sleeper sleeper, LongSupplier nanos) {
    this.config = config;
    this.http = new RegistryHttp(config, random, sleeper);
    this.nanos = nanos;
    this.byId = Collections.synchronizedMap(new LruMap<>(config.cacheSize()));
    this.idsBySubjectAndSchema = Collections.synchronizedMap(new LruMap<>(config.cacheSize()));
    this.missingUntil = Collections.synchronizedMap(new LruMap<>(config.cacheSize()));
  }

  public RegistryConfig config() {
    return config;
  }

  /** Registers {@code schema} unless the subject has it already; its id either way. */
  public int register(String subject, Schema schema) {
    return idOf(subject, schema, "/subjects/" + encode(subject) + "/versions");
  }

  /** The id of a schema that the subject has. */
  public int lookUp(String subject, Schema schema) {
    return idOf(subject, schema, "/subjects/" + encode(subject));
  }

  /** The latest version of the subject. */
  public RegisteredSchema latest(String subject) {
    JsonNode answer = http.get("/subjects/" + encode(subject) + "/versions/latest");
    RegisteredSchema latest =
        new RegisteredSchema(
            answer.path("id").asInt(), parse("the latest schema of " + subject, answer));
    byId.put(latest.id(), latest.schema());
    return latest;
  }

  /**
   * The schema of that id.
   *
   * @throws UnknownSchemaException when the registry has none
   */
  public Schema byId(int id) {
    Schema known = byId.get(id);
    if (known != null) {
      return known;
    }
    Long until = missingUntil.get(id);
    if (until != null && nanos.getAsLong() - until < 0) {
      throw unknown(id, null);
    }
    try {
      Schema schema = parse("schema " + id, http.get("/schemas/ids/" + id));
      byId.put(id, schema);
      return schema;
    } catch (RegistryRefusedException e) {
      if (e.errorCode() != UNKNOWN_ID) {
        throw e;
      }
      missingUntil.put(id, nanos.getAsLong() + config.missingIdTtl().toNanos());
      throw unknown(id, e);
    }
  }

  private int idOf(String subject, Schema schema, String path) {
    String text = schema.toString();
    String key = subject + '\n' + text;
    Integer known = idsBySubjectAndSchema.get(key);
    if (known != null) {
      return known;
    }
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("schema", text);
    JsonNode id = http.post(path, body).path("id");
    if (!id.isInt()) {
      throw new RegistryRefusedException(
          "POST " + path + " was answered without an id; is schema.registry.url a registry?",
          200,
          200);
    }
    idsBySubjectAndSchema.put(key, id.intValue());
    return id.intValue();
  }

  private static Schema parse(String what, JsonNode answer) {
    String type = answer.path("schemaType").asText("AVRO");
    if (!type.equals("AVRO")) {
      throw new UnknownSchemaException(what + " is of type " + type + ", expected AVRO", null);
    }
    if (!answer.path("references").isEmpty()) {
      throw new UnknownSchemaException(
          what + " refers to other subjects, expected a schema complete in itself", null);
    }
    try {
      return new Schema.Parser().parse(answer.path("schema").asText());
    } catch (SchemaParseException e) {
      throw new UnknownSchemaException(what + " is no Avro schema: " + e.getMessage(), e);
    }
  }

  private static UnknownSchemaException unknown(int id, Throwable cause) {
    return new UnknownSchemaException("the registry knows no schema " + id, cause);
  }

  private static String encode(String subject) {
    return URLEncoder.encode(subject, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
