package io.fermata.replay.mapping;

import java.util.List;
import java.util.Map;

/** A YAML value that knows where it stands. Lines and columns count from 1. */
sealed interface YamlNode {

  int line();

  int column();

  /** What the value is, for messages. */
  String describe();

  /**
   * A single value.
   *
   * @param text its text; null for YAML's null
   * @param textLine where the text itself begins, behind quotes or a block indicator
   */
  record Scalar(String text, int line, int column, int textLine, int textColumn)
      implements YamlNode {
    @Override
    public String describe() {
      return text == null ? "nothing" : "'" + text + "'";
    }
  }

  record Sequence(List<YamlNode> items, int line, int column) implements YamlNode {
    @Override
    public String describe() {
      return "a list";
    }
  }

  record Entry(Scalar key, YamlNode value) {}

  record Mapping(Map<String, Entry> entries, int line, int column) implements YamlNode {
    @Override
    public String describe() {
      return "keys and values";
    }
  }
}
