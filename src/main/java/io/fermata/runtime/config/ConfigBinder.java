package io.fermata.runtime.config;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Turns values by key into {@link FermataConfig}; collects every problem before it gives up. */
final class ConfigBinder {

  private final Map<String, ConfigValue> unread;
  private final List<String> problems = new ArrayList<>();

  private ConfigBinder(ConfigSource source) {
    this.unread = new LinkedHashMap<>(source.values());
  }

  static FermataConfig bind(ConfigSource source) {
    ConfigBinder binder = new ConfigBinder(source);
    List<Object> sections = new ArrayList<>();
    for (RecordComponent section : FermataConfig.class.getRecordComponents()) {
      sections.add(binder.section(section));
    }
    binder.refuseUnread();
    if (!binder.problems.isEmpty()) {
      throw ConfigurationException.of(binder.problems);
    }
    return (FermataConfig) create(FermataConfig.class, sections);
  }

  private Object section(RecordComponent section) {
    List<PropertyModel> properties = PropertyModel.of(section);
    List<Object> arguments = new ArrayList<>();
    boolean complete = true;
    for (PropertyModel property : properties) {
      Object argument = property.rest() ? rest(property) : value(property);
      complete &= argument != null;
      arguments.add(argument);
    }
    return complete ? create(section.getType(), arguments) : null;
  }

  private Map<String, String> rest(PropertyModel property) {
    String prefix = property.section() + ".";
    Map<String, String> taken = new LinkedHashMap<>();
    unread
        .entrySet()
        .removeIf(
            entry -> {
              boolean ours = entry.getKey().startsWith(prefix);
              if (ours) {
                taken.put(
                    entry.getKey().substring(prefix.length()),
                    String.join(",", entry.getValue().texts()));
              }
              return ours;
            });
    return taken;
  }

  /** The value of a property, or null when it has a problem, which is then noted. */
  private Object value(PropertyModel property) {
    ValueType type = ValueType.of(property.component().getType());
    ConfigValue written = unread.remove(property.key());
    if (written == null) {
      return type.read(property.declaration().defaultValue());
    }
    if (written.list()) {
      return type == ValueType.LIST ? written.texts() : refuse(property, written, type);
    }
    try {
      Object value = type.read(written.texts().get(0));
      return allowed(property, value) ? value : refuse(property, written, type);
    } catch (IllegalArgumentException e) {
      return refuse(property, written, type);
    }
  }

  private static boolean allowed(PropertyModel property, Object value) {
    Property declaration = property.declaration();
    if (declaration.oneOf().length > 0) {
      return Arrays.asList(declaration.oneOf()).contains(value);
    }
    if (value instanceof Duration duration) {
      return declaration.atLeast() == Long.MIN_VALUE
          || duration.compareTo(Duration.ofMillis(declaration.atLeast())) >= 0;
    }
    return !(value instanceof Number number) || number.longValue() >= declaration.atLeast();
  }

  private Object refuse(PropertyModel property, ConfigValue written, ValueType type) {
    problems.add(
        written.where()
            + ": "
            + property.key()
            + ": expected "
            + expected(property, type)
            + ", found "
            + written.shown());
    return null;
  }

  static String expected(PropertyModel property, ValueType type) {
    Property declaration = property.declaration();
    if (declaration.oneOf().length > 0) {
      return "one of " + String.join(", ", declaration.oneOf());
    }
    if (declaration.atLeast() == Long.MIN_VALUE) {
      return type.description();
    }
    String least =
        type == ValueType.DURATION
            ? Duration.ofMillis(declaration.atLeast()).toString()
            : Long.toString(declaration.atLeast());
    return type.description() + ", at least " + least;
  }

  private void refuseUnread() {
    Set<String> known = new TreeSet<>();
    PropertyModel.all().forEach(property -> known.add(property.key()));
    unread.forEach(
        (key, value) ->
            problems.add(
                value.where() + ": unknown key '" + key + "'" + Suggestions.forText(key, known)));
  }

  private static Object create(Class<?> type, List<Object> arguments) {
    Class<?>[] types =
        Arrays.stream(type.getRecordComponents())
            .map(RecordComponent::getType)
            .toArray(Class<?>[]::new);
    try {
      Constructor<?> constructor = type.getDeclaredConstructor(types);
      return constructor.newInstance(arguments.toArray());
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof IllegalArgumentException wrong) {
        throw new ConfigurationException(wrong.getMessage(), wrong);
      }
      throw new IllegalStateException("cannot create " + type, e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot create " + type, e);
    }
  }
}
