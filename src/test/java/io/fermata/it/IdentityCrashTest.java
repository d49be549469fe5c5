package io.fermata.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.fermata.embedded.EmbeddedRegistry;
import io.fermata.embedded.FreePorts;
import io.fermata.identity.IdentityCase;
import io.fermata.model.IdentityLink;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Law 3 on a broker: visitors who log in late, links and unlinks of a CRM, three partitions, two
 * instances, one of them killed while touchpoints move between names. {@code
 * -Dfermata.links=FIRST|LAST|SHUFFLED} says when the CRM's arrive; otherwise a third of them each.
 */
@ExtendWith(SharedBroker.class)
@Timeout(value = 300, unit = TimeUnit.SECONDS)
class IdentityCrashTest {

  private static final Logger LOG = LoggerFactory.getLogger(IdentityCrashTest.class);

  private static final long SEED = Long.getLong("fermata.seed", 20_261_122);
  private static final IdentityCase.Links WHEN =
      System.getProperty("fermata.links") == null
          ? null
          : IdentityCase.Links.valueOf(System.getProperty("fermata.links"));
  private static final int CUSTOMERS = 60;
  private static final int RECORDS = 2_000;

  @TempDir Path folder;

  private final PipelineProcess[] instances = new PipelineProcess[2];
  private EmbeddedRegistry registry;

  @BeforeEach
  void startRegistry() throws IOException {
    registry = EmbeddedRegistry.start(0);
  }

  @AfterEach
  void stopAll() throws InterruptedException {
    for (PipelineProcess instance : instances) {
      if (instance != null) {
        instance.kill();
      }
    }
    registry.close();
  }

  @Test
  void shouldEndWithTheViewsOfTheLinksWhenAnInstanceIsKilled(TestBroker broker) throws Exception {
    Map<String, String> layout = Map.of("FERMATA_LATENESS_ALLOWED", "P3650D");
    try (Sandbox sandbox = new Sandbox(broker, registry.url(), "identity", folder, layout)) {
      Workload workload =
          Workload.of(
              SEED, CUSTOMERS, RECORDS, 0, 0.4, sandbox.topics().touchpoints(), sandbox.codecs());
      workload.addLinks(SEED);
      List<IdentityLink> links = workload.links();
      int first =
          WHEN == null ? links.size() / 3 : WHEN == IdentityCase.Links.FIRST ? links.size() : 0;
      int last =
          WHEN == null ? 2 * links.size() / 3 : WHEN == IdentityCase.Links.LAST ? 0 : links.size();
      assertThat(links.stream().filter(IdentityLink::revoked)).as("unlinks").isNotEmpty();
      assertThat(workload.otherNames()).as("anonymous visitors, seed %d", SEED).isPositive();
      for (int i = 0; i < instances.length; i++) {
        start(i, broker, sandbox);
      }
      sandbox.send(links.subList(0, first));
      sandbox.send(workload, 0, workload.size() / 2);
      Await.until(
          "the pipeline is at work",
          () -> sandbox.group().committed() > 0,
          instances[0]::lastWords);
      sandbox.send(links.subList(first, last));
      sandbox.send(workload, workload.size() / 2, workload.size());
      if (last < links.size()) {
        Await.until("all but links is through", sandbox::isThrough, instances[0]::lastWords);
        sandbox.send(links.subList(last, links.size()));
      }
      instances[1].kill();
      start(1, broker, sandbox);
      sandbox.awaitEnd("identity, seed " + SEED, workload, Sandbox.RULES);
      LOG.info(
          "identity, seed {}: {} touchpoints under {} names, {} of them no customers', {} links and"
              + " unlinks, a kill, 0 differences",
          SEED,
          workload.size(),
          workload.customers(),
          workload.otherNames(),
          links.size());
    }
  }

  private void start(int number, TestBroker broker, Sandbox sandbox) throws IOException {
    Map<String, String> values = new HashMap<>();
    values.put("kafka.bootstrap.servers", broker.bootstrapServers());
    values.put("registry.schema.registry.url", registry.url());
    values.put("topics.prefix", sandbox.topics().prefix());
    values.put("topics.partitions", "3");
    values.put("streams.applicationId", "identity");
    values.put("streams.instanceId", "identity-" + number);
    values.put("streams.threads", "1");
    values.put("lateness.allowed", "P3650D");
    values.put("state.dir", folder.resolve("state-" + number).toString());
    values.put("http.port", Integer.toString(FreePorts.free()));
    Path config = PipelineProcess.config(folder.resolve("fermata-" + number + ".yaml"), values);
    instances[number] =
        PipelineProcess.start(config, folder.resolve("pipeline-" + number + ".log"));
  }
}
