package io.fermata.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fermata.it.SharedBroker;
import io.fermata.it.TestBroker;
import io.fermata.runtime.config.FermataConfig;
import io.fermata.serve.HealthState;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SharedBroker.class)
@Timeout(value = 180, unit = TimeUnit.SECONDS)
class StreamsRunnerTest {

  private static final String POISON = "poison";

  private static TestBroker broker;

  @TempDir Path folder;

  @BeforeAll
  static void useBroker(TestBroker shared) {
    broker = shared;
  }

  /** Remembers the last value per key in RocksDB and passes it on; fails on a poisoned one. */
  private static final class Remember implements ProcessorSupplier<String, byte[], String, byte[]> {

    @Override
    public Set<StoreBuilder<?>> stores() {
      return Set.of(
          Stores.keyValueStoreBuilder(
              Stores.persistentKeyValueStore("last-values"), Serdes.String(), Serdes.ByteArray()));
    }

    @Override
    public Processor<String, byte[], String, byte[]> get() {
      return new Processor<>() {
        private ProcessorContext<String, byte[]> context;
        private KeyValueStore<String, byte[]> store;

        @Override
        public void init(ProcessorContext<String, byte[]> processorContext) {
          context = processorContext;
          store = context.getStateStore("last-values");
        }

        @Override
        public void process(Record<String, byte[]> input) {
          if (new String(input.value(), StandardCharsets.UTF_8).equals(POISON)) {
            throw new IllegalArgumentException("a defect");
          }
          store.put(input.key(), input.value());
          context.forward(input);
        }
      };
    }
  }

  private static Topology topology(String name) {
    return new Topology()
        .addSource("read-input", name + "-in")
        .addProcessor("remember-value", new Remember(), "read-input")
        .addSink("write-output", name + "-out", "remember-value");
  }

  private StreamsRunner runner(String name) throws ExecutionException, InterruptedException {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      admin
          .createTopics(
              List.of(
                  new NewTopic(name + "-in", 2, (short) 1),
                  new NewTopic(name + "-out", 1, (short) 1),
                  new NewTopic(name + "-dead-letters", 1, (short) 1)))
          .all()
          .get();
    }
    return restarted(name);
  }

  private StreamsRunner restarted(String name) {
    Map<String, String> environment =
        Map.of(
            "FERMATA_KAFKA_BOOTSTRAP_SERVERS",
            broker.bootstrapServers(),
            "FERMATA_TOPICS_PREFIX",
            name + "-",
            "FERMATA_STREAMS_APPLICATION_ID",
            name,
            "FERMATA_STREAMS_INSTANCE_ID",
            name,
            "FERMATA_STATE_DIR",
            folder.toString());
    FermataConfig config = FermataConfig.load(null, environment);
    return new StreamsRunner(
        topology(name), StreamsSettings.of(config), config.streams().closeTimeout());
  }

  private static void send(String topic, String value)
      throws ExecutionException, InterruptedException {
    try (KafkaProducer<String, byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", broker.bootstrapServers()),
            new StringSerializer(),
            new ByteArraySerializer())) {
      producer
          .send(new ProducerRecord<>(topic, "key", value.getBytes(StandardCharsets.UTF_8)))
          .get();
    }
  }

  private static void awaitOutput(String topic, int count) {
    try (KafkaConsumer<String, byte[]> consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers",
                broker.bootstrapServers(),
                "isolation.level",
                "read_committed"),
            new StringDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> partitions = List.of(new TopicPartition(topic, 0));
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      for (int seen = 0; seen < count; ) {
        ConsumerRecords<String, byte[]> batch = consumer.poll(Duration.ofMillis(200));
        seen += batch.count();
      }
    }
  }

  @Test
  void shouldBeReadyOnceItWorksAndCloseCleanlyAndGoOnWhenStartedAgain() throws Exception {
    HealthState health;
    try (StreamsRunner runner = runner("clean")) {
      health = runner.health();
      assertThat(health.ready()).isFalse();
      assertThat(health.live()).isTrue();
      runner.start();
      send("clean-in", "one");
      awaitOutput("clean-out", 1);
      awaitReady(health);
      assertThat(health.details())
          .containsEntry("state", "RUNNING")
          .containsEntry("activeTasks", "2")
          .containsEntry("unreadableStores", "");
      runner.close();
      runner.awaitEnd();
      assertThat(runner.failure()).isEmpty();
    }
    assertThat(health.ready()).isFalse();
    try (StreamsRunner again = restarted("clean")) {
      again.start();
      send("clean-in", "two");
      awaitOutput("clean-out", 2);
    }
  }

  @Test
  void shouldEndAndSayWhyWhenAProcessorIsDefective() throws Exception {
    try (StreamsRunner runner = runner("defect")) {
      runner.start();
      send("defect-in", POISON);
      runner.awaitEnd();
      assertThat(runner.failure())
          .get()
          .extracting(StreamsRunnerTest::rootCause)
          .isInstanceOf(IllegalArgumentException.class);
      assertThat(runner.health().live()).isFalse();
      assertThat(runner.health().details()).containsKey("failure");
      assertThat(runner.replacedThreads()).isZero();
    }
  }

  /** A first record may be through a moment before the instance says that it runs. */
  private static void awaitReady(HealthState health) {
    while (!health.ready()) {
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
  }

  private static Throwable rootCause(Throwable thrown) {
    return Optional.ofNullable(thrown.getCause()).map(StreamsRunnerTest::rootCause).orElse(thrown);
  }

  @Test
  void shouldTakeAFailureForPassingWhenKafkaSaysSo() {
    assertThat(StreamsRunner.isPassing(new StreamsException(new TimeoutException("slow"))))
        .isTrue();
    assertThat(StreamsRunner.isPassing(new StreamsException(new IllegalStateException("broken"))))
        .isFalse();
  }

  /** As after a commit that timed out; of itself the producer does not say that it is retriable. */
  @Test
  void shouldTakeAProducerAtOddsWithItsTransactionForAPassingFailure() {
    Map<String, Object> settings =
        Map.of("bootstrap.servers", "127.0.0.1:1", "transactional.id", "never-initialised");
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      assertThatThrownBy(producer::beginTransaction)
          .isInstanceOf(IllegalStateException.class)
          .satisfies(
              thrown -> assertThat(StreamsRunner.isPassing(new StreamsException(thrown))).isTrue());
    }
  }

  /** As after records that expired while the brokers were away; under load it came this way. */
  @Test
  void shouldTakeRecordsThatNobodyAcknowledgedForAPassingFailure() throws Exception {
    String transactions = "org.apache.kafka.clients.producer.internals.TransactionManager";
    String unacknowledged = "maybeResolveSequences";
    assertThat(Class.forName(transactions).getDeclaredMethods())
        .extracting(Method::getName)
        .contains(unacknowledged);

    assertThat(StreamsRunner.isPassing(failedTransaction(transactions, unacknowledged))).isTrue();
    assertThat(StreamsRunner.isPassing(failedTransaction(transactions, "handleResponse")))
        .isFalse();
    assertThat(StreamsRunner.isPassing(failedTransaction("com.example.Own", unacknowledged)))
        .isFalse();
  }

  private static StreamsException failedTransaction(String className, String method) {
    KafkaException unacknowledged = new KafkaException("no acknowledgment");
    unacknowledged.setStackTrace(
        new StackTraceElement[] {new StackTraceElement(className, method, null, -1)});
    return new StreamsException(new KafkaException("in an error state", unacknowledged));
  }
}
