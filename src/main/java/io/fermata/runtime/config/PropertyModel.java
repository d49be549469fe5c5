package io.fermata.runtime.config;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** One declared property: a record component of a section's record. */
record PropertyModel(String section, RecordComponent component, Property declaration) {

  private static final String REST = "*";

  /** Every property in the order of declaration. */
  static List<PropertyModel> all() {
    List<PropertyModel> properties = new ArrayList<>();
    for (RecordComponent section : FermataConfig.class.getRecordComponents()) {
      properties.addAll(of(section));
    }
    return properties;
  }

  /** The properties of one section. */
  static List<PropertyModel> of(RecordComponent section) {
    List<PropertyModel> properties = new ArrayList<>();
    for (RecordComponent component : section.getType().getRecordComponents()) {
      properties.add(
          new PropertyModel(section.getName(), component, component.getAnnotation(Property.class)));
    }
    return properties;
  }

  String name() {
    return declaration.name().isEmpty() ? component.getName() : declaration.name();
  }

  /** The dotted key, {@code section.name}. */
  String key() {
    return section + "." + name();
  }

  /** Whether it takes every key of its section that is not declared. */
  boolean rest() {
    return name().equals(REST);
  }

  /** The environment variable that sets it. */
  String variable() {
    String words = key().replaceAll("([a-z0-9])([A-Z])", "$1_$2").replace('.', '_');
    return EnvironmentSource.PREFIX + words.toUpperCase(Locale.ROOT);
  }
}
