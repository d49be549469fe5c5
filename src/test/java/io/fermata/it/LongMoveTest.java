package io.fermata.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.fermata.codec.InboxRecord;
import io.fermata.embedded.EmbeddedRegistry;
import io.fermata.embedded.FreePorts;
import io.fermata.identity.Stitcher;
import io.fermata.model.Channel;
import io.fermata.model.Direction;
import io.fermata.model.Identifier;
import io.fermata.model.Touchpoint;
import io.fermata.topology.Topics;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One long journey moves to another name on a broker, and the pipeline is killed twice in the
 * middle of it: while touchpoints leave, and while they are handed over. {@code
 * -Dfermata.touchpoints=N} says how long it is.
 */
@ExtendWith(SharedBroker.class)
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class LongMoveTest {

  private static final Logger LOG = LoggerFactory.getLogger(LongMoveTest.class);

  private static final int TOUCHPOINTS = Integer.getInteger("fermata.touchpoints", 15_000);
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final Identifier COOKIE = new Identifier("cookie", "k");
  private static final Identifier CUSTOMER = new Identifier("customer", "C");
  private static final long START = Instant.parse("2021-03-01T00:00:00Z").toEpochMilli();
  private static final long MINUTE = Duration.ofMinutes(1).toMillis();

  @TempDir Path folder;

  private EmbeddedRegistry registry;
  private PipelineProcess pipeline;

  @BeforeEach
  void startRegistry() throws IOException {
    registry = EmbeddedRegistry.start(0);
  }

  @AfterEach
  void stopAll() throws InterruptedException {
    if (pipeline != null) {
      pipeline.kill();
    }
    registry.close();
  }

  @Test
  void shouldLoseAndDoubleNothingWhenItIsKilledInTheMiddle(TestBroker broker) throws Exception {
    Map<String, String> layout = Map.of("FERMATA_LATENESS_ALLOWED", "P3650D");
    try (Sandbox sandbox = new Sandbox(broker, registry.url(), "long-move", folder, layout)) {
      Workload workload = Workload.empty(sandbox.topics().touchpoints(), sandbox.codecs());
      for (int i = 0; i < TOUCHPOINTS; i++) {
        workload.add(touchpoint("t" + i, i, List.of(COOKIE)));
      }
      workload.add(touchpoint("login", TOUCHPOINTS, List.of(CUSTOMER, COOKIE)));
      start(broker, sandbox);
      sandbox.send(workload, 0, TOUCHPOINTS);
      Await.until(
          "the anonymous journey is folded", sandbox::isThrough, pipeline::lastWords, PATIENCE);
      try (Moves moves = new Moves(broker, sandbox)) {
        sandbox.send(workload, TOUCHPOINTS, TOUCHPOINTS + 1);
        int batches = TOUCHPOINTS / Stitcher.BATCH;
        int leaving = killOnce(moves, "leaving", () -> moves.sweeps >= batches / 3);
        assertThat(moves.moved).as("moved before all had left").isZero();
        start(broker, sandbox);
        killOnce(moves, "handing over", () -> moves.moved >= TOUCHPOINTS / 3);
        int movedAtKill = moves.moved;
        assertThat(movedAtKill).as("it was not over when it was killed").isLessThan(TOUCHPOINTS);
        start(broker, sandbox);
        Await.until("all have moved", sandbox::isThrough, pipeline::lastWords, PATIENCE);
        moves.poll();

        assertThat(moves.moved).as("touchpoints handed over").isEqualTo(TOUCHPOINTS);
        assertThat(moves.mostTouchpoints).isLessThanOrEqualTo(Stitcher.BATCH);
        assertThat(moves.mostBytes).isLessThan(1024 * 1024);
        sandbox.awaitEnd("long move", workload, Sandbox.RULES);
        LOG.info(
            "long move: {} touchpoints, killed after {} of {} sweeps and after {} were handed over;"
                + " the largest message had {} touchpoints and {} bytes; 0 differences",
            TOUCHPOINTS,
            leaving,
            moves.sweeps,
            movedAtKill,
            moves.mostTouchpoints,
            moves.mostBytes);
      }
    }
  }

  /** Kills it as soon as that much is committed; how many sweeps were by then. */
  private int killOnce(Moves moves, String when, java.util.function.BooleanSupplier condition)
      throws InterruptedException {
    Await.until(
        when,
        () -> {
          moves.poll();
          return condition.getAsBoolean();
        },
        () -> moves + "\n" + pipeline.lastWords(),
        PATIENCE);
    pipeline.kill();
    moves.poll();
    return moves.sweeps;
  }

  /** What is committed in the inbox since this was made. */
  private static final class Moves implements AutoCloseable {

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Sandbox sandbox;
    private final String inbox;
    int sweeps;
    int moved;
    int mostTouchpoints;
    int mostBytes;

    Moves(TestBroker broker, Sandbox sandbox) {
      this.sandbox = sandbox;
      this.inbox = sandbox.topics().prefix() + Topics.INBOX;
      consumer =
          new KafkaConsumer<>(
              Map.of(
                  "bootstrap.servers",
                  broker.bootstrapServers(),
                  "isolation.level",
                  "read_committed",
                  "fetch.max.wait.ms",
                  "100"),
              new ByteArrayDeserializer(),
              new ByteArrayDeserializer());
      List<TopicPartition> partitions =
          consumer.partitionsFor(inbox).stream()
              .map(info -> new TopicPartition(inbox, info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToEnd(partitions);
      partitions.forEach(consumer::position);
    }

    /** Reads on until nothing comes for a moment. */
    void poll() {
      for (var records = consumer.poll(Duration.ofMillis(200));
          !records.isEmpty();
          records = consumer.poll(Duration.ofMillis(50))) {
        records.forEach(this::take);
      }
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
      mostBytes = Math.max(mostBytes, record.value().length);
      InboxRecord message = sandbox.codecs().inbox().deserialize(inbox, record.value());
      if (message instanceof InboxRecord.Sweep) {
        sweeps++;
      } else if (message instanceof InboxRecord.Move move) {
        moved += move.touchpoints().size();
        mostTouchpoints = Math.max(mostTouchpoints, move.touchpoints().size());
      }
    }

    @Override
    public String toString() {
      return sweeps + " sweeps, " + moved + " moved";
    }

    @Override
    public void close() {
      consumer.close();
    }
  }

  private static Touchpoint touchpoint(String id, long minutes, List<Identifier> identifiers) {
    boolean call = minutes % 200 == 0;
    return Touchpoint.builder()
        .id(id)
        .occurredAt(START + minutes * MINUTE)
        .identifiers(identifiers)
        .channel(call ? Channel.VOICE : Channel.WEB)
        .direction(call ? Direction.INBOUND : Direction.SELF)
        .type(call ? "contact.ended" : "page.viewed")
        .waitSeconds(call ? 400 : null)
        .build();
  }

  private void start(TestBroker broker, Sandbox sandbox) throws IOException {
    Map<String, String> values = new HashMap<>();
    values.put("kafka.bootstrap.servers", broker.bootstrapServers());
    values.put("registry.schema.registry.url", registry.url());
    values.put("topics.prefix", sandbox.topics().prefix());
    values.put("topics.partitions", "3");
    values.put("streams.applicationId", "long-move");
    values.put("streams.instanceId", "long-move-0");
    values.put("streams.threads", "1");
    values.put("streams.commitInterval", "PT0.05S");
    values.put("lateness.allowed", "P3650D");
    values.put("state.dir", folder.resolve("state-run").toString());
    values.put("http.port", Integer.toString(FreePorts.free()));
    Path config = PipelineProcess.config(folder.resolve("fermata.yaml"), values);
    pipeline = PipelineProcess.start(config, folder.resolve("pipeline.log"));
  }
}
