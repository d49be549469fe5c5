package io.fermata.runtime;

import io.fermata.runtime.config.ConfigurationException;
import io.fermata.runtime.config.FermataConfig;
import io.fermata.runtime.config.StreamingConfig;
import io.fermata.topology.RouteSettings;
import io.fermata.topology.Topics;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsConfig;

/** The configuration as properties of Kafka Streams. */
public final class StreamsSettings {

  /** An instance id that turns static membership off. */
  public static final String NO_INSTANCE_ID = "none";

  /** Of one partition: with the client's own 16 KiB, each commit makes requests by the dozen. */
  private static final int BATCH_BYTES = 128 * 1024;

  /** What any record may have: a dead letter carries a touchpoint that was too large, and more. */
  private static final int RECORD_BYTES = 2 * 1024 * 1024;

  /** Touchpoints of one customer that can lie in one record of a store, late ones included. */
  private static final int STORED_TOGETHER = 20;

  /** As topics.yaml says for the topics. */
  private static final Duration COMPACTED_WITHIN = Duration.ofDays(7);

  /** What the laws depend on, and the key of ours that sets it where there is one. */
  private static final Map<String, String> OURS = new TreeMap<>();

  static {
    OURS.put(StreamsConfig.APPLICATION_ID_CONFIG, "streams.applicationId");
    OURS.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, "streams.threads");
    OURS.put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, "streams.standbyReplicas");
    OURS.put(StreamsConfig.GROUP_PROTOCOL_CONFIG, "streams.groupProtocol");
    OURS.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, "streams.commitInterval");
    OURS.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, "streams.instanceId");
    OURS.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, "topics.replicationFactor");
    OURS.put(StreamsConfig.STATE_DIR_CONFIG, "state.dir");
    OURS.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, "state.cacheBytes");
    OURS.put(StreamsConfig.APPLICATION_SERVER_CONFIG, "http.advertised");
    OURS.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, null);
    OURS.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, null);
    OURS.put(StreamsConfig.PROCESSING_EXCEPTION_HANDLER_GLOBAL_ENABLED_CONFIG, null);
    OURS.put(StreamsConfig.ERRORS_DEAD_LETTER_QUEUE_TOPIC_NAME_CONFIG, null);
    OURS.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, null);
    OURS.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, null);
  }

  private StreamsSettings() {}

  /**
   * Everything {@code kafka.*} says, and over it what this program depends on.
   *
   * @throws ConfigurationException when {@code kafka.*} sets what another key or the design decides
   */
  public static Map<String, Object> of(FermataConfig config) {
    refuseOurs(config.kafka().properties());
    Map<String, Object> settings = new HashMap<>();
    settings.put(
        StreamsConfig.producerPrefix(ProducerConfig.BATCH_SIZE_CONFIG),
        Integer.toString(BATCH_BYTES));
    // A task has one partition: there is no other to wait for.
    settings.put(StreamsConfig.MAX_TASK_IDLE_MS_CONFIG, StreamsConfig.MAX_TASK_IDLE_MS_DISABLED);
    String largest = Integer.toString(largestRecord(config));
    settings.put(StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG), largest);
    // The changelogs must take what the stores may hold, whatever the broker's own limit is.
    settings.put(StreamsConfig.topicPrefix(TopicConfig.MAX_MESSAGE_BYTES_CONFIG), largest);
    // What has been erased must leave the changelogs too, however little is written to them.
    settings.put(
        StreamsConfig.topicPrefix(TopicConfig.MAX_COMPACTION_LAG_MS_CONFIG),
        Long.toString(COMPACTED_WITHIN.toMillis()));
    settings.put(StreamsConfig.DEFAULT_KEY_SERDE_CLASS_CONFIG, Serdes.StringSerde.class);
    settings.put(StreamsConfig.DEFAULT_VALUE_SERDE_CLASS_CONFIG, Serdes.ByteArraySerde.class);
    settings.putAll(config.kafka().clientProperties());
    putState(settings, config);
    putGroup(settings, config.streams());
    settings.put(StreamsConfig.APPLICATION_SERVER_CONFIG, InstanceAddress.of(config));
    settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    settings.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
    settings.put(StreamsConfig.PROCESSING_EXCEPTION_HANDLER_GLOBAL_ENABLED_CONFIG, true);
    settings.put(
        StreamsConfig.ERRORS_DEAD_LETTER_QUEUE_TOPIC_NAME_CONFIG,
        Topics.withPrefix(config.topics().prefix()).name(Topics.DEAD_LETTERS));
    settings.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, config.topics().replicationFactor());
    return settings;
  }

  private static int largestRecord(FermataConfig config) {
    int touchpoint = config.limits().recordBytes();
    if (touchpoint > RouteSettings.MAX_CARRIED_BYTES) {
      throw new ConfigurationException(
          "limits.recordBytes: expected at most "
              + RouteSettings.MAX_CARRIED_BYTES
              + ", which the inbox can carry, found "
              + touchpoint);
    }
    return RECORD_BYTES + STORED_TOGETHER * touchpoint;
  }

  private static void putState(Map<String, Object> settings, FermataConfig config) {
    settings.put(StreamsConfig.STATE_DIR_CONFIG, config.state().dir().toString());
    settings.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, config.state().cacheBytes());
    settings.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, RocksDbMemory.class);
    settings.put(RocksDbMemory.BYTES, Long.toString(config.state().rocksdbBytes()));
  }

  private static void putGroup(Map<String, Object> settings, StreamingConfig streams) {
    settings.put(StreamsConfig.APPLICATION_ID_CONFIG, streams.applicationId());
    settings.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, streams.threads());
    settings.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, streams.commitInterval().toMillis());
    settings.put(StreamsConfig.GROUP_PROTOCOL_CONFIG, streams.groupProtocol());
    // Standby replicas and static membership exist in the classic protocol only; with the other
    // one the group's own configuration on the broker sets the former.
    if (streams.groupProtocol().equals("classic")) {
      settings.put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, streams.standbyReplicas());
      if (isStatic(streams)) {
        settings.put(CommonClientConfigs.GROUP_INSTANCE_ID_CONFIG, instanceId(streams));
      }
    } else if (streams.standbyReplicas() > 0) {
      throw new ConfigurationException(
          "streams.standbyReplicas: expected 0 with streams.groupProtocol streams, found "
              + streams.standbyReplicas()
              + "; set streams.num.standby.replicas of the group on the broker");
    }
  }

  /** Whether an instance has a name of its own that a restart leaves as it is. */
  static boolean isStatic(StreamingConfig streams) {
    return streams.groupProtocol().equals("classic")
        && !streams.instanceId().equals(NO_INSTANCE_ID);
  }

  static String instanceId(StreamingConfig streams) {
    if (!streams.instanceId().isBlank()) {
      return streams.instanceId();
    }
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      throw new ConfigurationException(
          "streams.instanceId: expected a name, since this host has none: " + e.getMessage(), e);
    }
  }

  private static void refuseOurs(Map<String, String> properties) {
    List<String> problems = new ArrayList<>();
    new TreeMap<>(properties)
        .forEach(
            (name, value) -> {
              String bare = name.replaceFirst("^(main\\.)?consumer\\.", "");
              if (OURS.containsKey(bare)) {
                String instead = OURS.get(bare);
                problems.add(
                    "kafka."
                        + name
                        + ": "
                        + (instead == null ? "cannot be changed" : "is set by " + instead));
              }
            });
    if (!problems.isEmpty()) {
      throw ConfigurationException.of(problems);
    }
  }
}
