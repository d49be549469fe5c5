package io.fermata.oracle;

import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.common.types.SimpleType;
import dev.cel.common.values.NullValue;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelMacro;
import dev.cel.parser.CelMacroExprFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import io.fermata.model.Score;
import io.fermata.model.Touchpoint;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * CEL by the library's own runtime over untyped fields of the touchpoint. Unlike what
 * docs/meaning.md says, {@code in} of a null is false instead of failing, which only a negation
 * could tell apart.
 */
final class CelMeaning implements Meaning {

  private static final CelOptions OPTIONS =
      CelOptions.current().enableHeterogeneousNumericComparisons(true).build();

  private static final CelMacro HAS =
      CelMacro.newGlobalMacro(
          "has", 1, (factory, target, arguments) -> Optional.of(has(factory, arguments.get(0))));

  private static final CelCompiler COMPILER = compiler();

  private static final CelRuntime RUNTIME =
      CelRuntimeFactory.legacyCelRuntimeBuilder().setOptions(OPTIONS).build();

  private static final Map<String, CelRuntime.Program> PROGRAMS = new ConcurrentHashMap<>();

  /** The oracle asks for the same values over and over, of the same instances. */
  private final IdentityHashMap<Touchpoint, Known> known = new IdentityHashMap<>();

  /** The fields of a touchpoint and what expressions said of it. */
  private record Known(Map<String, Object> fields, Map<String, Optional<Object>> values) {

    static Known of(Touchpoint touchpoint) {
      Map<String, Object> fields = CelMeaning.fields(touchpoint);
      fields.put("paused", Meaning.isInPause(touchpoint));
      return new Known(fields, new HashMap<>());
    }
  }

  @Override
  public Object valueOf(String expression, Touchpoint touchpoint) {
    Known of = known.computeIfAbsent(touchpoint, Known::of);
    return of.values()
        .computeIfAbsent(expression, ignored -> evaluate(expression, of.fields()))
        .orElse(null);
  }

  private static Optional<Object> evaluate(String expression, Map<String, Object> fields) {
    try {
      Object value =
          PROGRAMS
              .computeIfAbsent(expression, CelMeaning::compile)
              .eval(name -> Optional.ofNullable(fields.get(name)));
      return value instanceof NullValue ? Optional.empty() : Optional.of(value);
    } catch (CelEvaluationException cannotBeEvaluated) {
      return Optional.empty();
    }
  }

  private static CelRuntime.Program compile(String expression) {
    try {
      return RUNTIME.createProgram(COMPILER.compile(expression).getAst());
    } catch (CelValidationException | CelEvaluationException e) {
      throw new IllegalArgumentException("not CEL: " + expression, e);
    }
  }

  private static CelCompiler compiler() {
    CelCompilerBuilder builder =
        CelCompilerFactory.standardCelCompilerBuilder()
            .setOptions(OPTIONS)
            .setStandardMacros(CelStandardMacro.EXISTS, CelStandardMacro.ALL)
            .addMacros(HAS);
    for (RecordComponent field : Touchpoint.class.getRecordComponents()) {
      builder.addVar(field.getName(), SimpleType.DYN);
    }
    builder.addVar("paused", SimpleType.BOOL);
    return builder.build();
  }

  /** {@code has(x)} is {@code x != null}; of a member it is CEL's own. */
  private static CelExpr has(CelMacroExprFactory factory, CelExpr argument) {
    return argument.getKind() == Kind.SELECT
        ? factory.newSelect(argument.select().operand(), argument.select().field(), true)
        : factory.newGlobalCall(
            "_!=_", argument, factory.newConstant(CelConstant.ofValue(NullValue.NULL_VALUE)));
  }

  private static Map<String, Object> fields(Record of) {
    Map<String, Object> fields = new HashMap<>();
    for (RecordComponent field : of.getClass().getRecordComponents()) {
      try {
        fields.put(field.getName(), asCel(field.getName(), field.getAccessor().invoke(of)));
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException("cannot read " + field, e);
      }
    }
    return fields;
  }

  private static Object asCel(String name, Object value) {
    if (value == null) {
      return NullValue.NULL_VALUE;
    } else if (name.equals("occurredAt") || name.equals("dueAt")) {
      return Instant.ofEpochMilli((Long) value);
    } else if (value instanceof Enum<?> symbol) {
      return symbol.name();
    } else if (value instanceof Integer number) {
      return number.longValue();
    } else if (value instanceof Score score) {
      return fields(score);
    } else if (name.equals("identifiers")) {
      return ((List<?>) value).stream().map(i -> fields((Record) i)).toList();
    }
    return value;
  }
}
