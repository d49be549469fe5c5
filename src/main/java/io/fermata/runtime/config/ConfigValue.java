package io.fermata.runtime.config;

import java.util.List;

/**
 * A value as it was written.
 *
 * @param texts one text for a scalar, any number for a list
 * @param list whether it was written as a list
 * @param where for messages: {@code file:line:column} or the variable's name
 */
record ConfigValue(List<String> texts, boolean list, String where) {

  static ConfigValue scalar(String text, String where) {
    return new ConfigValue(List.of(text), false, where);
  }

  String shown() {
    return list ? texts.toString() : "'" + texts.get(0) + "'";
  }
}
