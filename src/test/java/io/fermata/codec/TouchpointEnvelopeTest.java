package io.fermata.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fermata.model.Touchpoint;
import io.fermata.model.TouchpointValidator;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TouchpointEnvelopeTest {

  private static final long SEED = 20260411;
  private static final int RECORDS = 5_000;

  @Test
  void shouldTellTheSameOfATouchpointAsTheWholeOfIt() {
    Random random = new Random(SEED);
    for (int i = 0; i < RECORDS; i++) {
      Touchpoint whole = RandomRecords.touchpoint(random);
      Touchpoint envelope = envelope(TouchpointCodec.INSTANCE.encode(whole));
      assertThat(TouchpointValidator.problems(envelope))
          .as("seed %d, record %d", SEED, i)
          .isEqualTo(TouchpointValidator.problems(whole));
      assertThat(envelope.position()).isEqualTo(whole.position());
      assertThat(envelope.identifiers()).isEqualTo(whole.identifiers());
    }
  }

  @Test
  void shouldRefuseBytesThatAreCutOffAnywhereOrTooLong() {
    Random random = new Random(SEED);
    byte[] encoded = TouchpointCodec.INSTANCE.encode(RandomRecords.touchpoint(random));
    for (int length = 0; length < encoded.length; length++) {
      int cut = length;
      assertThatThrownBy(() -> TouchpointEnvelopeCodec.INSTANCE.decode(encoded, 0, cut))
          .isInstanceOf(UndecodableException.class);
    }
    byte[] longer = Arrays.copyOf(encoded, encoded.length + 1);
    assertThatThrownBy(() -> envelope(longer)).isInstanceOf(UndecodableException.class);
  }

  @Test
  void shouldCountAttributesWhenTheyMayBeTooMany() {
    Map<String, String> attributes = new LinkedHashMap<>();
    for (int i = 0; i <= TouchpointValidator.MAX_ATTRIBUTES; i++) {
      attributes.put("name" + i, "value");
    }
    Touchpoint whole =
        RandomRecords.touchpoint(new Random(SEED)).toBuilder().attributes(attributes).build();
    assertThat(envelope(TouchpointCodec.INSTANCE.encode(whole)).attributes())
        .hasSize(TouchpointValidator.MAX_ATTRIBUTES + 1);
  }

  private static Touchpoint envelope(byte[] encoded) {
    return TouchpointEnvelopeCodec.INSTANCE.decode(encoded, 0, encoded.length);
  }
}
