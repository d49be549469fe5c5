package io.fermata.rules.cel;

import com.google.common.collect.ImmutableCollection;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationResult;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypeProvider;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructType;
import dev.cel.common.values.NullValue;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.extensions.CelExtensions;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import dev.cel.runtime.CelStandardFunctions;
import io.fermata.model.Touchpoint;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The CEL library set up for touchpoints: parser, type checker and runtime. One thing differs from
 * standard CEL: {@code in} of a null cannot be evaluated, where CEL says false.
 */
final class Library {

  /** The variable that is true where a pause covers the touchpoint; not a field of it. */
  static final String PAUSED = "paused";

  private static final CelOptions OPTIONS =
      CelOptions.current().enableHeterogeneousNumericComparisons(true).build();

  private static final StructType SCORE =
      StructType.create(
          "Score",
          ImmutableSet.copyOf(Field.OF_SCORE.keySet()),
          name -> Optional.ofNullable(Field.OF_SCORE.get(name)).map(Field::type));

  private static final StructType IDENTIFIER =
      StructType.create(
          "Identifier", ImmutableSet.of("kind", "value"), name -> Optional.of(SimpleType.STRING));

  private static final CelCompiler COMPILER = compiler();

  private static final CelRuntime RUNTIME = runtime();

  private Library() {}

  static CelValidationResult compile(String source) {
    return COMPILER.compile(source);
  }

  /** A checked tree, run by the library's own runtime. */
  static Node node(CelAbstractSyntaxTree tree, boolean paused) {
    CelRuntime.Program program;
    try {
      program = RUNTIME.createProgram(tree);
    } catch (CelEvaluationException e) {
      throw new IllegalStateException("a checked expression has no program", e);
    }
    return touchpoint -> {
      try {
        Object value =
            program.eval(name -> Optional.ofNullable(variable(touchpoint, name, paused)));
        return value == NullValue.NULL_VALUE ? null : value;
      } catch (CelEvaluationException | RuntimeException failure) {
        // The library reports a failed evaluation by throwing; who evaluates counts it.
        return Node.FAILED;
      }
    };
  }

  private static Object variable(Touchpoint touchpoint, String name, boolean paused) {
    Field field = Field.PLAIN.get(name);
    if (field != null) {
      return orNull(field.read(touchpoint));
    }
    return switch (name) {
      case PAUSED -> paused;
      case "attributes" -> touchpoint.attributes();
      case "identifiers" ->
          touchpoint.identifiers().stream()
              .map(i -> Map.of("kind", i.kind(), "value", i.value()))
              .toList();
      case "score" -> touchpoint.score() == null ? NullValue.NULL_VALUE : score(touchpoint);
      default -> null;
    };
  }

  private static Map<String, Object> score(Touchpoint touchpoint) {
    Map<String, Object> score = new HashMap<>();
    Field.OF_SCORE.forEach((name, field) -> score.put(name, orNull(field.read(touchpoint))));
    return score;
  }

  private static Object orNull(Object value) {
    return value == null ? NullValue.NULL_VALUE : value;
  }

  private static CelCompiler compiler() {
    CelCompilerBuilder builder =
        CelCompilerFactory.standardCelCompilerBuilder()
            .setOptions(OPTIONS)
            .setTypeProvider(new Types())
            .setStandardMacros(
                CelStandardMacro.ALL,
                CelStandardMacro.EXISTS,
                CelStandardMacro.EXISTS_ONE,
                CelStandardMacro.MAP,
                CelStandardMacro.MAP_FILTER,
                CelStandardMacro.FILTER)
            .addMacros(HasMacro.MACRO)
            .addLibraries(CelExtensions.strings())
            .addVar("attributes", MapType.create(SimpleType.STRING, SimpleType.STRING))
            .addVar("identifiers", ListType.create(IDENTIFIER))
            .addVar("score", SCORE)
            .addVar(PAUSED, SimpleType.BOOL);
    Field.PLAIN.forEach((name, field) -> builder.addVar(name, field.type()));
    return builder.build();
  }

  private static CelRuntime runtime() {
    return CelRuntimeFactory.legacyCelRuntimeBuilder()
        .setOptions(OPTIONS)
        .setStandardEnvironmentEnabled(false)
        .setStandardFunctions(
            CelStandardFunctions.newBuilder()
                .excludeFunctions(CelStandardFunctions.StandardFunction.IN)
                .build())
        .addFunctionBindings(
            CelFunctionBinding.from(
                "in_list", Object.class, List.class, (value, items) -> contains(items, value)),
            CelFunctionBinding.from(
                "in_map", Object.class, Map.class, (key, map) -> map.containsKey(needed(key))))
        .addLibraries(CelExtensions.strings())
        .build();
  }

  private static boolean contains(List<?> items, Object value) {
    needed(value);
    return items.stream().anyMatch(item -> Values.equal(item, value));
  }

  private static Object needed(Object value) {
    if (value == NullValue.NULL_VALUE) {
      throw new IllegalArgumentException("in needs a value, not null");
    }
    return value;
  }

  /** Makes the records of a touchpoint known to the type checker. */
  private static final class Types implements CelTypeProvider {

    @Override
    public ImmutableCollection<CelType> types() {
      return ImmutableList.of(SCORE, IDENTIFIER);
    }

    @Override
    public Optional<CelType> findType(String name) {
      return types().stream().filter(type -> type.name().equals(name)).findFirst();
    }
  }
}
