package io.fermata.runtime;

import io.fermata.codec.registry.RegistryUnavailableException;
import io.fermata.serve.HealthState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KafkaStreams.State;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.StreamsMetadata;
import org.apache.kafka.streams.ThreadMetadata;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyDescription;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a topology from start to a clean end. A stream thread that fails for a passing reason is
 * replaced; any other failure ends the run and is kept for {@link #failure()}.
 */
public final class StreamsRunner implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(StreamsRunner.class);

  /** Not of Kafka's API, so by its name. */
  private static final String TRANSACTIONS =
      "org.apache.kafka.clients.producer.internals.TransactionManager";

  /**
   * Where it says, in a {@link KafkaException} and no other, that records were not acknowledged.
   */
  private static final String UNACKNOWLEDGED = "maybeResolveSequences";

  private final KafkaStreams streams;
  private final Set<String> stores;
  private final Duration closeTimeout;
  private final CountDownLatch ended = new CountDownLatch(1);
  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private final AtomicBoolean closing = new AtomicBoolean();
  private final AtomicInteger replacedThreads = new AtomicInteger();

  /**
   * @param settings as {@link StreamsSettings} gives them
   * @param closeTimeout how long {@link #close} may take
   */
  public StreamsRunner(Topology topology, Map<String, Object> settings, Duration closeTimeout) {
    this.stores = storeNames(topology.describe());
    this.closeTimeout = closeTimeout;
    this.streams = new KafkaStreams(topology, new StreamsConfig(new HashMap<>(settings)));
    streams.setUncaughtExceptionHandler(this::onUncaught);
    streams.setStateListener(this::onState);
  }

  private static Set<String> storeNames(TopologyDescription description) {
    Set<String> names = new TreeSet<>();
    for (TopologyDescription.Subtopology subtopology : description.subtopologies()) {
      for (TopologyDescription.Node node : subtopology.nodes()) {
        if (node instanceof TopologyDescription.Processor processor) {
          names.addAll(processor.stores());
        }
      }
    }
    return names;
  }

  public void start() {
    streams.start();
  }

  /** For metrics and queries; start and close it here. */
  public KafkaStreams streams() {
    return streams;
  }

  /** What ended the run, if it was a failure. */
  public Optional<Throwable> failure() {
    return Optional.ofNullable(failure.get());
  }

  /** How many stream threads have failed for a passing reason and were replaced. */
  public int replacedThreads() {
    return replacedThreads.get();
  }

  /** Waits until the run has ended, by {@link #close} or by a failure. */
  public void awaitEnd() throws InterruptedException {
    ended.await();
  }

  /** Commits, leaves the group as configured and ends; says so when that takes too long. */
  @Override
  public void close() {
    boolean first = closing.compareAndSet(false, true);
    long begin = System.nanoTime();
    boolean clean = streams.close(closeTimeout);
    if (first && clean) {
      LOG.info("Pipeline closed cleanly in {} ms", (System.nanoTime() - begin) / 1_000_000);
    } else if (first) {
      LOG.warn(
          "Pipeline not closed within {}; what it has not committed is done again", closeTimeout);
    }
    ended.countDown();
  }

  private StreamThreadExceptionResponse onUncaught(Throwable thrown) {
    if (isPassing(thrown)) {
      replacedThreads.incrementAndGet();
      LOG.warn("A stream thread failed for a passing reason and is replaced", thrown);
      return StreamThreadExceptionResponse.REPLACE_THREAD;
    }
    LOG.error("A stream thread failed; the pipeline ends", thrown);
    failure.compareAndSet(null, thrown);
    return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
  }

  /** Whether the same work may succeed later: Kafka and the registry say so of their errors. */
  static boolean isPassing(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof RetriableException
          || cause instanceof RegistryUnavailableException
          || isOfTransaction(cause)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Whether a producer is at odds with its transaction, as after a commit or an abort that timed
   * out, or records that nobody acknowledged, while the brokers were away. A new thread has a new
   * producer.
   */
  private static boolean isOfTransaction(Throwable cause) {
    StackTraceElement[] trace = cause.getStackTrace();
    if (trace.length == 0 || !trace[0].getClassName().equals(TRANSACTIONS)) {
      return false;
    }
    return cause instanceof IllegalStateException
        || (cause instanceof KafkaException && trace[0].getMethodName().equals(UNACKNOWLEDGED));
  }

  private void onState(State now, State before) {
    LOG.info("Pipeline {} -> {}", before, now);
    if (now == State.ERROR) {
      failure.compareAndSet(null, new StreamsException("Kafka Streams went to the state ERROR"));
    }
    if (now == State.ERROR || now == State.NOT_RUNNING) {
      ended.countDown();
    }
  }

  /**
   * The pipeline's health: live unless it failed or a thread of it is dead; ready when it runs, has
   * tasks (or the other instances have them all), and its stores can be read.
   */
  public HealthState health() {
    return new PipelineHealth();
  }

  private final class PipelineHealth implements HealthState {

    @Override
    public boolean live() {
      return streams.state() != State.ERROR
          && failure.get() == null
          && threads().stream().noneMatch(thread -> thread.threadState().equals("DEAD"));
    }

    @Override
    public boolean ready() {
      return streams.state() == State.RUNNING && isAssigned() && unreadableStores().isEmpty();
    }

    @Override
    public Map<String, String> details() {
      Map<String, String> details = new LinkedHashMap<>();
      details.put("state", streams.state().name());
      details.put("activeTasks", Long.toString(activeTasks()));
      details.put(
          "threads",
          String.join(",", threads().stream().map(ThreadMetadata::threadState).sorted().toList()));
      details.put("replacedThreads", Integer.toString(replacedThreads.get()));
      if (streams.state() == State.RUNNING) {
        details.put("unreadableStores", String.join(",", unreadableStores()));
      }
      failure().ifPresent(cause -> details.put("failure", cause.toString()));
      return details;
    }

    private Collection<ThreadMetadata> threads() {
      return streams.metadataForLocalThreads();
    }

    private long activeTasks() {
      return threads().stream().mapToLong(thread -> thread.activeTasks().size()).sum();
    }

    /** RUNNING alone is said too early: before the group has given out its tasks. */
    private boolean isAssigned() {
      if (activeTasks() > 0) {
        return true;
      }
      for (StreamsMetadata instance : streams.metadataForAllStreamsClients()) {
        if (!instance.topicPartitions().isEmpty()) {
          return true;
        }
      }
      return false;
    }

    private List<String> unreadableStores() {
      List<String> unreadable = new ArrayList<>();
      for (String store : stores) {
        try {
          streams.store(StoreQueryParameters.fromNameAndType(store, new ReadableStoreType()));
        } catch (InvalidStateStoreException e) {
          unreadable.add(store);
        }
      }
      return unreadable;
    }
  }
}
