package io.fermata.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.fermata.codec.ValueCodecs;
import io.fermata.embedded.EmbeddedRegistry;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The laws, through the real topology. {@code -Dfermata.cases=N} runs so many cases, {@code
 * -Dfermata.seed=N} begins at another seed.
 */
class PipelineAgainstOracleTest {

  private static final long FIRST_SEED = Long.getLong("fermata.seed", 1);
  private static final long CACHE = 10 * 1024 * 1024;

  private static EmbeddedRegistry registry;
  private static ValueCodecs codecs;

  @BeforeAll
  static void startRegistry() throws IOException {
    registry = EmbeddedRegistry.start(0);
    codecs = ValueCodecs.of(Map.of("schema.registry.url", registry.url()));
  }

  @AfterAll
  static void stopRegistry() {
    codecs.close();
    registry.close();
  }

  /** Laws 1 and 7. */
  @Test
  void shouldEndInTheOraclesViewsWithNothingSwallowedWhateverArrives() {
    for (long seed = FIRST_SEED; seed < FIRST_SEED + cases(40); seed++) {
      PipelineCase random = PipelineCase.of(seed);
      if (!run(random).differences().isEmpty()) {
        PipelineCase minimal =
            Shrinker.shrink(random, PipelineCase::smaller, c -> !run(c).differences().isEmpty());
        fail(
            "seed %d, the smallest case that fails:%n%s%n%s"
                .formatted(seed, minimal, String.join("\n", run(minimal).differences())));
      }
    }
  }

  /** Law 4. */
  @Test
  void shouldPublishTheSameBytesWhenTheSameComesTwice() {
    for (long seed = FIRST_SEED; seed < FIRST_SEED + cases(10); seed++) {
      PipelineCase random = PipelineCase.of(seed);

      assertThat(run(random).finalSet())
          .as("seed %d", seed)
          .containsExactlyInAnyOrderEntriesOf(run(random).finalSet());
    }
  }

  /** Law 5. */
  @Test
  void shouldPublishTheSameBytesWhateverThePartitionsAndTheCache() {
    for (long seed = FIRST_SEED; seed < FIRST_SEED + cases(10); seed++) {
      PipelineCase random = PipelineCase.of(seed);
      PipelineRun spread = PipelineRun.of(random, codecs, 3, CACHE);

      assertThat(spread.differences()).as("seed %d", seed).isEmpty();
      assertThat(spread.finalSet())
          .as("seed %d", seed)
          .containsExactlyInAnyOrderEntriesOf(run(random).finalSet());
    }
  }

  private static PipelineRun run(PipelineCase of) {
    return PipelineRun.of(of, codecs, 1, 0);
  }

  private static long cases(long otherwise) {
    return Long.getLong("fermata.cases", otherwise);
  }
}
