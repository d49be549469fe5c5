package io.fermata.replay.mapping;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.common.navigation.CelNavigableExpr;
import dev.cel.common.types.CelKind;
import dev.cel.common.types.CelType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.extensions.CelExtensions;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import dev.cel.runtime.Program;
import io.fermata.rules.Suggestions;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Compiles the expressions of one mapping. Names that are no named step are columns; whether a file
 * has them is known only when it is opened, so the columns read are kept with the expression.
 */
final class ExpressionCompiler {

  /** Names of types, which are values in CEL; a column of that name hides the type. */
  private static final Set<String> TYPE_NAMES =
      Set.of("bool", "bytes", "double", "duration", "int", "list", "map", "string", "uint");

  private final String file;
  private final CelType columnType;
  private final Consumer<MappingProblem> problems;
  private final RowFunctions functions = new RowFunctions();
  private final CelCompiler base;
  private final CelRuntime runtime;
  private final Map<String, CelType> steps = new LinkedHashMap<>();

  ExpressionCompiler(String file, RowFormat.Kind kind, Consumer<MappingProblem> problems) {
    this.file = file;
    this.columnType = kind == RowFormat.Kind.JSONL ? SimpleType.DYN : SimpleType.STRING;
    this.problems = problems;
    this.base =
        CelCompilerFactory.standardCelCompilerBuilder()
            .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
            .addLibraries(CelExtensions.strings())
            .addFunctionDeclarations(functions.declarations())
            .addVar(RowValues.ROW, MapType.create(SimpleType.STRING, columnType))
            .build();
    this.runtime =
        CelRuntimeFactory.legacyCelRuntimeBuilder()
            .addLibraries(CelExtensions.strings())
            .addFunctionBindings(functions.bindings())
            .build();
  }

  /** Compiles a step that later expressions may use by its name; null when it has mistakes. */
  RowExpression step(String name, YamlNode.Scalar source, Set<String> laterSteps) {
    CelAbstractSyntaxTree ast = check(source, laterSteps, name);
    // A step with mistakes stays known, so that its users are not reported as well.
    steps.put(name, ast == null ? SimpleType.DYN : ast.getResultType());
    return ast == null ? null : expression("let." + name, source, ast);
  }

  /** Compiles an expression for a field of {@code type}; null when it has mistakes. */
  RowExpression compile(String name, YamlNode.Scalar source, FieldType type) {
    CelAbstractSyntaxTree ast = check(source, Set.of(), null);
    if (ast == null) {
      return null;
    }
    CelKind kind = ast.getResultType().kind();
    boolean fits =
        type.accepts(kind)
            || type.kinds().stream().anyMatch(k -> wrapped(k).equals(ast.getResultType().name()));
    if (!fits) {
      report(
          source,
          1,
          0,
          name + " gets " + ast.getResultType().name() + ", expected " + type.expected());
      return null;
    }
    return expression(name, source, ast);
  }

  private static String wrapped(CelKind kind) {
    return switch (kind) {
      case STRING -> "google.protobuf.StringValue";
      case INT -> "google.protobuf.Int64Value";
      case DOUBLE -> "google.protobuf.DoubleValue";
      case BOOL -> "google.protobuf.BoolValue";
      default -> "google.protobuf.Timestamp";
    };
  }

  private CelAbstractSyntaxTree check(YamlNode.Scalar source, Set<String> laterSteps, String self) {
    if (source.text() == null || source.text().isBlank()) {
      report(source, 1, 0, "expected an expression, found nothing");
      return null;
    }
    CelValidationResult parsed = base.parse(source.text(), file);
    CelAbstractSyntaxTree tree = treeOf(source, parsed);
    if (tree == null) {
      return null;
    }
    CelCompilerBuilder builder = base.toCompilerBuilder();
    for (Map.Entry<String, Long> variable : variables(tree).entrySet()) {
      String name = variable.getKey();
      if (name.equals(self) || laterSteps.contains(name)) {
        report(
            source,
            tree,
            variable.getValue(),
            name.equals(self)
                ? "let." + name + " uses itself"
                : "let." + name + " is defined further down, expected it before its use");
        return null;
      }
      if (!name.equals(RowValues.ROW)) {
        builder.addVar(name, steps.getOrDefault(name, columnType));
      }
    }
    CelAbstractSyntaxTree checked = treeOf(source, builder.build().check(tree));
    return checked != null && literalsAreRight(source, checked) ? checked : null;
  }

  private CelAbstractSyntaxTree treeOf(YamlNode.Scalar source, CelValidationResult result) {
    for (CelIssue issue : result.getErrors()) {
      report(
          source,
          issue.getSourceLocation().getLine(),
          issue.getSourceLocation().getColumn(),
          message(issue));
    }
    try {
      return result.hasError() ? null : result.getAst();
    } catch (CelValidationException e) {
      throw new IllegalStateException("a result without errors has a tree", e);
    }
  }

  private String message(CelIssue issue) {
    String undeclared = "undeclared reference to '";
    String message = issue.getMessage();
    if (message.startsWith(undeclared)) {
      String name =
          message.substring(undeclared.length(), message.indexOf('\'', undeclared.length()));
      List<String> ours = functions.declarations().stream().map(f -> f.name()).toList();
      return "there is no function '" + name + "'" + Suggestions.forUnknown(name, ours);
    }
    return message;
  }

