package io.fermata.replay.mapping;

import io.fermata.rules.Suggestions;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads mapping files; {@code docs/mapping.md} describes them. */
public final class MappingLoader {

  private static final List<String> TOP =
      List.of(
          "format",
          "header",
          "columns",
          "separator",
          "quote",
          "encoding",
          "let",
          "skip",
          "constants",
          "fields",
          "identifiers",
          "attributes");

  private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  private static final Set<String> RESERVED =
      Set.of(
          "as",
          "break",
          "const",
          "continue",
          "else",
          "false",
          "for",
          "function",
          "if",
          "import",
          "in",
          "let",
          "loop",
          "namespace",
          "null",
          "package",
          "return",
          "row",
          "true",
          "var",
          "void",
          "while");

  private final String file;
  private final List<MappingProblem> problems = new ArrayList<>();
  private ExpressionCompiler compiler;

  private MappingLoader(String file) {
    this.file = file;
  }

  /**
   * The mapping in a file.
   *
   * @throws MappingException with every mistake in the file, or when it cannot be read
   */
  public static Mapping load(Path path) {
    try {
      return parse(path.toString(), Files.readString(path));
    } catch (IOException e) {
      throw new MappingException(
          List.of(
              new MappingProblem(
                  path.toString(), 1, 1, "cannot be read, expected a mapping in UTF-8: " + e)));
    }
  }

  /**
   * The mapping in a text.
   *
   * @param file name for messages
   * @param text the mapping's YAML
   * @throws MappingException with every mistake
   */
  public static Mapping parse(String file, String text) {
    MappingLoader loader = new MappingLoader(file);
    Mapping mapping = loader.read(YamlReader.read(file, text));
    if (!loader.problems.isEmpty()) {
      throw new MappingException(loader.problems);
    }
    return mapping;
  }

  private Mapping read(YamlNode root) {
    if (!(root instanceof YamlNode.Mapping)) {
      report(root, "expected keys (" + String.join(", ", TOP) + "), found " + root.describe());
      return null;
    }
    Map<String, YamlNode.Entry> top = entries(root, "the mapping", TOP);
    RowFormat format = format(root, top);
    compiler = new ExpressionCompiler(file, format.kind(), problems::add);
    Map<String, RowExpression> steps = steps(top);
    List<RowExpression> skip = skip(top);
    Map<String, Mapping.Value> fields = new LinkedHashMap<>();
    Map<String, Mapping.Value> score = new LinkedHashMap<>();
    Map<String, Mapping.Value> attributes = new LinkedHashMap<>();
    values("constants", true, top, fields, score, attributes);
    values("fields", false, top, fields, score, attributes);
    if (top.containsKey("attributes")) {
      attributes(top.get("attributes").value(), false, attributes);
    }
    List<Mapping.IdentifierRule> identifiers = identifiers(root, top);
    for (String required : TouchpointFields.REQUIRED) {
      if (!fields.containsKey(required)) {
        report(root, "'" + required + "' is not mapped, expected it in constants or fields");
      }
    }
    return new Mapping(
        new Mapping.Parts(format, steps, skip, fields, score, identifiers, attributes));
  }

  private RowFormat format(YamlNode root, Map<String, YamlNode.Entry> top) {
    RowFormat.Kind kind = RowFormat.Kind.CSV;
    YamlNode.Scalar kindText = scalar(top, "format");
    if (kindText == null) {
      if (!top.containsKey("format")) {
        report(root, "'format' is missing, expected csv, tsv or jsonl");
      }
    } else {
      List<String> kinds = List.of("csv", "tsv", "jsonl");
      if (kinds.contains(kindText.text())) {
        kind = RowFormat.Kind.valueOf(kindText.text().toUpperCase(Locale.ROOT));
      } else {
        report(
            kindText,
            "there is no format "
                + kindText.describe()
                + Suggestions.forUnknown("" + kindText.text(), kinds));
      }
    }
    if (kind == RowFormat.Kind.JSONL) {
      for (String other : List.of("header", "columns", "separator", "quote", "encoding")) {
        if (top.containsKey(other)) {
          report(top.get(other).key(), "'" + other + "' is for csv and tsv; jsonl is UTF-8 text");
        }
      }
      return new RowFormat(kind, false, List.of(), '\n', null, StandardCharsets.UTF_8);
    }
    boolean header = header(top);
    return new RowFormat(
        kind,
        header,
        columns(root, top, header),
        character(top, "separator", kind == RowFormat.Kind.TSV ? '\t' : ','),
        character(top, "quote", kind == RowFormat.Kind.TSV ? null : '"'),
        encoding(top));
  }

