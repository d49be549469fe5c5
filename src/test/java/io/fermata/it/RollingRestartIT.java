package io.fermata.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.fermata.embedded.EmbeddedRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How long it takes until three instances have caught up after each of them was restarted, and
 * after one was killed, under both group protocols; and that nothing is lost or doubled by it. Not
 * part of the suite: {@code mvn test -Dtest=RollingRestartIT} writes {@code
 * target/rolling-restart-*.txt}.
 */
@ExtendWith(SharedBroker.class)
@Timeout(value = 40, unit = TimeUnit.MINUTES)
class RollingRestartIT {

  private static final Logger LOG = LoggerFactory.getLogger(RollingRestartIT.class);

  private static final long SEED = Long.getLong("fermata.seed", 20_261_125);
  private static final int RECORDS = Integer.getInteger("fermata.test.rolling.records", 12_000);

  /** Folded before anything is restarted: what there is to restore. */
  private static final int LOADED = Integer.getInteger("fermata.test.rolling.loaded", 6_000);

  private static final int CUSTOMERS = Integer.getInteger("fermata.test.rolling.customers", 500);

  /** Touchpoints a second while instances come and go. */
  private static final int RATE = Integer.getInteger("fermata.test.rolling.rate", 20);

  private static final int INSTANCES = 3;
  private static final String PARTITIONS = "6";

  /** Records that wait: those of two seconds, and a marker of a transaction in each partition. */
  private static final long CAUGHT_UP = 2L * RATE + 12;

  @TempDir Path folder;

  private Fleet fleet;
  private Sandbox sandbox;
  private Workload workload;
  private Trickle trickle;
  private final List<String> lines = new ArrayList<>();

  @ParameterizedTest
  @ValueSource(strings = {"classic", "streams"})
  void measure(String protocol, TestBroker broker) throws Exception {
    String name = "rolling-" + protocol;
    try (EmbeddedRegistry registry = EmbeddedRegistry.start(0);
        Sandbox of =
            new Sandbox(
                broker,
                registry.url(),
                name,
                folder,
                Map.of("FERMATA_TOPICS_PARTITIONS", PARTITIONS));
        Fleet instances = new Fleet(folder, name, values(protocol, broker, registry, of))) {
      sandbox = of;
      fleet = instances;
      workload =
          Workload.of(
              SEED, CUSTOMERS, RECORDS, 0, sandbox.topics().touchpoints(), sandbox.codecs());
      if (protocol.equals("streams")) {
        keepStandbys(broker, name);
      }
      for (int i = 0; i < INSTANCES; i++) {
        fleet.start(i);
      }
      awaitAllReady();
      sandbox.send(workload, 0, LOADED);
      until("the load is through", sandbox::isThrough);
      lines.add(
          "%s protocol, %d instances, %s partitions, a standby each; %d touchpoints folded, %d a second more"
              .formatted(protocol, INSTANCES, PARTITIONS, LOADED, RATE));
      lines.add(
          "| what | gone after | ready after | caught up after | longest standstill of a partition |");
      lines.add("|---|---|---|---|---|");
      try (Trickle more = new Trickle(sandbox, workload, LOADED, RATE)) {
        trickle = more;
        for (int i = 0; i < INSTANCES; i++) {
          int instance = i;
          measure("SIGTERM, started again", instance, () -> fleet.terminate(instance), true);
        }
        measure("SIGKILL, started again", 0, () -> fleet.kill(0), true);
        measure("SIGKILL, left away", 1, () -> fleet.kill(1), false);
      }
      sandbox.send(workload, trickle.sent(), workload.size());
      sandbox.awaitEnd(name + ", seed " + SEED, workload, Sandbox.RULES);
      lines.add("0 differences in the end");
    } finally {
      Files.write(Path.of("target", "rolling-restart-" + protocol + ".txt"), lines);
    }
    assertThat(lines).hasSize(9);
  }

  /** Something that takes an instance away. */
  private interface Blow {
    void strike() throws Exception;
  }

  private void measure(String what, int instance, Blow blow, boolean again) throws Exception {
    try (Standstill standstill = new Standstill(sandbox)) {
      int before = trickle.sent();
      long begin = System.nanoTime();
      blow.strike();
      double gone = secondsSince(begin);
      double ready = Double.NaN;
      if (again) {
        fleet.start(instance);
        until("instance " + instance + " is ready", () -> fleet.isReady(instance));
        ready = secondsSince(begin);
      }
      // What was sent meanwhile has been folded, and what came since is no more than a moment's.
      until(
          "all have caught up",
          () -> trickle.sent() > before && standstill.lag() <= CAUGHT_UP && standstill.allMoved());
      String line =
          String.format(
              Locale.ROOT,
              "| %s | %.1f s | %s | %.1f s | %.1f s |",
              what,
              gone,
              again ? String.format(Locale.ROOT, "%.1f s", ready) : "",
              secondsSince(begin),
              standstill.longestSeconds());
      LOG.info("{}", line);
      lines.add(line);
    }
  }

  private void until(String what, BooleanSupplier condition) {
    Await.until(what, condition, fleet::lastWords);
  }

  private static double secondsSince(long nanos) {
    return (System.nanoTime() - nanos) / 1e9;
  }

  private static Map<String, String> values(
      String protocol, TestBroker broker, EmbeddedRegistry registry, Sandbox sandbox) {
    Map<String, String> values = new HashMap<>();
    values.put("kafka.bootstrap.servers", broker.bootstrapServers());
    values.put("registry.schema.registry.url", registry.url());
    values.put("topics.prefix", sandbox.topics().prefix());
    values.put("topics.partitions", PARTITIONS);
    values.put("streams.applicationId", sandbox.name());
    values.put("streams.threads", "1");
    values.put("streams.groupProtocol", protocol);
    values.put("streams.standbyReplicas", protocol.equals("classic") ? "1" : "0");
    return values;
  }

  private static void keepStandbys(TestBroker broker, String group) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      admin
          .incrementalAlterConfigs(
              Map.of(
                  new ConfigResource(ConfigResource.Type.GROUP, group),
                  List.of(
                      new AlterConfigOp(
                          new ConfigEntry("streams.num.standby.replicas", "1"),
                          AlterConfigOp.OpType.SET))))
          .all()
          .get();
    }
  }

  private void awaitAllReady() {
    until("all instances are ready", () -> fleet.running().stream().allMatch(fleet::isReady));
  }
}
