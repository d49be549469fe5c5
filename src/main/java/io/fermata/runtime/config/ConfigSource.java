package io.fermata.runtime.config;

import java.util.LinkedHashMap;
import java.util.Map;

/** Values by dotted key, such as {@code lateness.allowed}. */
record ConfigSource(Map<String, ConfigValue> values) {

  static ConfigSource empty() {
    return new ConfigSource(Map.of());
  }

  /** These values, and those of {@code stronger} instead where it has any. */
  ConfigSource over(ConfigSource stronger) {
    Map<String, ConfigValue> merged = new LinkedHashMap<>(values);
    merged.putAll(stronger.values);
    return new ConfigSource(merged);
  }
}
