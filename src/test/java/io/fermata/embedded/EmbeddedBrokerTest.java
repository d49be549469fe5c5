package io.fermata.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.Exit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 120, unit = TimeUnit.SECONDS)
class EmbeddedBrokerTest {

  private static final String TOPIC = "greetings";

  @Test
  void shouldKeepCommittedRecordsWhenRestartedOnTheSamePortAndFolder(@TempDir Path folder)
      throws Exception {
    BrokerOptions options = BrokerOptions.defaults().withFolder(folder.resolve("broker"));
    int port;
    try (EmbeddedBroker broker = EmbeddedBroker.start(options)) {
      port = broker.port();
      createTopic(broker.bootstrapServers());
      sendInTransaction(broker.bootstrapServers(), "kept", true);
      sendInTransaction(broker.bootstrapServers(), "aborted", false);
      assertThat(readCommitted(broker.bootstrapServers(), 1)).containsExactly("kept");
      assertThat(broker.fault()).isEmpty();
    }
    try (EmbeddedBroker broker = EmbeddedBroker.start(options.withPort(port))) {
      assertThat(broker.port()).isEqualTo(port);
      sendInTransaction(broker.bootstrapServers(), "later", true);
      assertThat(readCommitted(broker.bootstrapServers(), 2)).containsExactly("kept", "later");
    }
    assertThat(folder.resolve("broker")).isDirectory();
  }

  @Test
  void shouldRemoveItsTemporaryFolderWhenClosed() {
    Path folder;
    try (EmbeddedBroker broker = EmbeddedBroker.start()) {
      folder = broker.folder();
      assertThat(folder).isDirectory();
    }
    assertThat(folder).doesNotExist();
  }

  @Test
  void shouldSayWhichAddressIsTakenWhenThePortIsNotFree() {
    try (EmbeddedBroker broker = EmbeddedBroker.start()) {
      BrokerOptions taken = BrokerOptions.defaults().withPort(broker.port());
      assertThatThrownBy(() -> EmbeddedBroker.start(taken))
          .isInstanceOf(BrokerFailedException.class)
          .hasMessageContaining("cannot listen on " + broker.bootstrapServers());
    }
  }

  @Test
  void shouldThrowInsteadOfEndingTheProcessWhenKafkaCallsExit() {
    ExitGuard.install();
    assertThatThrownBy(() -> Exit.halt(3, "log folder failed"))
        .isInstanceOf(BrokerFailedException.class)
        .hasMessage("the embedded broker called halt(3): log folder failed");
    assertThatThrownBy(() -> Exit.exit(4))
        .isInstanceOf(BrokerFailedException.class)
        .hasMessage("the embedded broker called exit(4)");
  }

  @Test
  void shouldKeepCommittedRecordsWhenTheBrokerProcessIsKilled() throws Exception {
    Path folder;
    try (BrokerProcess first = BrokerProcess.start()) {
      folder = first.options().folder();
      assertThat(first.pid()).isNotEqualTo(ProcessHandle.current().pid());
      createTopic(first.bootstrapServers());
      sendInTransaction(first.bootstrapServers(), "kept", true);
      first.kill();
      assertThat(first.isAlive()).isFalse();
      try (BrokerProcess second = BrokerProcess.start(first.options())) {
        assertThat(second.bootstrapServers()).isEqualTo(first.bootstrapServers());
        assertThat(readCommitted(second.bootstrapServers(), 1)).containsExactly("kept");
        second.stop();
        assertThat(second.isAlive()).isFalse();
        assertThat(Files.isDirectory(folder)).isTrue();
      }
    }
    assertThat(folder).doesNotExist();
  }

  private static void createTopic(String bootstrapServers)
      throws InterruptedException, ExecutionException {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
      admin.createTopics(List.of(new NewTopic(TOPIC, 1, (short) 1))).all().get();
    }
  }

  private static void sendInTransaction(String bootstrapServers, String value, boolean commit)
      throws InterruptedException, ExecutionException {
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrapServers, "transactional.id", "greeter"),
            new StringSerializer(),
            new StringSerializer())) {
      producer.initTransactions();
      producer.beginTransaction();
      producer.send(new ProducerRecord<>(TOPIC, "key", value)).get();
      if (commit) {
        producer.commitTransaction();
      } else {
        producer.abortTransaction();
      }
    }
  }

  private static List<String> readCommitted(String bootstrapServers, int count) {
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", bootstrapServers, "isolation.level", "read_committed"),
            new StringDeserializer(),
            new StringDeserializer())) {
      List<TopicPartition> partitions = List.of(new TopicPartition(TOPIC, 0));
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      List<String> values = new ArrayList<>();
      while (values.size() < count) {
        for (ConsumerRecord<String, String> entry : consumer.poll(Duration.ofMillis(200))) {
          values.add(entry.value());
        }
      }
      return values;
    }
  }
}
