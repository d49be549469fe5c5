package io.fermata.rules.cel;

import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Which touchpoint types a condition can match, read off {@code type == 'x'} and its like. */
final class TypeIndex {

  private TypeIndex() {}

  /** The types, or null for any. For every other type the condition is false, never a failure. */
  static Set<String> typesOf(CelExpr condition) {
    if (condition.getKind() != Kind.CALL) {
      return null;
    }
    List<CelExpr> arguments = condition.call().args();
    return switch (condition.call().function()) {
      case ClosureCompiler.AND -> both(typesOf(arguments.get(0)), typesOf(arguments.get(1)));
      case ClosureCompiler.OR -> either(typesOf(arguments.get(0)), typesOf(arguments.get(1)));
      case ClosureCompiler.EQUALS -> {
        CelExpr left = arguments.get(0);
        CelExpr right = arguments.get(1);
        yield isType(left) && isText(right)
            ? Set.of(right.constant().stringValue())
            : isType(right) && isText(left) ? Set.of(left.constant().stringValue()) : null;
      }
      case ClosureCompiler.IN -> {
        CelExpr among = arguments.get(1);
        if (!isType(arguments.get(0))
            || among.getKind() != Kind.LIST
            || !among.list().elements().stream().allMatch(TypeIndex::isText)) {
          yield null;
        }
        Set<String> types = new HashSet<>();
        among.list().elements().forEach(e -> types.add(e.constant().stringValue()));
        yield types;
      }
      default -> null;
    };
  }

  /** The types that any of these conditions can match, or null for any type. */
  static Set<String> typesOfAny(List<CelExpr> conditions) {
    Set<String> types = Set.of();
    for (CelExpr condition : conditions) {
      types = either(types, typesOf(condition));
    }
    return types;
  }

  private static Set<String> both(Set<String> a, Set<String> b) {
    if (a == null || b == null) {
      return a == null ? b : a;
    }
    Set<String> common = new HashSet<>(a);
    common.retainAll(b);
    return common;
  }

  private static Set<String> either(Set<String> a, Set<String> b) {
    if (a == null || b == null) {
      return null;
    }
    Set<String> all = new HashSet<>(a);
    all.addAll(b);
    return all;
  }

  private static boolean isType(CelExpr expr) {
    return expr.getKind() == Kind.IDENT && expr.ident().name().equals("type");
  }

  private static boolean isText(CelExpr expr) {
    return expr.getKind() == Kind.CONSTANT
        && expr.constant().getKind() == CelConstant.Kind.STRING_VALUE;
  }
}
