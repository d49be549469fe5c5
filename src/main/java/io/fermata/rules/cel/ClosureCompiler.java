package io.fermata.rules.cel;

import com.google.common.base.Ascii;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelSourceLocation;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.CelCall;
import dev.cel.common.ast.CelExpr.CelSelect;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.common.types.CelKind;
import dev.cel.common.types.CelType;
import dev.cel.common.types.NullableType;
import io.fermata.rules.Suggestions;
import io.fermata.rules.Zone;
import io.fermata.rules.Zones;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.BinaryOperator;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.function.UnaryOperator;

/**
 * Turns a checked tree into closures. A part that it does not know how to compile runs in the
 * library's runtime; the meaning is the same, only slower.
 */
final class ClosureCompiler {

  static final String AND = "_&&_";
  static final String OR = "_||_";
  static final String EQUALS = "_==_";
  static final String NOT_EQUALS = "_!=_";
  static final String IN = "@in";
  static final String INDEX = "_[_]";
  private static final String NOT = "!_";
  private static final String CONDITIONAL = "_?_:_";

  private static final Set<CelKind> SCALARS =
      Set.of(
          CelKind.BOOL,
          CelKind.INT,
          CelKind.DOUBLE,
          CelKind.STRING,
          CelKind.TIMESTAMP,
          CelKind.DURATION,
          CelKind.NULL_TYPE);

  private final CelAbstractSyntaxTree tree;
  private final List<CelProblem> problems;
  private final boolean paused;

  /**
   * @param problems receives what the type checker cannot see: symbols no field has, literals that
   *     are no time
   * @param paused the value of the variable of that name
   */
  ClosureCompiler(CelAbstractSyntaxTree tree, List<CelProblem> problems, boolean paused) {
    this.tree = tree;
    this.problems = problems;
    this.paused = paused;
  }

  Node compile(CelExpr expr) {
    Node node =
        switch (expr.getKind()) {
          case CONSTANT -> constant(expr.constant());
          case IDENT -> ident(expr.ident().name());
          case SELECT -> select(expr.select());
          case CALL -> call(expr, expr.call());
          default -> null;
        };
    return node != null ? node : library(expr);
  }

  private Node library(CelExpr expr) {
    return Library.node(
        CelAbstractSyntaxTree.newCheckedAst(
            expr, tree.getSource(), tree.getReferenceMap(), tree.getTypeMap()),
        paused);
  }

  private static Node constant(CelConstant constant) {
    return switch (constant.getKind()) {
      case NULL_VALUE -> new Node.Constant(null);
      case BOOLEAN_VALUE -> new Node.Constant(constant.booleanValue());
      case INT64_VALUE -> new Node.Constant(constant.int64Value());
      case DOUBLE_VALUE -> new Node.Constant(constant.doubleValue());
      case STRING_VALUE -> new Node.Constant(constant.stringValue());
      default -> null;
    };
  }

  private Node ident(String name) {
    if (name.equals(Library.PAUSED)) {
      return new Node.Constant(paused);
    }
    Field field = Field.PLAIN.get(name);
    return field == null ? null : new Node.Read(field);
  }

  private Node select(CelSelect select) {
    if (isIdent(select.operand(), "attributes")) {
      String key = select.field();
      Truth isThere = touchpoint -> Truth.of(touchpoint.attributes().containsKey(key));
      return select.testOnly() ? isThere : new Node.Attribute(key);
    }
    if (isIdent(select.operand(), "score") && !select.testOnly()) {
      return new Node.Read(Field.OF_SCORE.get(select.field()));
    }
    return null;
  }

