package io.fermata.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Alerts as CloudEvents. */
class CloudEventsTest extends PipelineTest {

  private static final String[] NAMES = {
    "ce_specversion", "ce_id", "ce_type", "ce_source", "ce_time", "content-type"
  };

  private static List<Map<String, String>> raisedAndRetracted(TestPipeline pipeline, String topic) {
    pipeline.arrives(promise("t1", 0));
    pipeline.tick(START + 2 * HOUR);
    pipeline.arrives(callback("t2", HOUR));
    return pipeline.headersOf(topic);
  }

  private List<Map<String, String>> headers(String source, String topic) {
    try (TestPipeline pipeline = new TestPipeline(replay(), source)) {
      return raisedAndRetracted(pipeline, topic);
    }
  }

  @Test
  void shouldSayWhatHappenedWithoutAClock() {
    String topic = TestPipeline.TOPICS.alerts();
    List<Map<String, String>> headers = headers("urn:fermata:test", topic);
    assertThat(headers).hasSize(2);
    Map<String, String> raised = headers.get(0);
    assertThat(raised)
        .containsOnlyKeys(
            "change", "ce_specversion", "ce_id", "ce_type", "ce_source", "ce_time", "content-type")
        .containsEntry("change", "RAISED")
        .containsEntry("ce_specversion", "1.0")
        .containsEntry("ce_type", "io.fermata.alert.raised")
        .containsEntry("ce_source", "urn:fermata:test")
        .containsEntry("ce_time", "2026-03-01T11:00:00Z")
        .containsEntry("content-type", "application/vnd.apache.avro");
    assertThat(headers.get(1)).containsEntry("ce_type", "io.fermata.alert.retracted");
    assertThat(headers.get(1).get("ce_id"))
        .isNotEqualTo(raised.get("ce_id"))
        .startsWith(raised.get("ce_id").substring(0, 32));
    assertThat(headers("urn:fermata:test", topic)).as("a replay").isEqualTo(headers);
  }

  @Test
  void shouldLeaveTombstonesAlone() {
    List<Map<String, String>> headers = headers("urn:x", TestPipeline.TOPICS.alertsLatest());
    assertThat(headers).hasSize(2);
    assertThat(headers.get(0)).containsKeys(NAMES);
    assertThat(headers.get(1)).containsOnlyKeys("change");
  }

  @Test
  void shouldWriteNoneWhereNoSourceIsConfigured() {
    assertThat(headers("", TestPipeline.TOPICS.alerts()))
        .hasSize(2)
        .allSatisfy(each -> assertThat(each).containsOnlyKeys("change"));
  }
}
