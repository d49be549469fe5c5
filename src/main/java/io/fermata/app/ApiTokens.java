package io.fermata.app;

import io.fermata.runtime.config.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The tokens that {@code http.tokensFile} names. */
final class ApiTokens {

  private static final int SHORTEST = 16;

  private ApiTokens() {}

  /**
   * One a line; empty lines and those that begin with {@code #} are passed over.
   *
   * @param file empty for none
   * @throws ConfigurationException when it cannot be read, has no token, or one that is too short
   */
  static List<String> read(String file) {
    if (file.isBlank()) {
      return List.of();
    }
    List<String> tokens = new ArrayList<>();
    List<String> lines;
    try {
      lines = Files.readAllLines(Path.of(file));
    } catch (IOException e) {
      throw new ConfigurationException("http.tokensFile: cannot read " + file + ": " + e, e);
    }
    for (int i = 0; i < lines.size(); i++) {
      String token = lines.get(i).strip();
      if (token.isEmpty() || token.startsWith("#")) {
        continue;
      }
      if (token.length() < SHORTEST) {
        throw new ConfigurationException(
            "%s:%d: expected a token of %d characters or more, found %d"
                .formatted(file, i + 1, SHORTEST, token.length()));
      }
      tokens.add(token);
    }
    if (tokens.isEmpty()) {
      throw new ConfigurationException("http.tokensFile: there is no token in " + file);
    }
    return tokens;
  }
}
