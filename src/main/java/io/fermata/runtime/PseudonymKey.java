package io.fermata.runtime;

import io.fermata.identity.IdentitySettings;
import io.fermata.identity.Pseudonyms;
import io.fermata.runtime.config.ConfigurationException;
import io.fermata.runtime.config.PrivacyConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where the key of pseudonyms comes from. */
public final class PseudonymKey {

  private PseudonymKey() {}

  /**
   * The pseudonyms of a configuration.
   *
   * @throws ConfigurationException when they are on and there is not exactly one key, or it can't
   *     be read or is too short
   */
  public static Pseudonyms of(PrivacyConfig config, IdentitySettings identity) {
    if (config.pseudonyms().equals(PrivacyConfig.OFF)) {
      return Pseudonyms.OFF;
    }
    boolean given = !config.pseudonymKey().isEmpty();
    boolean inFile = !config.pseudonymKeyFile().isEmpty();
    if (given == inFile) {
      throw new ConfigurationException(
          "privacy.pseudonyms: on needs a key in either privacy.pseudonymKeyFile or the environment"
              + " variable FERMATA_PRIVACY_PSEUDONYM_KEY, found "
              + (given ? "both" : "neither"));
    }
    return given
        ? keyed("privacy.pseudonymKey", config.pseudonymKey(), identity)
        : read(Path.of(config.pseudonymKeyFile()), "privacy.pseudonymKeyFile", identity);
  }

  /**
   * Pseudonyms with the key in a file: its text without white space around it.
   *
   * @param what says in messages where the file's name comes from
   * @throws ConfigurationException when it can't be read or is too short
   */
  public static Pseudonyms read(Path file, String what, IdentitySettings identity) {
    try {
      return keyed(what, Files.readString(file).strip(), identity);
    } catch (IOException e) {
      throw new ConfigurationException(what + ": cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  private static Pseudonyms keyed(String what, String key, IdentitySettings identity) {
    try {
      return Pseudonyms.keyed(key.getBytes(StandardCharsets.UTF_8), identity);
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException(what + ": " + e.getMessage(), e);
    }
  }
}