  /** Zones and patterns written in the mapping are tried now, not on each row. */
  private boolean literalsAreRight(YamlNode.Scalar source, CelAbstractSyntaxTree tree) {
    List<CelNavigableExpr> calls =
        CelNavigableAst.fromAst(tree)
            .getRoot()
            .allNodes()
            .filter(node -> node.getKind() == Kind.CALL)
            .toList();
    boolean right = true;
    for (CelNavigableExpr node : calls) {
      List<CelExpr> arguments = node.expr().call().args();
      String function = node.expr().call().function();
      for (int i = 1; i < arguments.size(); i++) {
        CelExpr argument = arguments.get(i);
        if ((function.equals("time") || function.equals("nextDay"))
            && argument.getKind() == Kind.CONSTANT
            && argument.constant().getKind() == CelConstant.Kind.STRING_VALUE) {
          String literal = argument.constant().stringValue();
          try {
            if (function.equals("time") && i == 1) {
              RowFunctions.checkPattern(literal);
            } else {
              RowFunctions.checkZone(literal);
            }
          } catch (IllegalArgumentException e) {
            report(source, tree, argument.id(), e.getMessage());
            right = false;
          }
        }
      }
    }
    return right;
  }

  /** The free variables of an expression, each with the id of its first use. */
  private static Map<String, Long> variables(CelAbstractSyntaxTree tree) {
    List<CelNavigableExpr> nodes = CelNavigableAst.fromAst(tree).getRoot().allNodes().toList();
    Set<String> bound = new HashSet<>();
    for (CelNavigableExpr node : nodes) {
      if (node.getKind() == Kind.COMPREHENSION) {
        bound.add(node.expr().comprehension().iterVar());
        bound.add(node.expr().comprehension().iterVar2());
        bound.add(node.expr().comprehension().accuVar());
      }
    }
    Map<String, Long> free = new LinkedHashMap<>();
    for (CelNavigableExpr node : nodes) {
      if (node.getKind() == Kind.IDENT) {
        String name = node.expr().ident().name();
        if (!bound.contains(name) && !TYPE_NAMES.contains(name)) {
          free.putIfAbsent(name, node.id());
        }
      }
    }
    return free;
  }

  private RowExpression expression(
      String name, YamlNode.Scalar source, CelAbstractSyntaxTree tree) {
    Map<String, MappingProblem> columns = new LinkedHashMap<>();
    variables(tree)
        .forEach(
            (variable, id) -> {
              if (!variable.equals(RowValues.ROW) && !steps.containsKey(variable)) {
                columns.put(variable, missing(source, tree, id, variable));
              }
            });
    CelNavigableAst.fromAst(tree)
        .getRoot()
        .allNodes()
        .filter(node -> indexedColumn(node.expr()) != null)
        .forEach(
            node -> {
              String column = indexedColumn(node.expr());
              long at = node.expr().call().args().get(0).id();
              columns.put(column, missing(source, tree, at, column));
            });
    CelExpr root = tree.getExpr();
    String direct =
        root.getKind() == Kind.IDENT && !root.ident().name().equals(RowValues.ROW)
            ? root.ident().name()
            : null;
    try {
      Program program = direct == null ? runtime.createProgram(tree) : null;
      return new RowExpression(name, direct, program, Map.copyOf(columns));
    } catch (CelEvaluationException e) {
      throw new IllegalStateException("a checked expression can be planned", e);
    }
  }

  /** The column of {@code row['column']}, or null for anything else. */
  private static String indexedColumn(CelExpr expr) {
    if (expr.getKind() != Kind.CALL || !expr.call().function().equals("_[_]")) {
      return null;
    }
    CelExpr map = expr.call().args().get(0);
    CelExpr key = expr.call().args().get(1);
    return map.getKind() == Kind.IDENT
            && map.ident().name().equals(RowValues.ROW)
            && key.getKind() == Kind.CONSTANT
            && key.constant().getKind() == CelConstant.Kind.STRING_VALUE
        ? key.constant().stringValue()
        : null;
  }

  private MappingProblem missing(
      YamlNode.Scalar source, CelAbstractSyntaxTree tree, long id, String column) {
    return located(source, tree, id, "there is no column '" + column + "'");
  }

  private void report(YamlNode.Scalar source, CelAbstractSyntaxTree tree, long id, String message) {
    problems.accept(located(source, tree, id, message));
  }

  private void report(YamlNode.Scalar source, int celLine, int celColumn, String message) {
    problems.accept(at(source, celLine, celColumn, message));
  }

  private MappingProblem located(
      YamlNode.Scalar source, CelAbstractSyntaxTree tree, long id, String message) {
    Integer offset = tree.getSource().getPositionsMap().get(id);
    if (offset == null) {
      return at(source, 1, 0, message);
    }
    String before = source.text().substring(0, Math.min(offset, source.text().length()));
    int line = (int) before.chars().filter(c -> c == '\n').count() + 1;
    return at(source, line, before.length() - before.lastIndexOf('\n') - 1, message);
  }

  private MappingProblem at(YamlNode.Scalar source, int celLine, int celColumn, String message) {
    int line = Math.max(celLine, 1);
    return new MappingProblem(
        file,
        source.textLine() + line - 1,
        source.textColumn() + Math.max(celColumn, 0),
        message.lines().collect(Collectors.joining(" ")));
  }
}
