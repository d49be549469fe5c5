package io.fermata.runtime.config;

import java.util.LinkedHashMap;
import java.util.Map;

/** The schema registry and the value serializer, by the names Confluent gave the properties. */
@Section(
    "The schema registry and the value serializer; property names are those of Confluent's"
        + " serializers.")
public record RegistryConfig(
    @Property(
            name = "schema.registry.url",
            doc =
                "The registry's base address; several separated by commas are tried in turn. For"
                    + " Apicurio, the address that ends in `/apis/ccompat/v7`.",
            defaultValue = "http://localhost:8081")
        String url,
    @Property(
            name = "value.serializer",
            doc =
                "Class of the serializer for record values. Empty takes the one that is built in;"
                    + " with the profile `confluent`,"
                    + " `io.confluent.kafka.serializers.KafkaAvroSerializer` is there too.")
        String valueSerializer,
    @Property(
            name = "value.deserializer",
            doc = "Class of the deserializer for record values. Empty takes the built-in one.")
        String valueDeserializer,
    @Property(
            name = "*",
            doc =
                "Any other property of the serializers, such as `auto.register.schemas`,"
                    + " `basic.auth.credentials.source`, `basic.auth.user.info`,"
                    + " `schema.registry.ssl.truststore.location`; handed on as it is.")
        Map<String, String> properties) {

  public RegistryConfig {
    properties = Map.copyOf(properties);
  }

  /** Every property the serializers are configured with. */
  public Map<String, String> serializerProperties() {
    Map<String, String> all = new LinkedHashMap<>(properties);
    all.put("schema.registry.url", url);
    return all;
  }
}
