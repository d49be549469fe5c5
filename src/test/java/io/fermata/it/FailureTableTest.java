package io.fermata.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fermata.codec.registry.RegistryRefusedException;
import io.fermata.model.Channel;
import io.fermata.model.DeadLetterReason;
import io.fermata.model.Direction;
import io.fermata.model.Touchpoint;
import io.fermata.model.TouchpointBuilder;
import io.fermata.rules.CompiledKind;
import io.fermata.rules.CompiledRule;
import io.fermata.rules.PlannedRule;
import io.fermata.rules.RuleSet;
import io.fermata.runtime.Pipeline;
import io.fermata.runtime.SchemasRefusedException;
import io.fermata.runtime.StreamsRunner;
import io.fermata.topology.PipelineListener;
import io.fermata.topology.RegistryPatience;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.NetworkClient;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.streams.errors.MissingSourceTopicException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The table of {@code docs/failures.md}, row by row. */
@ExtendWith(SharedBroker.class)
@Timeout(value = 240, unit = TimeUnit.SECONDS)
class FailureTableTest {

  private static final long SEED = 20_260_302;
  private static final long NOW = System.currentTimeMillis();
  private static final long MINUTE = Duration.ofMinutes(1).toMillis();

  /** The registry's client gives up soon, so that it is the pipeline that waits. */
  private static final Map<String, String> IMPATIENT_CLIENT =
      Map.of(
          "FERMATA_REGISTRY_MAX_RETRIES", "1",
          "FERMATA_REGISTRY_RETRIES_WAIT_MS", "100");

  @TempDir Path folder;

  private RestartableRegistry registry;

  @BeforeEach
  void startRegistry() throws IOException {
    registry = new RestartableRegistry();
  }

  @AfterEach
  void stopRegistry() {
    registry.close();
  }

  private Sandbox sandbox(TestBroker broker, String name, Map<String, String> more) {
    return new Sandbox(broker, registry.url(), name, folder, more);
  }

  private static Pipeline started(Sandbox sandbox, Map<String, String> more) {
    return started(sandbox, more, Sandbox.RULES);
  }

  private static Pipeline started(Sandbox sandbox, Map<String, String> more, RuleSet rules) {
    Pipeline pipeline = Pipeline.live(sandbox.config(more), rules, PipelineListener.NONE);
    pipeline.start();
    return pipeline;
  }

  private static Workload generated(Sandbox sandbox, int records, double bad) {
    return Workload.of(SEED, 8, records, bad, sandbox.topics().touchpoints(), sandbox.codecs());
  }

  private static Workload empty(Sandbox sandbox) {
    return Workload.empty(sandbox.topics().touchpoints(), sandbox.codecs());
  }

