package io.fermata.runtime.config;

import java.lang.reflect.RecordComponent;

/** Writes the reference page of all properties from their declarations. */
public final class ConfigReference {

  private static final String HEAD =
      """
      # Configuration

      <!-- Written from the declarations in io.fermata.runtime.config; do not edit. -->

      `fermata run --config fermata.yaml` reads one YAML file. Every key has a default, unknown keys are
      refused. Nesting and dots mean the same: `lateness.allowed: P7D` and `lateness: {allowed: P7D}`.
      Durations are ISO-8601 (`PT30S`, `P7D`; a day is 24 hours).

      An environment variable wins over the file; its name is in the last column, and lists in it are
      separated by commas. In the sections `kafka` and `registry` any further variable hands a property on, an
      underscore standing for a dot: `FERMATA_KAFKA_SECURITY_PROTOCOL` is `security.protocol`.
      `FERMATA_CONFIG` names the file when `--config` doesn't, `FERMATA_LOG` sets the log level of our own
      code, `FERMATA_JAVA_OPTS` is given to `java` by the launcher; they are no part of the file.
      """;

  private ConfigReference() {}

  /** The page, as Markdown. */
  public static String markdown() {
    StringBuilder page = new StringBuilder(HEAD);
    for (RecordComponent section : FermataConfig.class.getRecordComponents()) {
      page.append("\n## ").append(section.getName()).append("\n\n");
      page.append(section.getType().getAnnotation(Section.class).value()).append("\n\n");
      page.append("| key | meaning | value | default | environment |\n|---|---|---|---|---|\n");
      for (PropertyModel property : PropertyModel.of(section)) {
        page.append(row(property)).append('\n');
      }
    }
    return page.toString();
  }

  private static String row(PropertyModel property) {
    String meaning = property.declaration().doc().replace("|", "\\|");
    if (property.rest()) {
      return "| `" + property.key() + "` | " + meaning + " | a text | | |";
    }
    String defaultValue = property.declaration().defaultValue();
    ValueType type = ValueType.of(property.component().getType());
    return "| `"
        + property.key()
        + "` | "
        + meaning
        + " | "
        + ConfigBinder.expected(property, type)
        + " | "
        + (defaultValue.isEmpty() ? "" : "`" + defaultValue + "`")
        + " | `"
        + property.variable()
        + "` |";
  }
}
