package io.fermata.rules.cel;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.common.navigation.CelNavigableExpr;
import io.fermata.rules.TriedMessage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A checked expression and its closures.
 *
 * @param reads names of the fields and variables it reads
 */
record CelCompiled(
    CelAbstractSyntaxTree tree, Node node, Set<String> reads, ClosureCompiler compiler) {

  CelCompiled(CelAbstractSyntaxTree tree, Node node, ClosureCompiler compiler) {
    this(tree, node, namesIn(tree.getExpr()), compiler);
  }

  /**
   * The part of a condition that says the same of all messages tried in one channel, which must
   * hold for the whole to hold.
   */
  Truth steadyPart() {
    List<Truth> steady = new ArrayList<>();
    for (CelExpr part : ClosureCompiler.conjuncts(tree.getExpr())) {
      if (isSteady(part)) {
        steady.add(Truth.from(compiler.compile(part)));
      }
    }
    return Truth.and(steady.toArray(Truth[]::new));
  }

  /** The names read by the rest. */
  Set<String> readsOfTheRest() {
    return ClosureCompiler.conjuncts(tree.getExpr()).stream()
        .filter(part -> !isSteady(part))
        .flatMap(part -> namesIn(part).stream())
        .collect(Collectors.toUnmodifiableSet());
  }

  private static boolean isSteady(CelExpr part) {
    Set<String> names = new HashSet<>(namesIn(part));
    names.retainAll(TriedMessage.VARYING);
    return names.isEmpty();
  }

  private static Set<String> namesIn(CelExpr expr) {
    return CelNavigableExpr.fromExpr(expr)
        .allNodes()
        .filter(node -> node.getKind() == Kind.IDENT)
        .map(node -> node.expr().ident().name())
        .collect(Collectors.toUnmodifiableSet());
  }
}