  /** A page view that no rule knows, so many minutes ago. */
  private static TouchpointBuilder view(String customer, String id, long minutesAgo) {
    return Touchpoint.builder()
        .id(id)
        .occurredAt(NOW - minutesAgo * MINUTE)
        .identifier("customer", customer)
        .channel(Channel.WEB)
        .direction(Direction.SELF)
        .type("test.viewed");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Text that does not compress well. */
  private static String noise(int length) {
    byte[] noise = new byte[(length + 1) / 2];
    new Random(SEED).nextBytes(noise);
    return HexFormat.of().formatHex(noise).substring(0, length);
  }

  @Test
  void shouldBuryWhatCannotBeFoldedAndFoldTheRest(TestBroker broker) {
    try (Sandbox sandbox = sandbox(broker, "buried", Map.of("FERMATA_LATENESS_ALLOWED", "PT1H"));
        Pipeline pipeline = started(sandbox, Map.of())) {
      Workload workload = empty(sandbox);
      byte[] good = framed(sandbox, view("C-1", "t1", 30).build());
      byte[] key = bytes("customer:C-1");
      workload.addDead(null, null, DeadLetterReason.UNDECODABLE);
      workload.addDead(key, bytes("not Avro at all"), DeadLetterReason.UNDECODABLE);
      workload.addDead(key, new byte[] {0, 0, 0}, DeadLetterReason.UNDECODABLE);
      workload.addDead(key, Arrays.copyOf(good, good.length / 2), DeadLetterReason.UNDECODABLE);
      workload.addDead(
          key,
          ByteBuffer.wrap(good.clone()).putInt(1, 4711).array(),
          DeadLetterReason.UNKNOWN_SCHEMA);
      workload.addDead(
          null,
          framed(sandbox, view("C-1", "t2", 30).waitSeconds(-1).build()),
          DeadLetterReason.INVALID);
      workload.addDead(
          key, framed(sandbox, view("C-1", "t3", -10).build()), DeadLetterReason.FROM_THE_FUTURE);
      workload.addDead(
          key,
          framed(sandbox, view("C-1", "t4", 30).agent(noise(256 * 1024)).build()),
          DeadLetterReason.TOO_LARGE);
      workload.add(view("C-1", "t1", 30).build());
      addTooLate(sandbox, workload);

      sandbox.send(workload);

      sandbox.awaitEnd("dead letters of every reason", workload, Sandbox.RULES);
      assertThat(pipeline.runner().failure()).isEmpty();
    }
  }

  /** More touchpoints than lie between two snapshots, twice, more than the lateness apart. */
  private static void addTooLate(Sandbox sandbox, Workload workload) {
    for (int i = 0; i < 80; i++) {
      workload.add(view("C-2", "old-" + i, 300 - i).build());
    }
    for (int i = 0; i < 80; i++) {
      workload.add(view("C-2", "new-" + i, 100 - i).build());
    }
    workload.add(view("C-2", "late", 75).build());
    workload.addDead(
        bytes("customer:C-2"),
        framed(sandbox, view("C-2", "too-late", 310).build()),
        DeadLetterReason.TOO_LATE);
  }

  private static byte[] framed(Sandbox sandbox, Touchpoint touchpoint) {
    return sandbox.codecs().touchpoints().serialize(sandbox.topics().touchpoints(), touchpoint);
  }

  @Test
  void shouldCarryWhatIsLargeAndLeaveWhatIsTooLargeEvenForTheDeadLetters(TestBroker broker)
      throws Exception {
    try (Sandbox sandbox = sandbox(broker, "large", Map.of())) {
      Workload giant = empty(sandbox);
      giant.addDead(bytes("key"), new byte[3 * 1024 * 1024], DeadLetterReason.TOO_LARGE);
      assertThatThrownBy(() -> sandbox.send(giant))
          .hasRootCauseInstanceOf(RecordTooLargeException.class);
      allow(broker, sandbox.topics().touchpoints(), 4 * 1024 * 1024);
      Workload workload = empty(sandbox);
      String noise = noise(250 * 1024);
      for (int i = 0; i < 20; i++) {
        workload.add(view("C-1", "in-order-" + i, 200 - i).agent(noise).build());
      }
      for (int i = 0; i < 4; i++) {
        workload.add(view("C-1", "late-" + i, 195).agent(noise).build());
      }
      sandbox.send(workload);
      try (Pipeline pipeline = started(sandbox, Map.of())) {
        sandbox.awaitEnd("large touchpoints", workload, Sandbox.RULES);
        sandbox.send(giant);
        Await.until(
            "the giant is a dead letter", () -> !sandbox.committed().deadLetters().isEmpty());
        ConsumerRecord<byte[], byte[]> letter = sandbox.committed().deadLetters().get(0);
        assertThat(letter.key()).isNull();
        assertThat(letter.value()).isNull();
        assertThat(header(letter, "fermata.reason")).isEqualTo("TOO_LARGE");
        assertThat(header(letter, "fermata.detail")).contains("lies only where it came from");
        assertThat(header(letter, "__streams.errors.partition")).isNotBlank();
        assertThat(header(letter, "__streams.errors.offset")).isNotBlank();
        assertThat(pipeline.runner().failure()).isEmpty();
      }
    }
  }

  private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
    return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
  }

