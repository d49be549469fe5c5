package io.fermata.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.fermata.codec.RandomRecords;
import io.fermata.codec.TouchpointCodec;
import io.fermata.model.Touchpoint;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EncodedSizeTest {

  @Test
  void shouldNeverBeLessThanTheEncodedLength() {
    long seed = 20260301;
    Random random = new Random(seed);
    for (int i = 0; i < 2000; i++) {
      Touchpoint touchpoint = RandomRecords.touchpoint(random);

      assertThat(EncodedSize.atLeastIfOver(touchpoint))
          .as("seed %d, touchpoint %d: %s", seed, i, touchpoint)
          .isBetween(TouchpointCodec.INSTANCE.encode(touchpoint).length, EncodedSize.LIMIT);
    }
  }

  @Test
  void shouldBeExactWhereTheBoundIsOverTheLimit() {
    Touchpoint touchpoint =
        RandomRecords.touchpoint(new Random(1)).toBuilder()
            .attributes(Map.of("text", "x".repeat(200 * 1024)))
            .build();

    assertThat(EncodedSize.atLeastIfOver(touchpoint))
        .isEqualTo(TouchpointCodec.INSTANCE.encode(touchpoint).length);
  }
}
