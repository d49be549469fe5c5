package io.fermata.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.fermata.embedded.EmbeddedRegistry;
import io.fermata.model.Channel;
import io.fermata.model.Journey;
import io.fermata.runtime.Pipeline;
import io.fermata.serve.CustomerSource;
import io.fermata.serve.CustomerSource.Answer;
import io.fermata.topology.PipelineListener;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Two instances that advertise no address, on one host or on two with the same port: none says of
 * the other's customers that they are unknown, or decides about them.
 */
@ExtendWith(SharedBroker.class)
@Timeout(value = 180, unit = TimeUnit.SECONDS)
class UnadvertisedTest {

  private static final long SEED = 20_261_126;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(ints = {8484, 8485})
  void shouldNotAnswerForCustomersOfAnother(int otherPort, TestBroker broker) throws Exception {
    List<Pipeline> instances = new ArrayList<>();
    String name = "unadvertised-" + otherPort;
    try (EmbeddedRegistry registry = EmbeddedRegistry.start(0);
        Sandbox sandbox = new Sandbox(broker, registry.url(), name, folder, Map.of())) {
      for (int port : List.of(8484, otherPort)) {
        Pipeline instance =
            Pipeline.live(
                sandbox.config(
                    Map.of(
                        "FERMATA_HTTP_PORT", Integer.toString(port),
                        "FERMATA_STREAMS_INSTANCE_ID", name + "-" + instances.size(),
                        "FERMATA_STATE_DIR",
                            folder.resolve("state-" + name + instances.size()).toString())),
                Sandbox.RULES,
                PipelineListener.NONE);
        instances.add(instance);
        instance.start();
      }
      Workload workload =
          Workload.of(SEED, 15, 300, 0, sandbox.topics().touchpoints(), sandbox.codecs());
      sandbox.send(workload);
      TreeSet<String> customers =
          sandbox.awaitEnd(name, workload, Sandbox.RULES).last().journeys().values().stream()
              .map(Journey::customer)
              .collect(Collectors.toCollection(TreeSet::new));
      Await.until(
          "both are ready",
          () -> instances.stream().allMatch(instance -> instance.runner().health().ready()));

      long now = System.currentTimeMillis();
      for (String customer : customers) {
        List<Answer> found = new ArrayList<>();
        List<Answer> decided = new ArrayList<>();
        for (Pipeline instance : instances) {
          found.add(instance.customers().find(customer, now));
          decided.add(instance.customers().decide(customer, Channel.EMAIL, now, now));
        }
        assertThat(found).as(customer).noneMatch(CustomerSource.Unknown.class::isInstance);
        assertThat(found).filteredOn(CustomerSource.Found.class::isInstance).hasSizeLessThan(2);
        assertThat(decided).filteredOn(CustomerSource.Decided.class::isInstance).hasSizeLessThan(2);
      }
    } finally {
      instances.forEach(Pipeline::close);
    }
  }
}
