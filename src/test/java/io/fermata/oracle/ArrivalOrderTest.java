package io.fermata.oracle;

import static org.assertj.core.api.Assertions.fail;

import org.junit.jupiter.api.Test;

/**
 * Any arrival order, with any duplicates and the clock settled at any times between, ends in the
 * oracle's views. {@code -Dfermata.cases=N} runs more cases, {@code -Dfermata.seed=N} begins at
 * another seed.
 */
class ArrivalOrderTest {

  private static final long CASES = Long.getLong("fermata.cases", 2_000);
  private static final long FIRST_SEED = Long.getLong("fermata.seed", 1);

  @Test
  void shouldEndInTheOraclesViewsWhateverTheOrderOfArrival() {
    for (long seed = FIRST_SEED; seed < FIRST_SEED + CASES; seed++) {
      ArrivalCase random = ArrivalCase.of(RandomCase.of(seed));
      if (!random.differences().isEmpty()) {
        ArrivalCase minimal =
            Shrinker.shrink(random, ArrivalCase::smaller, c -> !c.differences().isEmpty());
        fail(
            "seed %d, the smallest case that fails:%n%s%n%s"
                .formatted(seed, minimal, String.join("\n", minimal.differences())));
      }
    }
  }
}
