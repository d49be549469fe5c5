package io.fermata.rules.cel;

import static org.assertj.core.api.Assertions.assertThat;

import io.fermata.model.Touchpoint;
import io.fermata.rules.RuleKind;
import io.fermata.rules.load.RuleLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The closures mean what the CEL library's own runtime means. */
class ClosuresAgainstLibraryTest {

  private static final long SEED = 20260301;
  private static final int EXPRESSIONS = 3_000;
  private static final int TOUCHPOINTS = 12;

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
      Node reference = Library.node(compiled.tree(), false);
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
    int evaluations = EXPRESSIONS * TOUCHPOINTS;
    assertThat(failed).as("failed of %d", evaluations).isBetween(evaluations / 20, evaluations / 2);
    assertThat(held).as("held of %d", evaluations).isGreaterThan(evaluations / 10);
  }

  @Test
  void shouldAgreeWithTheLibraryOnShippedExpressions() {
    RandomTouchpoints touchpoints = new RandomTouchpoints(new Random(SEED));
    List<String> sources =
        RuleLoader.load(Path.of("rules")).stream().flatMap(rule -> sources(rule.kind())).toList();
    assertThat(sources).hasSizeGreaterThan(20);
    for (String source : sources) {
      CelCompiled compiled = Expressions.compile(source, Expected.VALUE);
      Node reference = Library.node(compiled.tree(), false);
      for (int i = 0; i < 300; i++) {
        Touchpoint touchpoint = touchpoints.next();
        assertThat(compiled.node().eval(touchpoint))
            .as("seed %d: %s on %s", SEED, source, touchpoint)
            .isEqualTo(reference.eval(touchpoint));
      }
    }
  }

  private static Stream<String> sources(RuleKind kind) {
    if (kind instanceof RuleKind.Single single) {
      return Stream.of(single.where(), single.measure()).filter(Objects::nonNull);
    }
    if (kind instanceof RuleKind.Count count) {
      return Stream.concat(
          Stream.of(count.where(), count.distinct()).filter(Objects::nonNull),
          count.per().stream());
    }
    if (kind instanceof RuleKind.Streak streak) {
      return Stream.concat(Stream.of(streak.where(), streak.brokenBy()), streak.per().stream());
    }
    if (kind instanceof RuleKind.Sequence sequence) {
      return Stream.concat(
          Stream.of(sequence.first(), sequence.by(), sequence.unless()).filter(Objects::nonNull),
          Stream.concat(sequence.then().stream(), sequence.same().stream()));
    }
    RuleKind.Absence absence = (RuleKind.Absence) kind;
    return Stream.concat(
        Stream.of(absence.after(), absence.expect(), absence.by()).filter(Objects::nonNull),
        absence.same().stream());
  }
}