  private Node call(CelExpr expr, CelCall call) {
    List<CelExpr> arguments = new ArrayList<>();
    call.target().ifPresent(arguments::add);
    arguments.addAll(call.args());
    return switch (call.function()) {
      case AND -> Truth.and(truths(conjuncts(expr)));
      case OR -> Truth.or(truths(flatten(OR, expr, new ArrayList<>())));
      case NOT -> Truth.not(truth(arguments.get(0)));
      case CONDITIONAL ->
          conditional(
              expr, truth(arguments.get(0)), compile(arguments.get(1)), compile(arguments.get(2)));
      case EQUALS -> equality(arguments.get(0), arguments.get(1));
      case NOT_EQUALS -> {
        Truth equal = equality(arguments.get(0), arguments.get(1));
        yield equal == null ? null : Truth.not(equal);
      }
      case IN -> in(arguments.get(0), arguments.get(1));
      case INDEX -> index(arguments.get(0), arguments.get(1));
      default ->
          arguments.stream().allMatch(this::isScalar)
              ? scalarCall(expr, call.function(), arguments)
              : null;
    };
  }

  private Node scalarCall(CelExpr expr, String function, List<CelExpr> arguments) {
    CelExpr first = arguments.get(0);
    CelExpr second = arguments.size() > 1 ? arguments.get(1) : null;
    return switch (function) {
      case "_<_" -> ordering(Ordering.LESS, first, second);
      case "_<=_" -> ordering(Ordering.LESS_OR_EQUAL, first, second);
      case "_>_" -> ordering(Ordering.GREATER, first, second);
      case "_>=_" -> ordering(Ordering.GREATER_OR_EQUAL, first, second);
      case "_+_" -> binary(Values::add, first, second);
      case "_-_" -> binary(Values::subtract, first, second);
      case "_*_" -> binary(Values::multiply, first, second);
      case "_/_" -> binary(Values::divide, first, second);
      case "_%_" -> binary(Values::remainder, first, second);
      case "-_" -> unary(Values::negate, first);
      case "dyn" -> compile(first);
      case "size" ->
          unary(
              value ->
                  value instanceof String text
                      ? (Object) (long) text.codePointCount(0, text.length())
                      : Node.FAILED,
              first);
      case "int" ->
          is(first, CelKind.INT, CelKind.DOUBLE, CelKind.STRING, CelKind.TIMESTAMP)
              ? unary(Values::toInt, first)
              : null;
      case "double" ->
          is(first, CelKind.INT, CelKind.DOUBLE, CelKind.STRING)
              ? unary(Values::toDouble, first)
              : null;
      case "string" ->
          is(first, CelKind.INT, CelKind.STRING, CelKind.BOOL)
              ? unary(value -> value == null ? Node.FAILED : value.toString(), first)
              : null;
      case "duration", "timestamp" -> literal(expr, first);
      case "startsWith" -> text(String::startsWith, first, second);
      case "endsWith" -> text(String::endsWith, first, second);
      case "contains" -> text(String::contains, first, second);
      case "matches" -> pattern(first, second);
      case "lowerAscii" ->
          unary(v -> v instanceof String s ? Ascii.toLowerCase(s) : Node.FAILED, first);
      case "upperAscii" ->
          unary(v -> v instanceof String s ? Ascii.toUpperCase(s) : Node.FAILED, first);
      default -> part(function, first, second);
    };
  }

  private Truth truth(CelExpr expr) {
    return Truth.from(compile(expr));
  }

  /** The operands of a chain of one logical operator, in order. */
  private Truth[] truths(List<CelExpr> conditions) {
    return conditions.stream().map(this::truth).toArray(Truth[]::new);
  }

  /** What a condition joins with "and"; itself alone where it joins nothing. */
  static List<CelExpr> conjuncts(CelExpr condition) {
    return flatten(AND, condition, new ArrayList<>());
  }

  private static List<CelExpr> flatten(String operator, CelExpr expr, List<CelExpr> into) {
    if (expr.getKind() == Kind.CALL && expr.call().function().equals(operator)) {
      expr.call().args().forEach(argument -> flatten(operator, argument, into));
    } else {
      into.add(expr);
    }
    return into;
  }

  private Node conditional(CelExpr expr, Truth condition, Node whenTrue, Node whenFalse) {
    if (kind(expr) == CelKind.BOOL) {
      Truth left = Truth.from(whenTrue);
      Truth right = Truth.from(whenFalse);
      return (Truth)
          touchpoint -> {
            int which = condition.test(touchpoint);
            return which == Truth.FAILURE
                ? Truth.FAILURE
                : which == Truth.TRUE ? left.test(touchpoint) : right.test(touchpoint);
          };
    }
    return touchpoint -> {
      int which = condition.test(touchpoint);
      return which == Truth.FAILURE
          ? Node.FAILED
          : which == Truth.TRUE ? whenTrue.eval(touchpoint) : whenFalse.eval(touchpoint);
    };
  }

