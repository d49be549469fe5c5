package io.fermata.rules.cel;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.CelKind;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypes;
import dev.cel.common.types.NullableType;
import io.fermata.model.Touchpoint;
import io.fermata.rules.Condition;
import io.fermata.rules.Expression;
import io.fermata.rules.Suggestions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Compiles CEL over the fields of a touchpoint. The library parses and type-checks; the checked
 * tree becomes closures ({@link ClosureCompiler}), and what those do not cover (lists other than on
 * the right of {@code in}, comprehensions, bytes and unsigned numbers, rarer string functions) is
 * left to the library's own runtime, part by part.
 */
public final class Expressions {

  private static final Set<CelKind> NOT_SINGLE =
      Set.of(CelKind.LIST, CelKind.MAP, CelKind.STRUCT, CelKind.TYPE, CelKind.BYTES);

  private static final Pattern UNDECLARED =
      Pattern.compile("undeclared reference to '([^']+)'.*", Pattern.DOTALL);
  private static final Pattern UNDEFINED = Pattern.compile("undefined field '([^']+)'.*");
  private static final Pattern OVERLOAD =
      Pattern.compile(
          "found no matching overload for '([^']+)' applied to '(.*?)' \\(candidates.*",
          Pattern.DOTALL);
  private static final Pattern MIXED_NUMBERS =
      Pattern.compile(".*\\b(int\\b.*\\bdouble|double\\b.*\\bint)\\b.*");

  private Expressions() {}

  /** What is wrong with an expression; empty when it compiles. */
  public static List<CelProblem> check(String source, Expected expected) {
    try {
      compile(source, expected);
      return List.of();
    } catch (CelProblemsException e) {
      return e.problems();
    }
  }

  /**
   * A condition; each touchpoint on which it cannot be evaluated is counted in {@code failures}.
   *
   * @throws CelProblemsException when it does not compile or is not a bool
   */
  public static Condition condition(String source, LongAdder failures) {
    return condition(compile(source, Expected.CONDITION), failures);
  }

  /**
   * An expression of any other kind; where it cannot be evaluated it gives null and counts.
   *
   * @throws CelProblemsException when it does not compile or has another type than expected
   */
  public static Expression expression(String source, Expected expected, LongAdder failures) {
    return expression(compile(source, expected), failures);
  }

  static Expression expression(CelCompiled compiled, LongAdder failures) {
    Node node = compiled.node();
    Set<String> reads = compiled.reads();
    return new Expression() {
      @Override
      public Object evaluate(Touchpoint touchpoint) {
        Object value = node.eval(touchpoint);
        if (value == Node.FAILED) {
          failures.increment();
          return null;
        }
        return value;
      }

      @Override
      public Set<String> reads() {
        return reads;
      }
    };
  }

  static Condition condition(CelCompiled compiled, LongAdder failures) {
    Truth truth = Truth.from(compiled.node());
    Truth steady = compiled.steadyPart();
    Set<String> leftOpen = compiled.readsOfTheRest();
    return new Condition() {
      @Override
      public boolean matches(Touchpoint touchpoint) {
        int result = truth.test(touchpoint);
        if (result == Truth.FAILURE) {
          failures.increment();
        }
        return result == Truth.TRUE;
      }

      @Override
      public boolean wouldMatch(Touchpoint touchpoint) {
        return truth.test(touchpoint) == Truth.TRUE;
      }

      @Override
      public boolean couldMatch(Touchpoint message) {
        return steady.test(message) == Truth.TRUE;
      }

      @Override
      public Set<String> leftOpen() {
        return leftOpen;
      }
    };
  }

  static CelCompiled compile(String source, Expected expected) {
    return compile(source, expected, false);
  }

  /** Compiled for touchpoints that a pause covers, or for those that none does. */
  static CelCompiled compile(String source, Expected expected, boolean paused) {
    CelAbstractSyntaxTree tree;
    try {
      tree = Library.compile(source).getAst();
    } catch (CelValidationException e) {
      throw new CelProblemsException(
          source, e.getErrors().stream().map(Expressions::problem).toList());
    }
    List<CelProblem> problems = new ArrayList<>();
    if (!matches(tree.getResultType(), expected)) {
      problems.add(
          new CelProblem(
              1,
              1,
              "expected "
                  + expected.description()
                  + " but this is "
                  + readable(CelTypes.format(tree.getResultType()))));
    }
    ClosureCompiler compiler = new ClosureCompiler(tree, problems, paused);
    Node node = compiler.compile(tree.getExpr());
    if (!problems.isEmpty()) {
      throw new CelProblemsException(source, problems);
    }
    return new CelCompiled(tree, node, compiler);
  }

  private static boolean matches(CelType type, Expected expected) {
    CelKind kind =
        type instanceof NullableType nullable ? nullable.targetType().kind() : type.kind();
    return switch (expected) {
      case CONDITION -> type.kind() == CelKind.BOOL;
      case NUMBER -> kind == CelKind.INT || kind == CelKind.DOUBLE;
      case TIME -> kind == CelKind.TIMESTAMP;
      case VALUE -> !NOT_SINGLE.contains(kind);
    };
  }

  private static CelProblem problem(CelIssue issue) {
    return new CelProblem(
        issue.getSourceLocation().getLine(),
        issue.getSourceLocation().getColumn() + 1,
        readableIssue(issue.getMessage()));
  }

  private static String readableIssue(String message) {
    Matcher undeclared = UNDECLARED.matcher(message);
    if (undeclared.matches()) {
      Set<String> known = new TreeSet<>(Field.PLAIN.keySet());
      known.addAll(List.of("attributes", "identifiers", Library.PAUSED, "score"));
      return "unknown name '"
          + undeclared.group(1)
          + "'"
          + Suggestions.forUnknown(undeclared.group(1), known);
    }
    Matcher undefined = UNDEFINED.matcher(message);
    if (undefined.matches()) {
      return "unknown field '"
          + undefined.group(1)
          + "'"
          + Suggestions.forUnknown(undefined.group(1), Field.OF_SCORE.keySet());
    }
    Matcher overload = OVERLOAD.matcher(message);
    if (overload.matches()) {
      String function = overload.group(1).replace("_", "").replace("@", "");
      String hint =
          MIXED_NUMBERS.matcher(overload.group(2)).matches()
              ? "; whole and decimal numbers mix only in <, <=, > and >=: write 6.0, double(x) or int(x)"
              : "";
      return "'" + function + "' does not take " + readable(overload.group(2)) + hint;
    }
    return message;
  }

  private static String readable(String types) {
    return types
        .replaceAll("wrapper\\((\\w+)\\)", "$1 or null")
        .replace("google.protobuf.Timestamp", "timestamp")
        .replace("google.protobuf.Duration", "duration");
  }
}
