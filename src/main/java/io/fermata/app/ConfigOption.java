package io.fermata.app;

import io.fermata.runtime.config.FermataConfig;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** {@code --config FILE}, for every command that talks to a cluster. */
final class ConfigOption {

  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      defaultValue = "${env:FERMATA_CONFIG}",
      description =
          "Configuration file, by default the one FERMATA_CONFIG names; FERMATA_... variables win"
              + " over it.")
  private Path file;

  FermataConfig load() {
    return FermataConfig.load(file, System.getenv());
  }
}
