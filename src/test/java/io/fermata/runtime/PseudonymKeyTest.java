package io.fermata.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fermata.identity.IdentitySettings;
import io.fermata.identity.Pseudonyms;
import io.fermata.runtime.config.ConfigurationException;
import io.fermata.runtime.config.PrivacyConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PseudonymKeyTest {

  private static final String KEY = "0123456789abcdef0123456789abcdef";

  @TempDir private Path folder;

  private static Pseudonyms of(String on, String file, String key) {
    return PseudonymKey.of(new PrivacyConfig(on, file, key), IdentitySettings.DEFAULTS);
  }

  @Test
  void shouldBeOffUnlessTurnedOn() {
    assertThat(of("off", "", KEY).on()).isFalse();
  }

  @Test
  void shouldTakeTheKeyFromAFileWithoutTheEndOfItsLine() throws IOException {
    Path file = Files.writeString(folder.resolve("key"), KEY + "\n");

    assertThat(of("on", file.toString(), "").name("customer:C-17"))
        .isEqualTo(of("on", "", KEY).name("customer:C-17"))
        .doesNotContain("C-17");
  }

  @Test
  void shouldSayWhatIsMissing() {
    assertThatThrownBy(() -> of("on", "", ""))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageEndingWith("found neither");
    assertThatThrownBy(() -> of("on", "some-file", KEY))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageEndingWith("found both");
    assertThatThrownBy(() -> of("on", folder.resolve("none").toString(), ""))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith("privacy.pseudonymKeyFile: cannot read ");
    assertThatThrownBy(() -> of("on", "", "short"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "privacy.pseudonymKey: the key of pseudonyms has 5 bytes, expected at least 32");
  }
}