  private Truth equality(CelExpr left, CelExpr right) {
    if ((isIdent(left, "score") && isNull(right)) || (isIdent(right, "score") && isNull(left))) {
      return touchpoint -> Truth.of(touchpoint.score() == null);
    }
    if (!isScalar(left) || !isScalar(right)) {
      return null;
    }
    Node a = compile(left);
    Node b = compile(right);
    if (b instanceof Node.Constant constant) {
      return equalTo(a, constant.value(), right);
    }
    if (a instanceof Node.Constant constant) {
      return equalTo(b, constant.value(), left);
    }
    return touchpoint -> {
      Object x = a.eval(touchpoint);
      Object y = b.eval(touchpoint);
      return x == Node.FAILED || y == Node.FAILED ? Truth.FAILURE : Truth.of(Values.equal(x, y));
    };
  }

  private Truth equalTo(Node node, Object constant, CelExpr at) {
    if (node instanceof Node.Read read) {
      Field field = read.field();
      if (constant == null) {
        return raw(field, value -> value == null);
      }
      if (field.symbols() != null && constant instanceof String name) {
        Enum<?> symbol = symbol(field, name, at);
        return raw(field, value -> value == symbol);
      }
      if (field.shape() == Field.Shape.TEXT) {
        return raw(field, constant::equals);
      }
      if (field.shape() == Field.Shape.WHOLE && constant instanceof Long whole) {
        return raw(field, value -> value instanceof Integer number && number.longValue() == whole);
      }
    }
    return touchpoint -> {
      Object value = node.eval(touchpoint);
      return value == Node.FAILED ? Truth.FAILURE : Truth.of(Values.equal(value, constant));
    };
  }

  private static Truth raw(Field field, Predicate<Object> test) {
    return touchpoint -> {
      Object value = field.raw().apply(touchpoint);
      return value == Node.FAILED ? Truth.FAILURE : Truth.of(test.test(value));
    };
  }

  private Enum<?> symbol(Field field, String name, CelExpr at) {
    for (Enum<?> symbol : field.symbols().getEnumConstants()) {
      if (symbol.name().equals(name)) {
        return symbol;
      }
    }
    report(
        at,
        "'" + name + "' is no " + field.name() + Suggestions.forUnknown(name, field.symbolNames()));
    return null;
  }

  private Truth ordering(Ordering ordering, CelExpr left, CelExpr right) {
    Node a = compile(left);
    Node b = compile(right);
    if (a instanceof Node.Constant constant && constant.value() instanceof Number bound) {
      Truth fast = comparedWith(b, ordering.swapped(), bound);
      if (fast != null) {
        return fast;
      }
    }
    if (b instanceof Node.Constant constant && constant.value() instanceof Number bound) {
      Truth fast = comparedWith(a, ordering, bound);
      if (fast != null) {
        return fast;
      }
    }
    if (a instanceof Node.Read x
        && b instanceof Node.Read y
        && x.field().shape() == Field.Shape.TIME
        && y.field().shape() == Field.Shape.TIME) {
      return touchpoint ->
          x.field().raw().apply(touchpoint) instanceof Long one
                  && y.field().raw().apply(touchpoint) instanceof Long other
              ? ordering.test(Long.compare(one, other))
              : Truth.FAILURE;
    }
    return touchpoint -> {
      Object x = a.eval(touchpoint);
      Object y = b.eval(touchpoint);
      return ordering.test(Values.compare(x, y));
    };
  }

