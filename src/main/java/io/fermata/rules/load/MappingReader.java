package io.fermata.rules.load;

import io.fermata.rules.Suggestions;
import io.fermata.rules.cel.CelProblem;
import io.fermata.rules.cel.Expected;
import io.fermata.rules.cel.Expressions;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Reads the values of one mapping; every problem is reported where it stands and reads as null. */
final class MappingReader {

  private final Map<String, YamlNode.Entry> entries;
  private final Location at;
  private final String what;
  private final Problems problems;

  /**
   * @param what what the mapping describes, for messages
   * @param known the keys it may have; others are reported
   */
  MappingReader(YamlNode node, String what, Problems problems, Collection<String> known) {
    this.at = node.at();
    this.what = what;
    this.problems = problems;
    if (node instanceof YamlNode.Mapping mapping) {
      this.entries = mapping.entries();
    } else {
      this.entries = Map.of();
      problems.add(at, "expected " + what + " as a mapping, found " + node.description());
    }
    entries.forEach(
        (key, entry) -> {
          if (!known.contains(key)) {
            problems.add(
                entry.keyAt(),
                "unknown key '" + key + "' in " + what + Suggestions.forUnknown(key, known));
          }
        });
  }

  Location at() {
    return at;
  }

  boolean has(String key) {
    return entries.containsKey(key);
  }

  Location at(String key) {
    return has(key) ? entries.get(key).keyAt() : at;
  }

  YamlNode node(String key) {
    return has(key) ? entries.get(key).value() : null;
  }

  YamlNode required(String key) {
    if (!has(key)) {
      problems.add(at, what + " needs '" + key + "'");
    }
    return node(key);
  }

  String text(String key) {
    return text(key, node(key));
  }

  String requiredText(String key) {
    return text(key, required(key));
  }

  private String text(String key, YamlNode node) {
    if (node == null) {
      return null;
    }
    if (node instanceof YamlNode.Scalar scalar && !scalar.text().isBlank()) {
      return scalar.text().strip();
    }
    problems.add(node.at(), "expected a text for '" + key + "', found " + node.description());
    return null;
  }

  <E extends Enum<E>> E symbol(String key, Class<E> type) {
    return symbol(key, node(key), type);
  }

  <E extends Enum<E>> E symbol(String key, YamlNode node, Class<E> type) {
    String text = text(key, node);
    if (text == null) {
      return null;
    }
    List<E> symbols =
        Arrays.stream(type.getEnumConstants()).filter(s -> !s.name().equals("UNKNOWN")).toList();
    for (E symbol : symbols) {
      if (symbol.name().equals(text)) {
        return symbol;
      }
    }
    problems.add(
        node.at(),
        "'"
            + text
            + "' is no "
            + key
            + Suggestions.forUnknown(text, symbols.stream().map(Enum::name).toList()));
    return null;
  }

  <E extends Enum<E>> List<String> symbols(String key, Class<E> type) {
    return items(key).stream()
        .map(item -> symbol(key, item, type))
        .filter(Objects::nonNull)
        .map(Enum::name)
        .distinct()
        .sorted()
        .toList();
  }

  /** One of some words. */
  String choice(String key, YamlNode node, List<String> words) {
    String word = text(key, node);
    if (word == null || words.contains(word)) {
      return word;
    }
    problems.add(node.at(), "'" + word + "' is no " + key + Suggestions.forUnknown(word, words));
    return null;
  }

  List<YamlNode> items(String key) {
    YamlNode node = node(key);
    if (node == null) {
      return List.of();
    }
    if (node instanceof YamlNode.Items items) {
      return items.items();
    }
    problems.add(node.at(), "expected a list for '" + key + "', found " + node.description());
    return List.of();
  }

  Map<String, YamlNode> mapping(String key) {
    YamlNode node = node(key);
    if (node == null) {
      return Map.of();
    }
    if (node instanceof YamlNode.Mapping mapping) {
      Map<String, YamlNode> values = new LinkedHashMap<>();
      mapping.entries().forEach((name, entry) -> values.put(name, entry.value()));
      return values;
    }
    problems.add(node.at(), "expected a mapping for '" + key + "', found " + node.description());
    return Map.of();
  }

  /** Whether the key says {@code true}; a key that is not there says false. */
  boolean flag(String key) {
    String text = text(key);
    if (text != null && !text.equals("true") && !text.equals("false")) {
      problems.add(
          node(key).at(), "expected true or false for '" + key + "', found '" + text + "'");
    }
    return "true".equals(text);
  }

  Double number(String key) {
    return has(key) ? number(key, node(key)) : null;
  }

  Double number(String key, YamlNode node) {
    if (node instanceof YamlNode.Scalar scalar) {
      try {
        double number = Double.parseDouble(scalar.text());
        if (Double.isFinite(number)) {
          return number;
        }
      } catch (NumberFormatException notANumber) {
        // Reported below, with what was found instead.
      }
    }
    problems.add(node.at(), "expected a number for '" + key + "', found " + node.description());
    return null;
  }

  Integer wholeNumber(String key, YamlNode node, int least) {
    if (node == null) {
      return null;
    }
    if (node instanceof YamlNode.Scalar scalar) {
      try {
        int number = Integer.parseInt(scalar.text());
        if (number >= least) {
          return number;
        }
      } catch (NumberFormatException notANumber) {
        // Reported below, with what was found instead.
      }
    }
    problems.add(
        node.at(),
        "expected a whole number of at least "
            + least
            + " for '"
            + key
            + "', found "
            + node.description());
    return null;
  }

  /** A positive duration in milliseconds. */
  Long duration(String key, YamlNode node) {
    if (node == null) {
      return null;
    }
    if (node instanceof YamlNode.Scalar scalar) {
      try {
        Duration duration = Duration.parse(scalar.text());
        if (duration.toMillis() > 0) {
          return duration.toMillis();
        }
      } catch (DateTimeException | ArithmeticException notADuration) {
        // Reported below, with what was found instead.
      }
    }
    problems.add(
        node.at(),
        "expected a positive ISO-8601 duration such as PT30M or P7D for '"
            + key
            + "', found "
            + node.description());
    return null;
  }

  Long duration(String key) {
    return duration(key, node(key));
  }

  /** CEL source text that gives what is expected. */
  String expression(String key, Expected expected) {
    return expression(key, node(key), expected);
  }

  String requiredExpression(String key, Expected expected) {
    return expression(key, required(key), expected);
  }

  List<String> expressions(String key) {
    return expressions(key, Expected.VALUE);
  }

  List<String> expressions(String key, Expected expected) {
    return items(key).stream()
        .map(item -> expression(key, item, expected))
        .filter(Objects::nonNull)
        .toList();
  }

  private String expression(String key, YamlNode node, Expected expected) {
    String source = text(key, node);
    if (source == null) {
      return null;
    }
    YamlNode.Scalar scalar = (YamlNode.Scalar) node;
    List<CelProblem> found = Expressions.check(source, expected);
    for (CelProblem problem : found) {
      String where =
          (problem.line() > 1 ? "line " + problem.line() + ", " : "")
              + "column "
              + problem.column()
              + " of the expression";
      problems.add(
          place(scalar, problem), "'" + key + "': " + problem.message() + " (" + where + ")");
    }
    return found.isEmpty() ? source : null;
  }

  /** Where in the file a problem of an expression stands; its beginning if that can't be told. */
  private static Location place(YamlNode.Scalar scalar, CelProblem problem) {
    Location start = scalar.verbatim();
    return start == null || problem.line() > 1
        ? scalar.at()
        : new Location(start.file(), start.line(), start.column() + problem.column() - 1);
  }
}
