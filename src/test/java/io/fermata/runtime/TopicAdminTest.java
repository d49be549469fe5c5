package io.fermata.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fermata.embedded.BrokerOptions;
import io.fermata.embedded.EmbeddedBroker;
import io.fermata.embedded.FreePorts;
import io.fermata.it.SharedBroker;
import io.fermata.it.TestBroker;
import io.fermata.runtime.TopicDifference.Kind;
import io.fermata.runtime.config.TopicsConfig;
import io.fermata.topology.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedBroker.class)
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class TopicAdminTest {

  private static final int TOPICS = Topics.withPrefix("").specs().size();

  private static TestBroker broker;

  @BeforeAll
  static void useBroker(TestBroker shared) {
    broker = shared;
  }

  private static TopicsConfig config(String prefix, boolean create) {
    return new TopicsConfig(prefix, 2, 1, create, Duration.ofSeconds(30), "");
  }

  private static TopicAdmin admin(TopicsConfig config) {
    return new TopicAdmin(Map.of("bootstrap.servers", broker.bootstrapServers()), config);
  }

  private static void createDirectly(NewTopic... topics)
      throws ExecutionException, InterruptedException {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      admin.createTopics(List.of(topics)).all().get();
    }
  }

  @Test
  void shouldCreateWhatIsMissingAndNothingTwice() {
    try (TopicAdmin admin = admin(config("create.", true))) {
      assertThat(admin.check()).hasSize(TOPICS).allMatch(found -> found.kind() == Kind.MISSING);
      assertThat(admin.create())
          .hasSize(TOPICS)
          .contains("create.touchpoints", "create.dead-letters");
      assertThat(admin.check()).isEmpty();
      assertThat(admin.create()).isEmpty();
      admin.prepare();
    }
  }

  @Test
  void shouldRefuseToStartWithTheListOfDifferencesWhenCreationIsOff() {
    try (TopicAdmin admin = admin(config("check.", false))) {
      assertThatThrownBy(admin::prepare)
          .isInstanceOf(TopicMismatchException.class)
          .hasMessageContainingAll(
              "check.touchpoints: missing (2 partitions, delete)",
              "check.journeys: missing (2 partitions, compact)");
      assertThat(admin.check()).hasSize(TOPICS);
    }
  }

  @Test
  void shouldNameWhatDiffersAndCreateNothing() throws Exception {
    createDirectly(
        new NewTopic("differs.inbox", 3, (short) 1)
            .configs(Map.of("max.message.bytes", "1000", "cleanup.policy", "delete")),
        new NewTopic("differs.journeys", 5, (short) 1).configs(Map.of("cleanup.policy", "delete")));
    try (TopicAdmin admin = admin(config("differs.", true))) {
      assertThatThrownBy(admin::prepare)
          .isInstanceOf(TopicMismatchException.class)
          .hasMessageContainingAll(
              "differs.inbox: partitions expected 2, found 3",
              "differs.inbox: max.message.bytes expected at least 2097152, found 1000",
              "differs.journeys: cleanup.policy expected compact, found delete");
      assertThat(admin.check())
          .filteredOn(found -> found.kind() == Kind.MISSING)
          .hasSize(TOPICS - 2);
    }
  }

  @Test
  void shouldWaitWhenTheBrokerIsNotThereYet() throws Exception {
    int port = FreePorts.free();
    Map<String, String> properties = Map.of("bootstrap.servers", "127.0.0.1:" + port);
    try (TopicAdmin admin = new TopicAdmin(properties, config("later.", true))) {
      CompletableFuture<List<String>> created = CompletableFuture.supplyAsync(admin::create);
      try (EmbeddedBroker late = EmbeddedBroker.start(BrokerOptions.defaults().withPort(port))) {
        assertThat(created.get(60, TimeUnit.SECONDS)).hasSize(TOPICS);
        assertThat(late.fault()).isEmpty();
      }
    }
  }

  @Test
  void shouldNameTheClusterWhenItNeverAnswers() throws Exception {
    String address = "127.0.0.1:" + FreePorts.free();
    TopicsConfig impatient = new TopicsConfig("never.", 1, 1, true, Duration.ofMillis(1), "");
    Map<String, String> properties =
        Map.of(
            "bootstrap.servers", address,
            "default.api.timeout.ms", "500",
            "request.timeout.ms", "400");
    try (TopicAdmin admin = new TopicAdmin(properties, impatient)) {
      assertThatThrownBy(admin::check)
          .isInstanceOf(ClusterUnavailableException.class)
          .hasMessageContaining("the Kafka cluster at " + address);
    }
  }
}
