package io.fermata.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fermata.runtime.config.ConfigurationException;
import io.fermata.runtime.config.FermataConfig;
import java.util.Map;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;

class StreamsSettingsTest {

  private static Map<String, Object> settings(Map<String, String> environment) {
    return StreamsSettings.of(FermataConfig.load(null, environment));
  }

  @Test
  void shouldSetWhatTheLawsDependOn() {
    Map<String, Object> settings =
        settings(
            Map.of(
                "FERMATA_STREAMS_INSTANCE_ID", "pod-0",
                "FERMATA_STREAMS_STANDBY_REPLICAS", "1",
                "FERMATA_TOPICS_PREFIX", "x.",
                "FERMATA_KAFKA_SECURITY_PROTOCOL", "PLAINTEXT"));
    assertThat(settings)
        .containsEntry("processing.guarantee", "exactly_once_v2")
        .containsEntry("ensure.explicit.internal.resource.naming", true)
        .containsEntry("processing.exception.handler.global.enabled", true)
        .containsEntry("errors.dead.letter.queue.topic.name", "x.dead-letters")
        .containsEntry("group.instance.id", "pod-0")
        .containsEntry("num.standby.replicas", 1)
        .containsEntry("commit.interval.ms", 100L)
        .containsEntry("producer.batch.size", "131072")
        .containsEntry("security.protocol", "PLAINTEXT")
        .containsEntry("bootstrap.servers", "localhost:9092");
    assertThat(new StreamsConfig(settings).getInt("replication.factor")).isEqualTo(-1);
  }

  @Test
  void shouldNameTheInstanceAfterTheHostUnlessToldNot() {
    assertThat(settings(Map.of()).get("group.instance.id")).asString().isNotBlank();
    assertThat(settings(Map.of("FERMATA_STREAMS_INSTANCE_ID", "none")))
        .doesNotContainKey("group.instance.id");
    assertThat(settings(Map.of("FERMATA_STREAMS_GROUP_PROTOCOL", "streams")))
        .containsEntry("group.protocol", "streams")
        .doesNotContainKeys("group.instance.id", "num.standby.replicas");
  }

  @Test
  void shouldRefuseWhatAnotherKeyOrTheDesignDecides() {
    assertThatThrownBy(
            () ->
                settings(
                    Map.of(
                        "FERMATA_KAFKA_APPLICATION_ID", "mine",
                        "FERMATA_KAFKA_PROCESSING_GUARANTEE", "at_least_once",
                        "FERMATA_KAFKA_CONSUMER_GROUP_INSTANCE_ID", "me")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContainingAll(
            "kafka.application.id: is set by streams.applicationId",
            "kafka.processing.guarantee: cannot be changed",
            "kafka.consumer.group.instance.id: is set by streams.instanceId");
    assertThatThrownBy(
            () ->
                settings(
                    Map.of(
                        "FERMATA_STREAMS_GROUP_PROTOCOL", "streams",
                        "FERMATA_STREAMS_STANDBY_REPLICAS", "1")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("streams.standbyReplicas: expected 0");
  }
}
