package io.fermata.it;

import io.fermata.embedded.EmbeddedRegistry;
import io.fermata.runtime.Pipeline;
import io.fermata.topology.PipelineListener;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Law 5: partitions, threads, instances, caches and commit intervals don't change the views. */
@ExtendWith(SharedBroker.class)
@Timeout(value = 180, unit = TimeUnit.SECONDS)
class LayoutTest {

  private static final long SEED = 20_260_301;
  private static final int CUSTOMERS = 12;
  private static final int RECORDS = 800;

  private static EmbeddedRegistry registry;

  @TempDir Path folder;

  @BeforeAll
  static void startRegistry() throws IOException {
    registry = EmbeddedRegistry.start(0);
  }

  @AfterAll
  static void stopRegistry() {
    registry.close();
  }

  @ParameterizedTest(
      name = "{0} partitions, {1} threads, {2} instances, cache {3}, commit interval {4}")
  @CsvSource({
    "1, 1, 1, 67108864, PT1S",
    "1, 1, 1, 0,        PT0.05S",
    "3, 2, 1, 0,        PT1S",
    "3, 2, 1, 67108864, PT0.05S",
    "3, 1, 2, 67108864, PT0.05S",
    "3, 2, 2, 0,        PT1S",
  })
  void shouldEndWithTheSameViewsWhenTheLayoutDiffers(
      int partitions, int threads, int instances, long cache, String interval, TestBroker broker) {
    String name =
        "layout-%d-%d-%d-%d-%s".formatted(partitions, threads, instances, cache, interval);
    Map<String, String> layout =
        Map.of(
            "FERMATA_TOPICS_PARTITIONS", Integer.toString(partitions),
            "FERMATA_STREAMS_THREADS", Integer.toString(threads),
            "FERMATA_STATE_CACHE_BYTES", Long.toString(cache),
            "FERMATA_STREAMS_COMMIT_INTERVAL", interval);
    try (Sandbox sandbox = new Sandbox(broker, registry.url(), name, folder, layout)) {
      Workload workload =
          Workload.of(
              SEED, CUSTOMERS, RECORDS, 0.02, sandbox.topics().touchpoints(), sandbox.codecs());
      List<Pipeline> running = new ArrayList<>();
      try {
        for (int i = 0; i < instances; i++) {
          Pipeline pipeline =
              Pipeline.live(
                  sandbox.config(
                      Map.of(
                          "FERMATA_STREAMS_INSTANCE_ID",
                          "instance-" + i,
                          "FERMATA_STATE_DIR",
                          folder.resolve("state-" + i).toString())),
                  Sandbox.RULES,
                  PipelineListener.NONE);
          running.add(pipeline);
          pipeline.start();
        }
        sandbox.send(workload);
        sandbox.awaitEnd(name + ", seed " + SEED, workload, Sandbox.RULES);
      } finally {
        running.forEach(Pipeline::close);
      }
    }
  }
}
