package io.fermata.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TopicsTest {

  private final Topics topics = Topics.withPrefix("fermata.");

  @Test
  void shouldHaveAConstantForEveryTopic() throws IllegalAccessException {
    List<String> constants = new ArrayList<>();
    for (Field field : Topics.class.getFields()) {
      if (Modifier.isStatic(field.getModifiers())) {
        constants.add((String) field.get(null));
      }
    }
    assertThat(topics.specs()).extracting(TopicSpec::suffix).containsExactlyElementsOf(constants);
  }

  @Test
  void shouldPutThePrefixBeforeEveryName() {
    assertThat(topics.name(Topics.ALERTS_LATEST)).isEqualTo("fermata.alerts-latest");
    assertThat(Topics.withPrefix("x-").name(Topics.INBOX)).isEqualTo("x-inbox");
    assertThatThrownBy(() -> topics.name("nothing"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no topic nothing");
  }

  @Test
  void shouldGiveSettingsByKafkasNames() {
    assertThat(topics.spec(Topics.ALERTS).settings())
        .isEqualTo(
            Map.of(
                "cleanup.policy", "delete",
                "retention.ms", Long.toString(Duration.ofDays(90).toMillis()),
                "message.timestamp.type", "LogAppendTime",
                "compression.type", "uncompressed"));
    assertThat(topics.spec(Topics.JOURNEYS).settings())
        .isEqualTo(
            Map.of(
                "cleanup.policy", "compact",
                "compression.type", "uncompressed",
                "max.compaction.lag.ms", Long.toString(Duration.ofDays(7).toMillis())));
  }

  @Test
  void shouldStampDeletedTopicsOnArrival() {
    assertThat(topics.specs())
        .filteredOn(spec -> spec.cleanup() == TopicSpec.Cleanup.DELETE)
        .allSatisfy(
            spec ->
                assertThat(spec.configs())
                    .containsEntry("message.timestamp.type", "LogAppendTime"));
  }

  @Test
  void shouldLetEveryClientReadWhatIsPublished() {
    List<String> ours =
        List.of(
            Topics.TOUCHPOINTS,
            Topics.IDENTITY_LINKS,
            Topics.INBOX,
            Topics.SURVEYS_SENT,
            Topics.SCORE_DELTAS,
            Topics.SCORE_COMPARISONS,
            Topics.PILLAR_DELTAS,
            Topics.DEAD_LETTERS,
            Topics.ERASURES);
    assertThat(topics.specs())
        .filteredOn(spec -> !ours.contains(spec.suffix()))
        .hasSize(11)
        .allSatisfy(
            spec -> assertThat(spec.configs()).containsEntry("compression.type", "uncompressed"));
  }

  @Test
  void shouldRefuseARetentionThatDoesNotGoWithTheCleanup() {
    assertThatThrownBy(
            () ->
                new TopicSpec(
                    "x",
                    "p",
                    "k",
                    "v",
                    TopicSpec.Partitions.ANY,
                    null,
                    TopicSpec.Cleanup.COMPACT,
                    Duration.ofDays(1),
                    null))
        .hasMessageContaining("x: a topic has a retention exactly when its cleanup is delete");
    assertThatThrownBy(
            () ->
                new TopicSpec(
                    "x",
                    "p",
                    "k",
                    "v",
                    TopicSpec.Partitions.ANY,
                    "group",
                    TopicSpec.Cleanup.COMPACT,
                    null,
                    null))
        .hasMessageContaining("x: a co-partitioned topic needs the configured number");
  }
}
