package io.fermata.rules.cel;

import static org.assertj.core.api.Assertions.assertThat;

import io.fermata.model.Touchpoint;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The closures mean what the CEL library's own runtime means. */
class ClosuresAgainstLibraryTest {

  private static final long SEED = 20260301;
  private static final int EXPRESSIONS = 4_000;
  private static final int TOUCHPOINTS = 20;

  @Test
  void shouldAgreeWithTheLibraryOnRandomExpressions() {
    Random random = new Random(SEED);
    RandomExpressions expressions = new RandomExpressions(random);
    RandomTouchpoints touchpoints = new RandomTouchpoints(random);
    int failed = 0;
    int held = 0;
    for (int i = 0; i < EXPRESSIONS; i++) {
      String source =
          random.nextInt(4) == 0
              ? expressions.of(List.of("int", "double", "text", "time", "duration").get(i % 5), 3)
              : expressions.bool(3);
      CelCompiled compiled = Expressions.compile(source, Expected.VALUE);
      Node reference = Library.node(compiled.tree());
      for (Touchpoint touchpoint :
          IntStream.range(0, TOUCHPOINTS).mapToObj(n -> touchpoints.next()).toList()) {
        Object value = compiled.node().eval(touchpoint);
        assertThat(value)
            .as("seed %d: %s on %s", SEED, source, touchpoint)
            .isEqualTo(reference.eval(touchpoint));
        failed += value == Node.FAILED ? 1 : 0;
        held += Boolean.TRUE.equals(value) ? 1 : 0;
      }
    }
    // Otherwise the comparison would say little.
    assertThat(failed).isBetween(EXPRESSIONS, EXPRESSIONS * TOUCHPOINTS / 2);
    assertThat(held).isGreaterThan(EXPRESSIONS * 3);
  }
}
