package io.fermata.topology;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * One topic of the contract.
 *
 * @param suffix the name without the configured prefix
 * @param purpose what it is for, one sentence
 * @param key what the record key is
 * @param value the Avro record of the value, or what else it is
 * @param partitions how many partitions it must have
 * @param copartition group of topics where the same key lies in the same partition; null for none
 * @param cleanup what becomes of old records
 * @param retention how long deleted topics keep records; null for compacted ones
 * @param configs further topic settings by Kafka's names
 */
public record TopicSpec(
    String suffix,
    String purpose,
    String key,
    String value,
    Partitions partitions,
    String copartition,
    Cleanup cleanup,
    Duration retention,
    Map<String, String> configs) {

  /** How many partitions a topic must have. */
  public enum Partitions {
    /** Exactly {@code topics.partitions}. */
    CONFIGURED,
    /** Created with {@code topics.partitions}, any number will do. */
    ANY
  }

  /** What becomes of old records, by Kafka's names in lower case. */
  public enum Cleanup {
    DELETE,
    COMPACT
  }

  public TopicSpec {
    Objects.requireNonNull(suffix, "suffix");
    Objects.requireNonNull(purpose, "purpose of " + suffix);
    Objects.requireNonNull(key, "key of " + suffix);
    Objects.requireNonNull(value, "value of " + suffix);
    Objects.requireNonNull(partitions, "partitions of " + suffix);
    Objects.requireNonNull(cleanup, "cleanup of " + suffix);
    if ((cleanup == Cleanup.DELETE) != (retention != null)) {
      throw new IllegalArgumentException(
          suffix + ": a topic has a retention exactly when its cleanup is delete");
    }
    if (copartition != null && partitions != Partitions.CONFIGURED) {
      throw new IllegalArgumentException(
          suffix + ": a co-partitioned topic needs the configured number of partitions");
    }
    configs = configs == null ? Map.of() : Map.copyOf(configs);
  }

  public String name(String prefix) {
    return prefix + suffix;
  }

  /** Every topic setting by Kafka's names, cleanup and retention included. */
  public Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>(configs);
    settings.put("cleanup.policy", cleanupPolicy());
    if (retention != null) {
      settings.put("retention.ms", Long.toString(retention.toMillis()));
    }
    return settings;
  }

  /** As Kafka writes it. */
  public String cleanupPolicy() {
    return cleanup == Cleanup.COMPACT ? "compact" : "delete";
  }
}