  private static void allow(TestBroker broker, String topic, int bytes) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      AlterConfigOp allow =
          new AlterConfigOp(
              new ConfigEntry("max.message.bytes", Integer.toString(bytes)),
              AlterConfigOp.OpType.SET);
      admin
          .incrementalAlterConfigs(
              Map.of(new ConfigResource(ConfigResource.Type.TOPIC, topic), List.of(allow)))
          .all()
          .get();
    }
  }

  @Test
  void shouldBuryATouchpointOnWhichARuleFails(TestBroker broker) {
    CompiledRule like = Sandbox.RULES.rules().get(0);
    Map<Integer, Set<String>> anyType = new HashMap<>();
    anyType.put(PlannedRule.START, null);
    RuleSet defective =
        new RuleSet(
            List.of(
                new RuleSet.Indexed(
                    new CompiledRule(
                        like.rule(),
                        like.key(),
                        new CompiledKind.Single(FailureTableTest::failOnPoison, null)),
                    anyType)));
    try (Sandbox sandbox = sandbox(broker, "defective", Map.of());
        Pipeline pipeline = started(sandbox, Map.of(), defective)) {
      Workload workload = empty(sandbox);
      workload.add(view("C-1", "before", 20).build());
      workload.addDead(
          bytes("customer:C-1"),
          framed(sandbox, view("C-1", "poison", 15).build()),
          DeadLetterReason.RULE_FAILED);
      workload.add(view("C-1", "after", 10).build());

      sandbox.send(workload);

      sandbox.awaitEnd("a rule that fails", workload, defective);
      assertThat(pipeline.runner().failure()).isEmpty();
    }
  }

  private static boolean failOnPoison(Touchpoint touchpoint) {
    if (touchpoint.id().equals("poison")) {
      throw new IllegalStateException("a defect");
    }
    return false;
  }

  @Test
  void shouldWaitWhileTheRegistryIsDownAndLoseNothing(TestBroker broker) throws IOException {
    try (Sandbox sandbox = sandbox(broker, "registry-down", IMPATIENT_CLIENT);
        LogCapture asking = new LogCapture("io.fermata.runtime.SchemaAdmin");
        LogCapture tries = new LogCapture(RegistryPatience.class.getName())) {
      Workload workload = generated(sandbox, 300, 0.02);
      sandbox.send(workload);
      registry.takeDown();
      try (Pipeline pipeline =
          Pipeline.live(sandbox.config(Map.of()), Sandbox.RULES, PipelineListener.NONE)) {
        CompletableFuture<Void> start = CompletableFuture.runAsync(pipeline::start);
        Await.until("it has asked again and again", () -> asking.count() >= 3);
        assertThat(sandbox.group().committed()).isZero();
        registry.bringBack();
        start.join();
        sandbox.awaitEnd("registry down at the start", workload, Sandbox.RULES);

        int first = workload.size();
        addForeign(sandbox, workload);
        registry.takeDown();
        sandbox.send(workload, first, workload.size());
        Await.until("it has asked again and again", () -> tries.count() >= 5);
        registry.bringBack();
        sandbox.awaitEnd("registry down when a schema is new", workload, Sandbox.RULES);
        assertThat(pipeline.runner().failure()).isEmpty();
        assertThat(pipeline.runner().replacedThreads()).isZero();
      }
    }
  }

  private void addForeign(Sandbox sandbox, Workload workload) throws IOException {
    int id =
        registry.register(sandbox.topics().touchpoints() + "-value", ForeignTouchpoints.schema());
    for (int i = 0; i < 30; i++) {
      Touchpoint touchpoint = view("C-" + i % 10, "foreign-" + i, 60 - i).build();
      workload.add(touchpoint, ForeignTouchpoints.of(framed(sandbox, touchpoint), id));
    }
  }

  @Test
  void shouldNotStartWhenTheRegistryRefuses(TestBroker broker) {
    try (Sandbox sandbox = sandbox(broker, "registry-wrong", IMPATIENT_CLIENT)) {
      Map<String, String> wrong =
          Map.of("FERMATA_REGISTRY_SCHEMA_REGISTRY_URL", registry.url() + "/nothing/here");
      assertThatThrownBy(() -> started(sandbox, wrong))
          .isInstanceOf(SchemasRefusedException.class)
          .hasMessageContaining("is schema.registry.url the base address of its API?");
    }
  }

  @Test
  void shouldStopAndSayWhyWhenTheRegistryRefusesWhileRunning(TestBroker broker) throws Exception {
    try (Sandbox sandbox = sandbox(broker, "registry-refuses", IMPATIENT_CLIENT)) {
      Workload workload = generated(sandbox, 50, 0);
      addForeign(sandbox, workload);
      try (Pipeline pipeline = started(sandbox, Map.of())) {
        registry.setRefusing(true);
        sandbox.send(workload);
        pipeline.runner().awaitEnd();
        assertThat(rootCause(pipeline.runner()))
            .isInstanceOf(RegistryRefusedException.class)
            .hasMessageContaining("401");
        assertThat(pipeline.runner().health().live()).isFalse();
      }
      registry.setRefusing(false);
      assertThat(sandbox.committed().deadLetters()).isEmpty();
      try (Pipeline again = started(sandbox, Map.of())) {
        sandbox.awaitEnd("registry lets us in again", workload, Sandbox.RULES);
        assertThat(again.runner().failure()).isEmpty();
      }
    }
  }

  private static Throwable rootCause(StreamsRunner runner) {
    Throwable cause = runner.failure().orElseThrow();
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }

  @Test
  void shouldGoOnByItselfWhenTheBrokerComesBack() {
    try (TestBroker own = TestBroker.start();
        Sandbox sandbox = sandbox(own, "broker-down", Map.of());
        Pipeline pipeline = started(sandbox, Map.of());
        LogCapture complaints = new LogCapture(NetworkClient.class.getName())) {
      Workload workload = generated(sandbox, 600, 0.02);
      sandbox.send(workload, 0, 300);
      Await.until("it is at work", () -> sandbox.group().committed() > 0);
      own.takeDown();
      int before = complaints.count();
      Await.until("the clients have missed the broker", () -> complaints.count() >= before + 10);
      own.bringBack();
      sandbox.send(workload, 300, workload.size());
      sandbox.awaitEnd("broker restarted", workload, Sandbox.RULES);
      assertThat(pipeline.runner().failure()).isEmpty();
    }
  }

  @Test
  void shouldGoOnWhenTheBrokerWasAwayForLongerThanTheClientsWait() {
    Map<String, String> impatient =
        Map.of(
            "FERMATA_KAFKA_PRODUCER_MAX_BLOCK_MS", "2000",
            "FERMATA_KAFKA_PRODUCER_DELIVERY_TIMEOUT_MS", "4000",
            "FERMATA_KAFKA_PRODUCER_REQUEST_TIMEOUT_MS", "2000",
            "FERMATA_KAFKA_TASK_TIMEOUT_MS", "2000");
    try (TestBroker own = TestBroker.start();
        Sandbox sandbox = sandbox(own, "broker-away", impatient);
        Pipeline pipeline = started(sandbox, Map.of());
        LogCapture complaints = new LogCapture(NetworkClient.class.getName())) {
      StreamsRunner runner = pipeline.runner();
      Workload workload = generated(sandbox, 4_000, 0.02);
      sandbox.send(workload);
      Await.until("it is at work", () -> sandbox.group().committed() > 0);
      own.takeDown();
      int before = complaints.count();
      // A thread that had just committed everything has nothing to give up.
      Await.until(
          "the thread has given up, or the clients have missed the broker for long",
          () ->
              runner.replacedThreads() > 0
                  || runner.failure().isPresent()
                  || complaints.count() >= before + 100);
      assertThat(runner.failure()).isEmpty();
      assertThat(runner.health().live()).isTrue();
      own.bringBack();
      sandbox.awaitEnd("broker away for long", workload, Sandbox.RULES);
      assertThat(runner.failure()).isEmpty();
    }
  }

  @Test
  void shouldRestoreWhenTheStateFolderIsLost(TestBroker broker) throws IOException {
    try (Sandbox sandbox = sandbox(broker, "state-lost", Map.of())) {
      Workload workload = generated(sandbox, 400, 0.02);
      try (Pipeline pipeline = started(sandbox, state("first"))) {
        sandbox.send(workload, 0, 200);
        Await.until("half of it is through", sandbox::isThrough);
        assertThat(pipeline.runner().failure()).isEmpty();
      }
      try (Pipeline pipeline = started(sandbox, state("second"))) {
        sandbox.send(workload, 200, workload.size());
        sandbox.awaitEnd("state folder lost", workload, Sandbox.RULES);
        assertThat(pipeline.runner().failure()).isEmpty();
      }
    }
  }

  private Map<String, String> state(String name) {
    return Map.of("FERMATA_STATE_DIR", folder.resolve(name).toString());
  }

  @Test
  void shouldNotStartWhenTheStateFolderIsNoFolder(TestBroker broker) throws IOException {
    Path file = Files.createFile(folder.resolve("a-file"));
    try (Sandbox sandbox = sandbox(broker, "state-unusable", Map.of())) {
      assertThatThrownBy(
              () -> started(sandbox, Map.of("FERMATA_STATE_DIR", file.toString())).close())
          .hasStackTraceContaining(file.toString());
    }
  }

  @Test
  void shouldStopAndSayWhyWhenATopicDisappears(TestBroker broker) throws Exception {
    try (Sandbox sandbox = sandbox(broker, "topic-gone", Map.of());
        Pipeline pipeline = started(sandbox, Map.of())) {
      Workload workload = generated(sandbox, 20, 0);
      sandbox.send(workload);
      sandbox.awaitEnd("before the topic is gone", workload, Sandbox.RULES);
      try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
        admin.deleteTopics(List.of(sandbox.topics().touchpoints())).all().get();
      }
      pipeline.runner().awaitEnd();
      assertThat(rootCause(pipeline.runner())).isInstanceOf(MissingSourceTopicException.class);
    }
  }
}
