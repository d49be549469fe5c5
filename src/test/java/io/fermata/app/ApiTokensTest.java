package io.fermata.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fermata.runtime.config.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApiTokensTest {

  @TempDir Path folder;

  private String file(String content) throws IOException {
    return Files.writeString(folder.resolve("tokens"), content).toString();
  }

  @Test
  void shouldReadOneALineWithoutComments() throws IOException {
    assertThat(ApiTokens.read(file("# a team\n\n  0123456789abcdef \nfedcba9876543210\n")))
        .containsExactly("0123456789abcdef", "fedcba9876543210");
    assertThat(ApiTokens.read("")).isEmpty();
  }

  @Test
  void shouldSayWhatIsWrongWithTheFile() throws IOException {
    String missing = folder.resolve("none").toString();
    assertThatThrownBy(() -> ApiTokens.read(missing))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("http.tokensFile: cannot read " + missing);
    String empty = file("# nothing\n");
    assertThatThrownBy(() -> ApiTokens.read(empty)).hasMessageContaining("there is no token");
    String weak = file("\nsecret\n");
    assertThatThrownBy(() -> ApiTokens.read(weak))
        .hasMessageContaining("tokens:2: expected a token of 16 characters or more, found 6");
  }
}
