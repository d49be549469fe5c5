package io.fermata.rules.load;

import java.util.List;
import java.util.Map;

/** A YAML document with the place of every part. */
sealed interface YamlNode {

  Location at();

  /** What it is called in messages. */
  String description();

  /**
   * A single value.
   *
   * @param verbatim where the text itself stands when it stands in one piece on one line, else null
   * @param isText false where YAML reads a number, a bool or nothing
   */
  record Scalar(String text, boolean isText, Location at, Location verbatim) implements YamlNode {

    boolean isMissing() {
      return text.isEmpty() && !isText;
    }

    @Override
    public String description() {
      return isMissing() ? "nothing" : "'" + text + "'";
    }
  }

  record Items(List<YamlNode> items, Location at) implements YamlNode {
    @Override
    public String description() {
      return "a list";
    }
  }

  record Mapping(Map<String, Entry> entries, Location at) implements YamlNode {
    @Override
    public String description() {
      return "a mapping";
    }
  }

  record Entry(Location keyAt, YamlNode value) {}
}
