package io.fermata.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.fermata.model.Channel;
import io.fermata.model.Direction;
import io.fermata.model.Identifier;
import io.fermata.model.Touchpoint;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A duplicate of what a name has handed over, and forgotten, since. */
class LateDuplicateTest {

  private static final String COOKIE = "cookie:k";
  private static final Duration LATENESS = Duration.ofHours(1);

  @ParameterizedTest
  @ValueSource(strings = {"email:e", "customer:B"})
  void shouldCountADuplicateThatGoesWhereTheFirstOneWent(String first) {
    MemoryNames names =
        new MemoryNames(
            StitchingLawTest.RULES,
            IdentitySettings.DEFAULTS,
            new Random(1),
            Stitcher.BATCH,
            LATENESS.toMillis());
    Touchpoint touchpoint = touchpoint("t", Duration.ofMinutes(10));
    names.link(new Link(COOKIE, first, IdentityCase.START, "a"), "");
    names.link(new Link(COOKIE, "customer:C", at(Duration.ofHours(2)), "b"), "");
    names.deliver(0);
    names.touchpoint(touchpoint, COOKIE);
    // One in so many has the name forget what is too old by then.
    for (int i : IntStream.range(0, 1_000).toArray()) {
      names.touchpoint(touchpoint("later" + i, Duration.ofHours(5).plusMillis(i)), COOKIE);
    }
    names.deliver(0);
    int folded = names.folded();
    names.touchpoint(touchpoint, COOKIE);
    names.deliver(0);

    assertThat(folded).isEqualTo(1_001);
    assertThat(names.folded()).isEqualTo(folded);
    assertThat(names.unaccounted()).isZero();
  }

  private static long at(Duration after) {
    return IdentityCase.START + after.toMillis();
  }

  private static Touchpoint touchpoint(String id, Duration after) {
    return Touchpoint.builder()
        .id(id)
        .occurredAt(at(after))
        .identifiers(List.of(new Identifier("cookie", "k")))
        .channel(Channel.WEB)
        .direction(Direction.SELF)
        .type("page.viewed")
        .build();
  }
}
