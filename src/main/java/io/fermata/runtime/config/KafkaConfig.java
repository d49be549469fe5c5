package io.fermata.runtime.config;

import java.util.LinkedHashMap;
import java.util.Map;

/** The cluster, and whatever else the Kafka clients are told. */
@Section("The Kafka cluster, and any property of the Kafka clients and of Kafka Streams.")
public record KafkaConfig(
    @Property(
            name = "bootstrap.servers",
            doc = "Where the cluster is reached, `host:port` separated by commas.",
            defaultValue = "localhost:9092")
        String bootstrapServers,
    @Property(
            name = "*",
            doc =
                "Any other property of the Kafka clients or of Kafka Streams by its own name, such"
                    + " as `security.protocol`, `sasl.jaas.config`, `consumer.max.poll.records`;"
                    + " handed on as it is.")
        Map<String, String> properties) {

  public KafkaConfig {
    properties = Map.copyOf(properties);
  }

  /** Every property of this section by the clients' own names. */
  public Map<String, String> clientProperties() {
    Map<String, String> all = new LinkedHashMap<>(properties);
    all.put("bootstrap.servers", bootstrapServers);
    return all;
  }
}