  private boolean header(Map<String, YamlNode.Entry> top) {
    YamlNode.Scalar text = scalar(top, "header");
    if (text != null && !"true".equals(text.text()) && !"false".equals(text.text())) {
      report(text, "header is " + text.describe() + ", expected true or false");
    }
    return text == null || !"false".equals(text.text());
  }

  private List<String> columns(YamlNode root, Map<String, YamlNode.Entry> top, boolean header) {
    if (!top.containsKey("columns")) {
      if (!header) {
        report(root, "'columns' is missing, expected the columns' names as there is no header");
      }
      return List.of();
    }
    YamlNode node = top.get("columns").value();
    if (header) {
      report(node, "columns are named by the header; expected no 'columns', or 'header: false'");
    }
    Set<String> columns = new LinkedHashSet<>();
    for (YamlNode item : items(node, "columns")) {
      if (!(item instanceof YamlNode.Scalar name) || name.text() == null) {
        report(item, "expected a column's name, found " + item.describe());
      } else if (!columns.add(name.text())) {
        report(item, "the column " + name.describe() + " appears twice");
      }
    }
    return List.copyOf(columns);
  }

  private Character character(Map<String, YamlNode.Entry> top, String key, Character otherwise) {
    YamlNode.Scalar text = scalar(top, key);
    if (text == null) {
      return otherwise;
    }
    if (key.equals("quote") && "none".equals(text.text())) {
      return null;
    }
    if (text.text() == null || text.text().length() != 1 || "\r\n".contains(text.text())) {
      report(text, key + " is " + text.describe() + ", expected one character");
      return otherwise;
    }
    return text.text().charAt(0);
  }

  private Charset encoding(Map<String, YamlNode.Entry> top) {
    YamlNode.Scalar name = scalar(top, "encoding");
    if (name == null) {
      return StandardCharsets.UTF_8;
    }
    try {
      return Charset.forName(name.text());
    } catch (IllegalArgumentException e) {
      report(name, "there is no encoding " + name.describe() + ", expected for instance UTF-8");
      return StandardCharsets.UTF_8;
    }
  }

  private Map<String, RowExpression> steps(Map<String, YamlNode.Entry> top) {
    Map<String, RowExpression> steps = new LinkedHashMap<>();
    if (!top.containsKey("let")) {
      return steps;
    }
    Map<String, YamlNode.Entry> entries = entries(top.get("let").value(), "let", null);
    Set<String> later = new HashSet<>(entries.keySet());
    for (YamlNode.Entry entry : entries.values()) {
      String name = entry.key().text();
      later.remove(name);
      if (!IDENTIFIER.matcher(name).matches() || RESERVED.contains(name)) {
        report(entry.key(), "'" + name + "' is no name, expected a word such as endedAt");
      } else if (entry.value() instanceof YamlNode.Scalar source) {
        RowExpression step = compiler.step(name, source, later);
        if (step != null) {
          steps.put(name, step);
        }
      } else {
        report(entry.value(), "expected an expression, found " + entry.value().describe());
      }
    }
    return steps;
  }

  private List<RowExpression> skip(Map<String, YamlNode.Entry> top) {
    List<RowExpression> skip = new ArrayList<>();
    if (top.containsKey("skip")) {
      for (YamlNode item : items(top.get("skip").value(), "skip")) {
        RowExpression condition = compile("skip", item, FieldType.CONDITION);
        if (condition != null) {
          skip.add(condition);
        }
      }
    }
    return skip;
  }

  private void values(
      String section,
      boolean constants,
      Map<String, YamlNode.Entry> top,
      Map<String, Mapping.Value> fields,
      Map<String, Mapping.Value> score,
      Map<String, Mapping.Value> attributes) {
    if (!top.containsKey(section)) {
      return;
    }
    List<String> known = new ArrayList<>(TouchpointFields.BY_NAME.keySet());
    known.add("score");
    if (constants) {
      known.add("attributes");
    }
    for (YamlNode.Entry entry : entries(top.get(section).value(), section, known).values()) {
      String name = entry.key().text();
      if (name.equals("attributes")) {
        attributes(entry.value(), true, attributes);
      } else if (name.equals("score")) {
        for (YamlNode.Entry part :
            entries(entry.value(), "score", TouchpointFields.SCORE.keySet()).values()) {
          FieldType type = TouchpointFields.SCORE.get(part.key().text());
          value("score.", part, type, constants, score);
        }
      } else {
        value("", entry, TouchpointFields.BY_NAME.get(name).type(), constants, fields);
      }
    }
  }

