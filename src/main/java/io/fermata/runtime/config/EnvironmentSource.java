package io.fermata.runtime.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Reads {@code FERMATA_...} variables: {@code FERMATA_LATENESS_ALLOWED} is {@code
 * lateness.allowed}, {@code FERMATA_TOPICS_REPLICATION_FACTOR} is {@code topics.replicationFactor},
 * and in the sections that hand properties on an underscore is a dot. A list is separated by
 * commas.
 */
final class EnvironmentSource {

  static final String PREFIX = "FERMATA_";

  /** Variables that the launcher, the log and the image read; they are no configuration. */
  private static final Set<String> RESERVED =
      Set.of("FERMATA_LOG", "FERMATA_HOME", "FERMATA_JAVA_OPTS", "FERMATA_CONFIG");

  /** Kubernetes sets these in every pod beside a Service whose name begins with {@code fermata}. */
  private static final Pattern SERVICE_LINK =
      Pattern.compile(
          "FERMATA_(.*_)?(SERVICE_HOST|SERVICE_PORT(_.+)?|PORT|PORT_\\d+_(TCP|UDP)(_.+)?)");

  private EnvironmentSource() {}

  static ConfigSource read(Map<String, String> environment) {
    Map<String, PropertyModel> known = new LinkedHashMap<>();
    for (PropertyModel property : PropertyModel.all()) {
      known.put(property.variable(), property);
    }
    Map<String, ConfigValue> values = new LinkedHashMap<>();
    List<String> problems = new ArrayList<>();
    new TreeMap<>(environment)
        .forEach(
            (variable, text) -> {
              if (variable.startsWith(PREFIX) && !RESERVED.contains(variable)) {
                put(variable, text, known, values, problems);
              }
            });
    if (!problems.isEmpty()) {
      throw ConfigurationException.of(problems);
    }
    return new ConfigSource(values);
  }

  private static void put(
      String variable,
      String text,
      Map<String, PropertyModel> known,
      Map<String, ConfigValue> values,
      List<String> problems) {
    ConfigValue value = ConfigValue.scalar(text, "environment variable " + variable);
    PropertyModel property = known.get(variable);
    if (property != null && !property.rest()) {
      values.put(property.key(), value);
      return;
    }
    if (SERVICE_LINK.matcher(variable).matches()) {
      return;
    }
    for (PropertyModel rest : known.values()) {
      String prefix = PREFIX + rest.section().toUpperCase(Locale.ROOT) + "_";
      if (rest.rest() && variable.startsWith(prefix) && variable.length() > prefix.length()) {
        String name =
            variable.substring(prefix.length()).toLowerCase(Locale.ROOT).replace('_', '.');
        values.put(rest.section() + "." + name, value);
        return;
      }
    }
    problems.add(
        "environment variable "
            + variable
            + ": no such property"
            + Suggestions.forText(variable, known.keySet()));
  }
}