  /** A number field against a fixed bound, without boxing; null for any other node. */
  private static Truth comparedWith(Node node, Ordering ordering, Number bound) {
    if (!(node instanceof Node.Read read)) {
      return null;
    }
    Field field = read.field();
    if (field.shape() == Field.Shape.WHOLE && bound instanceof Long whole) {
      long limit = whole;
      return touchpoint ->
          field.raw().apply(touchpoint) instanceof Integer number
              ? ordering.test(Long.compare(number, limit))
              : Truth.FAILURE;
    }
    double limit = bound.doubleValue();
    if (field.shape() == Field.Shape.WHOLE) {
      return touchpoint ->
          field.raw().apply(touchpoint) instanceof Integer number
              ? ordering.test(Values.compareNumbers(number, limit))
              : Truth.FAILURE;
    }
    if (field.shape() == Field.Shape.REAL) {
      return touchpoint ->
          field.raw().apply(touchpoint) instanceof Double number
              ? ordering.test(Values.compareNumbers(number, limit))
              : Truth.FAILURE;
    }
    return null;
  }

  private Truth in(CelExpr wanted, CelExpr among) {
    if (!isScalar(wanted)) {
      return null;
    }
    Node value = compile(wanted);
    if (isIdent(among, "attributes")) {
      return touchpoint ->
          value.eval(touchpoint) instanceof String key
              ? Truth.of(touchpoint.attributes().containsKey(key))
              : Truth.FAILURE;
    }
    if (among.getKind() != Kind.LIST
        || !among.list().elements().stream().allMatch(this::isScalar)) {
      return null;
    }
    List<CelExpr> elements = among.list().elements();
    Node[] items = elements.stream().map(this::compile).toArray(Node[]::new);
    Set<String> texts = texts(items);
    if (texts != null && value instanceof Node.Read read && read.field().symbols() != null) {
      return symbolIn(read.field(), elements, texts);
    }
    if (texts != null) {
      return touchpoint ->
          value.eval(touchpoint) instanceof String text
              ? Truth.of(texts.contains(text))
              : Truth.FAILURE;
    }
    return touchpoint -> {
      Object sought = value.eval(touchpoint);
      boolean failed = sought == null || sought == Node.FAILED;
      boolean found = false;
      for (Node item : items) {
        Object one = item.eval(touchpoint);
        failed |= one == Node.FAILED;
        found |= Values.equal(one, sought);
      }
      return failed ? Truth.FAILURE : Truth.of(found);
    };
  }

  private Truth symbolIn(Field field, List<CelExpr> elements, Set<String> names) {
    for (CelExpr element : elements) {
      symbol(field, element.constant().stringValue(), element);
    }
    Set<Enum<?>> wanted = new HashSet<>();
    for (Enum<?> symbol : field.symbols().getEnumConstants()) {
      if (names.contains(symbol.name())) {
        wanted.add(symbol);
      }
    }
    return touchpoint ->
        field.raw().apply(touchpoint) instanceof Enum<?> symbol
            ? Truth.of(wanted.contains(symbol))
            : Truth.FAILURE;
  }

  /** The items as a set when all are fixed texts, else null. */
  private static Set<String> texts(Node[] items) {
    Set<String> texts = new HashSet<>();
    for (Node item : items) {
      if (!(item instanceof Node.Constant constant) || !(constant.value() instanceof String text)) {
        return null;
      }
      texts.add(text);
    }
    return Set.copyOf(texts);
  }

  private Node index(CelExpr map, CelExpr key) {
    if (!isIdent(map, "attributes") || !isScalar(key)) {
      return null;
    }
    Node name = compile(key);
    return touchpoint -> {
      String value =
          name.eval(touchpoint) instanceof String text ? touchpoint.attributes().get(text) : null;
      return value == null ? Node.FAILED : value;
    };
  }

  private Node unary(UnaryOperator<Object> operator, CelExpr operand) {
    Node a = compile(operand);
    return touchpoint -> {
      Object x = a.eval(touchpoint);
      return x == Node.FAILED ? Node.FAILED : operator.apply(x);
    };
  }

  private Node binary(BinaryOperator<Object> operator, CelExpr left, CelExpr right) {
    Node a = compile(left);
    Node b = compile(right);
    return touchpoint -> operator.apply(a.eval(touchpoint), b.eval(touchpoint));
  }

