package io.fermata.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fermata.codec.ValueCodecs;
import io.fermata.codec.registry.RegistryUnavailableException;
import io.fermata.embedded.EmbeddedRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

/** A schema registry that does not answer makes touchpoints wait, and no dead letters. */
class RegistryAwayTest extends PipelineTest {

  @Test
  void shouldWaitAndFoldWhenTheRegistryComesBack() throws IOException {
    EmbeddedRegistry first = EmbeddedRegistry.start(0);
    int port = first.port();
    byte[] bytes = written(first);
    ValueCodecs fresh = ValueCodecs.of(config(first));
    first.close();
    List<Duration> pauses = new ArrayList<>();
    List<EmbeddedRegistry> second = new ArrayList<>();
    RegistryPatience patience =
        new RegistryPatience(
            Duration.ofMinutes(1),
            time -> {
              pauses.add(time);
              if (pauses.size() == 3) {
                second.add(restarted(port));
                written(second.get(0));
              }
              return true;
            });
    TestPipeline pipeline = open(TestSetup.of(fresh, rules()).patience(patience));

    pipeline.arrives(null, bytes, new RecordHeaders());

    assertThat(pauses)
        .containsExactly(Duration.ofMillis(200), Duration.ofMillis(400), Duration.ofMillis(800));
    assertThat(pipeline.deadLetters()).isEmpty();
    assertThat(pipeline.customers()).containsExactly(CUSTOMER);
    assertLedgers(pipeline, 1, 1, 0);
    second.forEach(EmbeddedRegistry::close);
  }

  @Test
  void shouldCommitNothingWhenTheRegistryStaysAway() throws IOException {
    EmbeddedRegistry registry = EmbeddedRegistry.start(0);
    byte[] bytes = written(registry);
    ValueCodecs fresh = ValueCodecs.of(config(registry));
    registry.close();
    List<Duration> pauses = new ArrayList<>();
    RegistryPatience patience =
        new RegistryPatience(Duration.ofSeconds(30), time -> pauses.add(time));
    TestPipeline pipeline = open(TestSetup.of(fresh, rules()).patience(patience));

    assertThatThrownBy(() -> pipeline.arrives(null, bytes, new RecordHeaders()))
        .hasRootCauseInstanceOf(IOException.class)
        .satisfies(
            e -> assertThat(causes(e)).anyMatch(RegistryUnavailableException.class::isInstance));

    assertThat(pauses.stream().reduce(Duration.ZERO, Duration::plus))
        .isBetween(Duration.ofSeconds(30), Duration.ofSeconds(35));
    assertThat(pipeline.deadLetters()).isEmpty();
    assertThat(pipeline.customers()).isEmpty();
    assertLedgers(pipeline, 0, 0, 0);
  }

  private static List<Throwable> causes(Throwable failure) {
    List<Throwable> causes = new ArrayList<>();
    for (Throwable at = failure; at != null; at = at.getCause()) {
      causes.add(at);
    }
    return causes;
  }

  private static Map<String, Object> config(EmbeddedRegistry registry) {
    return Map.of("schema.registry.url", registry.url(), "max.retries", "0");
  }

  private static byte[] written(EmbeddedRegistry registry) {
    return ValueCodecs.of(config(registry))
        .touchpoints()
        .serialize(TestPipeline.TOPICS.touchpoints(), contact("t1", 0));
  }

  private static EmbeddedRegistry restarted(int port) {
    try {
      return EmbeddedRegistry.start(port);
    } catch (IOException e) {
      throw new UncheckedIOException("port " + port + " is taken", e);
    }
  }
}
