package io.fermata.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.fermata.embedded.EmbeddedRegistry;
import io.fermata.embedded.FreePorts;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Laws 2 and 7: a process that is killed with {@code kill -9} at random moments and started again
 * leaves nothing out, does nothing twice, and has counted right.
 */
@ExtendWith(SharedBroker.class)
@Timeout(value = 300, unit = TimeUnit.SECONDS)
class CrashTest {

  private static final Logger LOG = LoggerFactory.getLogger(CrashTest.class);

  private static final long SEED = Long.getLong("fermata.test.crash.seed", 20_260_307);
  private static final int KILLS = Integer.getInteger("fermata.test.crash.kills", 6);
  private static final int CUSTOMERS = 30;
  private static final int RECORDS = 3_000;
  private static final double BAD = 0.03;

  @TempDir Path folder;

  private EmbeddedRegistry registry;
  private PipelineProcess process;
  private int port;

  @BeforeEach
  void startRegistry() throws IOException {
    registry = EmbeddedRegistry.start(0);
    port = FreePorts.free();
  }

  @AfterEach
  void stopAll() throws InterruptedException {
    if (process != null) {
      process.kill();
    }
    registry.close();
  }

  @Test
  void shouldEndWithTheSameViewsWhenKilledAtRandomMoments(TestBroker broker) throws Exception {
    Random random = new Random(SEED);
    try (Sandbox sandbox = new Sandbox(broker, registry.url(), "crash", folder, Map.of())) {
      Workload workload =
          Workload.of(
              SEED, CUSTOMERS, RECORDS, BAD, sandbox.topics().touchpoints(), sandbox.codecs());
      Path config = config(broker, sandbox);
      int withoutState = 1 + random.nextInt(KILLS);
      int sent = 0;
      for (int kill = 1; kill <= KILLS; kill++) {
        start(config);
        int until = workload.size() * kill / (KILLS + 1);
        long committed = sandbox.group().committed();
        sandbox.send(workload, sent, until);
        sent = until;
        String moment = awaitMoment(random, sandbox.group(), committed);
        process.kill();
        LOG.info("kill {} of {}, {}, {} records sent", kill, KILLS, moment, sent);
        if (kill == withoutState) {
          delete(folder.resolve("state"));
          LOG.info("its state folder is lost");
        }
      }
      start(config);
      sandbox.send(workload, sent, workload.size());
      PublishedViews views = sandbox.awaitEnd("crash test, seed " + SEED, workload, Sandbox.RULES);
      assertThat(process.isAlive()).as(process.lastWords()).isTrue();
      assertThat(Counts.scrape(URI.create("http://127.0.0.1:" + port + "/metrics")))
          .as("the metrics of the last process, seed %d", SEED)
          .isEqualTo(Counts.expected(workload));
      assertThat(process.terminate()).as(process.lastWords()).isTrue();
      LOG.info(
          "crash test, seed {}: {} kills, {} touchpoints ({} duplicates, {} dead letters) of {}"
              + " customers, {} alerts, {} journeys, 0 differences",
          SEED,
          KILLS,
          workload.size(),
          workload.duplicates(),
          workload.dead(),
          workload.customers(),
          views.last().alerts().size(),
          views.last().journeys().size());
    }
  }

  private void start(Path config) throws IOException {
    process = PipelineProcess.start(config, folder.resolve("pipeline.log"));
  }

  private Path config(TestBroker broker, Sandbox sandbox) throws IOException {
    return PipelineProcess.config(
        folder.resolve("fermata.yaml"),
        Map.of(
            "kafka.bootstrap.servers", broker.bootstrapServers(),
            "registry.schema.registry.url", registry.url(),
            "topics.prefix", sandbox.topics().prefix(),
            "topics.partitions", "3",
            "streams.applicationId", "crash",
            "streams.instanceId", "crash-0",
            "streams.threads", "2",
            "state.dir", folder.resolve("state").toString(),
            "http.port", Integer.toString(port)));
  }

  /** Starting, restoring or at work: any moment will do, as long as most are at work. */
  private String awaitMoment(Random random, Group group, long committed) {
    Duration pause;
    if (random.nextInt(4) == 0) {
      pause = Duration.ofMillis(random.nextInt(3_000));
      LockSupport.parkNanos(pause.toNanos());
      return pause + " after its start";
    }
    Await.until(
        "the pipeline goes on",
        () -> group.committed() > committed || !process.isAlive(),
        process::lastWords);
    assertThat(process.isAlive()).as(process.lastWords()).isTrue();
    pause = Duration.ofMillis(random.nextInt(300));
    LockSupport.parkNanos(pause.toNanos());
    return pause + " after a commit";
  }

  private static void delete(Path root) throws IOException {
    if (!Files.exists(root)) {
      return;
    }
    try (Stream<Path> files = Files.walk(root)) {
      List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
      for (Path file : deepestFirst) {
        Files.delete(file);
      }
    }
  }
}
