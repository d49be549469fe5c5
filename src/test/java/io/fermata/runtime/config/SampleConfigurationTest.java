package io.fermata.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SampleConfigurationTest {

  @Test
  void shouldShowTheDefaults() {
    assertThat(FermataConfig.load(Path.of("fermata.yaml"), Map.of()))
        .isEqualTo(FermataConfig.defaults());
  }
}