  private Truth text(BiPredicate<String, String> test, CelExpr left, CelExpr right) {
    Node a = compile(left);
    Node b = compile(right);
    return touchpoint ->
        a.eval(touchpoint) instanceof String x && b.eval(touchpoint) instanceof String y
            ? Truth.of(test.test(x, y))
            : Truth.FAILURE;
  }

  private Truth pattern(CelExpr text, CelExpr regex) {
    if (!(compile(regex) instanceof Node.Constant constant)
        || !(constant.value() instanceof String source)) {
      return null;
    }
    Node a = compile(text);
    try {
      Pattern pattern = Pattern.compile(source);
      return touchpoint ->
          a.eval(touchpoint) instanceof String x
              ? Truth.of(pattern.matcher(x).find())
              : Truth.FAILURE;
    } catch (PatternSyntaxException e) {
      report(regex, "not a regular expression (RE2): " + e.getMessage());
      return null;
    }
  }

  /** {@code duration('1h')} and the like, worked out once; null when the text is not fixed. */
  private Node literal(CelExpr expr, CelExpr text) {
    if (!(compile(text) instanceof Node.Constant)) {
      return null;
    }
    Object value = library(expr).eval(null);
    if (value == Node.FAILED) {
      report(
          text,
          kind(expr) == CelKind.DURATION
              ? "not a duration; expected a text such as '36h' or '90m'"
              : "not a time; expected a text such as '2026-03-01T00:00:00Z'");
    }
    return new Node.Constant(value);
  }

  private Node part(String function, CelExpr time, CelExpr zone) {
    if (is(time, CelKind.DURATION)) {
      return switch (function) {
        case "getHours" -> unary(v -> v instanceof Duration d ? d.toHours() : Node.FAILED, time);
        case "getMinutes" ->
            unary(v -> v instanceof Duration d ? d.toMinutes() : Node.FAILED, time);
        case "getSeconds" ->
            unary(v -> v instanceof Duration d ? d.toSeconds() : Node.FAILED, time);
        default -> null;
      };
    }
    ToLongFunction<LocalDateTime> part = TimeZones.PARTS.get(function);
    if (part == null || !is(time, CelKind.TIMESTAMP)) {
      return null;
    }
    if (zone == null) {
      return unary(value -> TimeZones.part(part, value, "Z"), time);
    }
    if (compile(zone) instanceof Node.Constant constant
        && constant.value() instanceof String name) {
      Optional<Zone> found = Zones.find(name);
      if (found.isEmpty()) {
        report(zone, "'" + name + "' is no time zone; expected a name such as 'Europe/Warsaw'");
      }
    }
    return binary((t, z) -> TimeZones.part(part, t, z), time, zone);
  }

  private boolean isScalar(CelExpr expr) {
    CelKind kind = kind(expr);
    if (kind == CelKind.DYN) {
      return expr.getKind() == Kind.CALL
          && expr.call().function().equals("dyn")
          && isScalar(expr.call().args().get(0));
    }
    return SCALARS.contains(kind);
  }

  private boolean is(CelExpr expr, CelKind... kinds) {
    return List.of(kinds).contains(kind(expr));
  }

  private CelKind kind(CelExpr expr) {
    CelType type = tree.getTypeOrThrow(expr.id());
    return type instanceof NullableType nullable ? nullable.targetType().kind() : type.kind();
  }

  private static boolean isIdent(CelExpr expr, String name) {
    return expr.getKind() == Kind.IDENT && expr.ident().name().equals(name);
  }

  private static boolean isNull(CelExpr expr) {
    return expr.getKind() == Kind.CONSTANT
        && expr.constant().getKind() == CelConstant.Kind.NULL_VALUE;
  }

  private void report(CelExpr at, String message) {
    Integer offset = tree.getSource().getPositionsMap().get(at.id());
    Optional<CelSourceLocation> location =
        offset == null ? Optional.empty() : tree.getSource().getOffsetLocation(offset);
    problems.add(
        new CelProblem(
            location.map(CelSourceLocation::getLine).orElse(1),
            location.map(l -> l.getColumn() + 1).orElse(1),
            message));
  }
}
