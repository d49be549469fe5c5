package io.fermata.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.fermata.embedded.EmbeddedRegistry;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Three instances, one is killed with {@code kill -9} and never comes back, another is added, all
 * while touchpoints come in and customers are asked for. {@code -Dfermata.test.scale.records=N} and
 * {@code .customers=N} make it larger, {@code -Dfermata.seed=N} another.
 */
@ExtendWith(SharedBroker.class)
@Timeout(value = 600, unit = TimeUnit.SECONDS)
class ScaleTest {

  private static final Logger LOG = LoggerFactory.getLogger(ScaleTest.class);

  private static final long SEED = Long.getLong("fermata.seed", 20_261_125);
  private static final int RECORDS = Integer.getInteger("fermata.test.scale.records", 1_800);
  private static final int CUSTOMERS = Integer.getInteger("fermata.test.scale.customers", 40);
  private static final int PARTITIONS = 6;

  @TempDir Path folder;

  @Test
  void shouldLoseAndDoubleNothingWhenAnInstanceDiesAndAnotherComes(TestBroker broker)
      throws Exception {
    Map<String, String> partitions =
        Map.of("FERMATA_TOPICS_PARTITIONS", Integer.toString(PARTITIONS));
    try (EmbeddedRegistry registry = EmbeddedRegistry.start(0);
        Sandbox sandbox = new Sandbox(broker, registry.url(), "scale", folder, partitions);
        Fleet fleet = new Fleet(folder, "scale", values(broker, registry, sandbox))) {
      Workload workload =
          Workload.of(
              SEED, CUSTOMERS, RECORDS, 0, sandbox.topics().touchpoints(), sandbox.codecs());
      List<String> customers = List.copyOf(workload.customerNames());
      for (int i = 0; i < 3; i++) {
        fleet.start(i);
      }
      awaitAllReady(fleet);
      try (Askers askers = new Askers(fleet, customers, SEED)) {
        int third = workload.size() / 3;
        sandbox.send(workload, 0, third);
        awaitProgress(sandbox, fleet, 0);
        fleet.kill(0);
        long killed = System.nanoTime();
        long answered = askers.answered();
        long committed = sandbox.group().committed();
        sandbox.send(workload, third, 2 * third);
        awaitProgress(sandbox, fleet, committed);
        Await.until(
            "the two that are left have taken over everything",
            sandbox::isThrough,
            fleet::lastWords);
        LOG.info("taken over {} ms after the kill", millisSince(killed));
        assertThat(askers.answered()).as("answers while one was gone").isGreaterThan(answered);
        fleet.start(3);
        sandbox.send(workload, 2 * third, workload.size());
        awaitAllReady(fleet);
        sandbox.awaitEnd("scale, seed " + SEED, workload, Sandbox.RULES);
        assertThat(askers.wrong()).isEmpty();
        LOG.info(
            "scale, seed {}: {} touchpoints of {} customers, 3 instances, one killed, one added, {}"
                + " questions answered, {} put off, 0 differences",
            SEED,
            workload.size(),
            customers.size(),
            askers.answered(),
            askers.later());
      }
      for (int instance : fleet.running()) {
        for (String customer : customers) {
          awaitAnswer(fleet, instance, customer);
        }
      }
    }
  }

  private static Map<String, String> values(
      TestBroker broker, EmbeddedRegistry registry, Sandbox sandbox) {
    return Map.of(
        "kafka.bootstrap.servers", broker.bootstrapServers(),
        "registry.schema.registry.url", registry.url(),
        "topics.prefix", sandbox.topics().prefix(),
        "topics.partitions", Integer.toString(PARTITIONS),
        "streams.applicationId", "scale",
        "streams.threads", "1",
        "streams.standbyReplicas", "1",
        // How long the tasks of the dead stay with it.
        "kafka.session.timeout.ms", "6000",
        "kafka.heartbeat.interval.ms", "1500",
        "http.requestsPerSecond", "1000");
  }

  private static void awaitAllReady(Fleet fleet) {
    Await.until(
        "all instances are ready",
        () -> fleet.running().stream().allMatch(fleet::isReady),
        fleet::lastWords);
  }

  private static void awaitProgress(Sandbox sandbox, Fleet fleet, long committed) {
    Await.until(
        "the pipeline goes on", () -> sandbox.group().committed() > committed, fleet::lastWords);
  }

  private static void awaitAnswer(Fleet fleet, int instance, String customer) {
    Await.until(
        "instance " + instance + " knows " + customer,
        () -> {
          Optional<HttpResponse<String>> answer = fleet.get(instance, Askers.path(customer));
          return answer.isPresent() && answer.get().statusCode() == 200;
        },
        fleet::lastWords);
  }

  private static long millisSince(long nanos) {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - nanos);
  }
}
