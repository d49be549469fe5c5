package io.fermata.runtime;

import io.fermata.runtime.TopicDifference.Kind;
import io.fermata.runtime.config.TopicsConfig;
import io.fermata.topology.TopicSpec;
import io.fermata.topology.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.CreateTopicsResult;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares a cluster's topics with the contract and creates what is missing. Waits for a cluster
 * that does not answer yet, longer each time, up to {@code topics.startTimeout}.
 *
 * <p>Retention and other settings are the operator's to tune once a topic is there; only what the
 * pipeline's answers depend on is compared.
 */
public final class TopicAdmin implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(TopicAdmin.class);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  private final Admin admin;
  private final String bootstrapServers;
  private final TopicsConfig config;
  private final Topics topics;

  /**
   * @param clientProperties how to reach the cluster, {@code bootstrap.servers} included
   */
  public TopicAdmin(Map<String, String> clientProperties, TopicsConfig config) {
    this.bootstrapServers = clientProperties.get("bootstrap.servers");
    this.config = config;
    this.topics = Topics.withPrefix(config.prefix());
    Map<String, Object> properties = new HashMap<>(clientProperties);
    // Short, so that the wait for the cluster is ours to report.
    properties.putIfAbsent("default.api.timeout.ms", "10000");
    properties.putIfAbsent("request.timeout.ms", "5000");
    this.admin = Admin.create(properties);
  }

  /** What differs from the contract, in its order; empty when nothing does. */
  public List<TopicDifference> check() {
    return waiting(this::differences);
  }

  /**
   * Creates the topics that are missing.
   *
   * @return the names of the topics created
   * @throws TopicMismatchException when a topic that is there differs; nothing is created then
   */
  public List<String> create() {
    List<TopicDifference> found = check();
    List<TopicDifference> lasting =
        found.stream().filter(difference -> difference.kind() != Kind.MISSING).toList();
    if (!lasting.isEmpty()) {
      throw new TopicMismatchException(lasting);
    }
    Set<String> missing =
        found.stream().map(TopicDifference::topic).collect(Collectors.toUnmodifiableSet());
    List<NewTopic> created =
        topics.specs().stream()
            .filter(spec -> missing.contains(spec.name(config.prefix())))
            .map(this::newTopic)
            .toList();
    List<String> names = waiting(() -> create(created));
    waiting(this::requireAll);
    waiting(() -> awaitLeaders(names));
    return names;
  }

  /**
   * What {@code topics.create} says: creates what is missing, or only checks.
   *
   * @throws TopicMismatchException when the topics cannot be used as they are
   */
  public void prepare() {
    if (config.create()) {
      List<String> created = create();
      if (!created.isEmpty()) {
        LOG.info("Created the topics {}", String.join(", ", created));
      }
      return;
    }
    List<TopicDifference> found = check();
    if (!found.isEmpty()) {
      throw new TopicMismatchException(found);
    }
  }

  private NewTopic newTopic(TopicSpec spec) {
    Optional<Short> replicas =
        config.replicationFactor() < 1
            ? Optional.empty()
            : Optional.of((short) config.replicationFactor());
    return new NewTopic(spec.name(config.prefix()), Optional.of(config.partitions()), replicas)
        .configs(spec.settings());
  }

  private List<String> create(List<NewTopic> wanted)
      throws ExecutionException, InterruptedException {
    CreateTopicsResult result = admin.createTopics(wanted);
    List<String> created = new ArrayList<>();
    for (NewTopic topic : wanted) {
      try {
        result.values().get(topic.name()).get();
        created.add(topic.name());
      } catch (ExecutionException e) {
        // Another instance that starts at the same time was faster.
        if (!(e.getCause() instanceof TopicExistsException)) {
          throw e;
        }
      }
    }
    return created;
  }

  /** A created topic is known to the brokers a moment later than to the controller. */
  private List<TopicDifference> requireAll() throws ExecutionException, InterruptedException {
    List<TopicDifference> found = differences();
    for (TopicDifference difference : found) {
      if (difference.kind() == Kind.MISSING) {
        throw new ExecutionException(
            new UnknownTopicOrPartitionException(difference.topic() + " is not there yet"));
      }
    }
    return found;
  }

  /**
   * Asks every partition for its end, which its leader alone can say. A producer that writes before
   * there is a leader may see its batches out of order, and try them until they expire.
   */
  private Map<TopicPartition, ?> awaitLeaders(List<String> names)
      throws ExecutionException, InterruptedException {
    Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
    for (TopicDescription topic : admin.describeTopics(names).allTopicNames().get().values()) {
      topic
          .partitions()
          .forEach(
              partition ->
                  ends.put(
                      new TopicPartition(topic.name(), partition.partition()),
                      OffsetSpec.latest()));
    }
    return admin.listOffsets(ends).all().get();
  }

  private List<TopicDifference> differences() throws ExecutionException, InterruptedException {
    Set<String> existing = admin.listTopics().names().get();
    List<String> present =
        topics.specs().stream()
            .map(spec -> spec.name(config.prefix()))
            .filter(existing::contains)
            .toList();
    Map<String, TopicDescription> descriptions =
        admin.describeTopics(present).allTopicNames().get();
    Map<String, Config> settings = settings(present);
    List<TopicDifference> found = new ArrayList<>();
    for (TopicSpec spec : topics.specs()) {
      String name = spec.name(config.prefix());
      if (descriptions.containsKey(name)) {
        compare(spec, name, descriptions.get(name).partitions().size(), settings.get(name), found);
      } else {
        found.add(
            new TopicDifference(
                name,
                Kind.MISSING,
                config.partitions() + " partitions, " + spec.cleanupPolicy(),
                "nothing"));
      }
    }
    return found;
  }

  private Map<String, Config> settings(Collection<String> names)
      throws ExecutionException, InterruptedException {
    List<ConfigResource> resources =
        names.stream().map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name)).toList();
    Map<String, Config> settings = new HashMap<>();
    for (Map.Entry<ConfigResource, KafkaFuture<Config>> entry :
        admin.describeConfigs(resources).values().entrySet()) {
      settings.put(entry.getKey().name(), entry.getValue().get());
    }
    return settings;
  }

  private void compare(
      TopicSpec spec, String name, int partitions, Config settings, List<TopicDifference> found) {
    if (spec.partitions() == TopicSpec.Partitions.CONFIGURED && partitions != config.partitions()) {
      found.add(
          new TopicDifference(
              name,
              Kind.PARTITIONS,
              Integer.toString(config.partitions()),
              Integer.toString(partitions)));
    }
    String cleanup = settings.get("cleanup.policy").value();
    if (!cleanup.equals(spec.cleanupPolicy())) {
      found.add(new TopicDifference(name, Kind.CLEANUP, spec.cleanupPolicy(), cleanup));
    }
    String least = spec.configs().get("max.message.bytes");
    String most = settings.get("max.message.bytes").value();
    if (least != null && Long.parseLong(most) < Long.parseLong(least)) {
      found.add(new TopicDifference(name, Kind.MAX_MESSAGE_BYTES, "at least " + least, most));
    }
  }

  /** Repeats a request while the cluster does not answer, until the time is over. */
  private <T> T waiting(Request<T> request) {
    long deadline = System.nanoTime() + config.startTimeout().toNanos();
    Duration pause = FIRST_PAUSE;
    while (true) {
      try {
        return request.send();
      } catch (ExecutionException e) {
        boolean over = System.nanoTime() + pause.toNanos() > deadline;
        if (!(e.getCause() instanceof RetriableException) || over) {
          throw new ClusterUnavailableException(
              "the Kafka cluster at " + bootstrapServers + ": " + e.getCause().getMessage(), e);
        }
        LOG.warn(
            "The Kafka cluster at {} is not ready yet ({}); asking again in {}",
            bootstrapServers,
            e.getCause().getMessage(),
            pause);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new ClusterUnavailableException("interrupted while asking the cluster", e);
      }
      sleep(pause);
      pause =
          pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0
              ? LONGEST_PAUSE
              : pause.multipliedBy(2);
    }
  }

  private static void sleep(Duration pause) {
    try {
      TimeUnit.NANOSECONDS.sleep(pause.toNanos());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ClusterUnavailableException("interrupted while waiting for the cluster", e);
    }
  }

  @FunctionalInterface
  private interface Request<T> {
    T send() throws ExecutionException, InterruptedException;
  }

  @Override
  public void close() {
    admin.close(Duration.ofSeconds(5));
  }
}
