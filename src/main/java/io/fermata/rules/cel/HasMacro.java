package io.fermata.rules.cel;

import com.google.common.collect.ImmutableList;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.CelCall;
import dev.cel.common.ast.CelExpr.CelSelect;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.common.values.NullValue;
import dev.cel.parser.CelMacro;
import dev.cel.parser.CelMacroExprFactory;
import java.util.Optional;

/**
 * {@code has(x)}: whether a field, a field of the score or an attribute is set. Unlike CEL's own it
 * takes a plain field, and never fails: without a score, no field of it is set.
 */
final class HasMacro {

  static final CelMacro MACRO =
      CelMacro.newGlobalMacro(
          "has", 1, (factory, target, arguments) -> Optional.of(expand(factory, arguments)));

  private HasMacro() {}

  private static CelExpr expand(CelMacroExprFactory factory, ImmutableList<CelExpr> arguments) {
    CelExpr argument = arguments.get(0);
    if (argument.getKind() == Kind.IDENT) {
      return isSet(factory, argument);
    }
    if (argument.getKind() == Kind.SELECT) {
      return hasMember(factory, argument);
    }
    if (argument.getKind() == Kind.CALL
        && argument.call().function().equals(ClosureCompiler.INDEX)) {
      CelCall index = argument.call();
      return factory.newGlobalCall(ClosureCompiler.IN, index.args().get(1), index.args().get(0));
    }
    return factory.reportError("has() asks for a field: has(purpose), has(attributes.results)");
  }

  private static CelExpr isSet(CelMacroExprFactory factory, CelExpr variable) {
    String name = variable.ident().name();
    Field field = Field.PLAIN.get(name);
    boolean always =
        field != null ? !field.nullable() : name.equals("attributes") || name.equals("identifiers");
    return always ? factory.newBoolLiteral(true) : notNull(factory, variable);
  }

  private static CelExpr hasMember(CelMacroExprFactory factory, CelExpr argument) {
    CelSelect select = argument.select();
    boolean ofScore =
        select.operand().getKind() == Kind.IDENT && select.operand().ident().name().equals("score");
    Field field = ofScore ? Field.OF_SCORE.get(select.field()) : null;
    if (field == null) {
      return factory.newSelect(select.operand(), select.field(), true);
    }
    CelExpr score = notNull(factory, factory.newIdentifier("score"));
    return field.nullable()
        ? factory.newGlobalCall(ClosureCompiler.AND, score, notNull(factory, argument))
        : score;
  }

  private static CelExpr notNull(CelMacroExprFactory factory, CelExpr value) {
    CelExpr nothing = factory.newConstant(CelConstant.ofValue(NullValue.NULL_VALUE));
    return factory.newGlobalCall(ClosureCompiler.NOT_EQUALS, value, nothing);
  }
}