  private void attributes(YamlNode node, boolean constants, Map<String, Mapping.Value> attributes) {
    for (YamlNode.Entry entry : entries(node, "attributes", null).values()) {
      value("attributes.", entry, FieldType.TEXT, constants, attributes);
    }
  }

  private void value(
      String prefix,
      YamlNode.Entry entry,
      FieldType type,
      boolean constant,
      Map<String, Mapping.Value> into) {
    String name = entry.key().text();
    Mapping.Value value = null;
    if (constant) {
      value = new Mapping.Value(null, type, constant(prefix + name, entry.value(), type));
    } else {
      RowExpression expression = compile(prefix + name, entry.value(), type);
      value = new Mapping.Value(expression, type, null);
    }
    if (into.put(name, value) != null) {
      report(entry.key(), "'" + prefix + name + "' is mapped twice, expected one value");
    }
  }

  private Object constant(String name, YamlNode node, FieldType type) {
    if (node instanceof YamlNode.Scalar scalar) {
      try {
        Object value = type.convert(scalar.text());
        if (value != null) {
          return value;
        }
        report(node, name + " is empty, expected " + type.expected());
      } catch (IllegalArgumentException e) {
        report(node, name + ": " + e.getMessage());
      }
    } else {
      report(node, name + " is " + node.describe() + ", expected " + type.expected());
    }
    return null;
  }

  private List<Mapping.IdentifierRule> identifiers(YamlNode root, Map<String, YamlNode.Entry> top) {
    if (!top.containsKey("identifiers")) {
      report(root, "'identifiers' is missing, expected a list of {kind, value, when}");
      return List.of();
    }
    YamlNode list = top.get("identifiers").value();
    List<YamlNode> items = items(list, "identifiers");
    if (items.isEmpty()) {
      report(list, "identifiers is empty, expected at least one {kind, value, when}");
    }
    List<Mapping.IdentifierRule> rules = new ArrayList<>();
    for (YamlNode item : items) {
      Map<String, YamlNode.Entry> entries =
          entries(item, "an identifier", List.of("kind", "value", "when"));
      YamlNode.Scalar kind = scalar(entries, "kind");
      if (kind == null || kind.text() == null || kind.text().isBlank()) {
        report(item, "the identifier has no kind, expected for instance 'kind: customer'");
      }
      if (!entries.containsKey("value")) {
        report(item, "the identifier has no value, expected an expression");
        continue;
      }
      rules.add(
          new Mapping.IdentifierRule(
              kind == null ? null : kind.text(),
              compile("identifiers.value", entries.get("value").value(), FieldType.TEXT),
              entries.containsKey("when")
                  ? compile("identifiers.when", entries.get("when").value(), FieldType.CONDITION)
                  : null));
    }
    return rules;
  }

  private RowExpression compile(String name, YamlNode node, FieldType type) {
    if (node instanceof YamlNode.Scalar source) {
      return compiler.compile(name, source, type);
    }
    report(node, name + " is " + node.describe() + ", expected an expression");
    return null;
  }

  /** The entries of a node, unknown keys reported; empty when it is something else. */
  private Map<String, YamlNode.Entry> entries(
      YamlNode node, String what, Collection<String> known) {
    if (!(node instanceof YamlNode.Mapping mapping)) {
      report(node, what + " is " + node.describe() + ", expected keys and values");
      return Map.of();
    }
    Map<String, YamlNode.Entry> entries = new LinkedHashMap<>();
    mapping
        .entries()
        .forEach(
            (name, entry) -> {
              if (known != null && !known.contains(name)) {
                report(
                    entry.key(),
                    "unknown key '" + name + "' in " + what + Suggestions.forUnknown(name, known));
              } else {
                entries.put(name, entry);
              }
            });
    return entries;
  }

  private List<YamlNode> items(YamlNode node, String what) {
    if (node instanceof YamlNode.Sequence sequence) {
      return sequence.items();
    }
    report(node, what + " is " + node.describe() + ", expected a list");
    return List.of();
  }

  private YamlNode.Scalar scalar(Map<String, YamlNode.Entry> entries, String key) {
    YamlNode.Entry entry = entries.get(key);
    if (entry == null) {
      return null;
    }
    if (entry.value() instanceof YamlNode.Scalar scalar) {
      return scalar;
    }
    report(entry.value(), key + " is " + entry.value().describe() + ", expected one value");
    return null;
  }

  private void report(YamlNode at, String message) {
    problems.add(new MappingProblem(file, at.line(), at.column(), message));
  }
}
