package io.fermata.runtime.config;

import java.nio.file.Path;
import java.util.Map;

/**
 * The whole configuration, one record per concern. Made by {@link #load}, which starts from the
 * defaults declared with {@link Property}.
 */
public record FermataConfig(
    KafkaConfig kafka,
    RegistryConfig registry,
    TopicsConfig topics,
    LatenessConfig lateness,
    ClockConfig clock,
    JourneyConfig journey,
    IdentityConfig identity,
    ScoreConfig score,
    ReservationsConfig reservations,
    RulesConfig rules,
    StateConfig state,
    StreamingConfig streams,
    LimitsConfig limits,
    HttpConfig http) {

  /** What nobody has configured. */
  public static FermataConfig defaults() {
    return ConfigBinder.bind(ConfigSource.empty());
  }

  /**
   * Reads a file and puts the environment's {@code FERMATA_...} variables over it.
   *
   * @param file YAML, or null for none
   * @throws ConfigurationException naming every unknown key and wrong value with file, line and
   *     column
   */
  public static FermataConfig load(Path file, Map<String, String> environment) {
    ConfigSource source = file == null ? ConfigSource.empty() : YamlSource.read(file);
    return ConfigBinder.bind(source.over(EnvironmentSource.read(environment)));
  }
}
