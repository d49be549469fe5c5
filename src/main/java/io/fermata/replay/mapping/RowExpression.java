package io.fermata.replay.mapping;

import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.Program;
import java.util.Map;

/**
 * A compiled expression over a row. Immutable, for any number of threads.
 *
 * @param variable the column or step that the expression merely names, or null; such an expression
 *     needs no interpreter
 * @param program what runs otherwise
 * @param columns the columns it reads, each with where in the file
 */
record RowExpression(
    String name, String variable, Program program, Map<String, MappingProblem> columns) {

  /**
   * Its value: null, String, Long, Double, Boolean, Instant, Duration, List or Map.
   *
   * @throws RowProblem when it cannot be evaluated on this row
   */
  Object evaluate(RowValues values) {
    if (variable != null) {
      return values.hasStep(variable) ? values.step(variable) : values.column(variable);
    }
    try {
      return RowValues.withoutNull(program.eval(values));
    } catch (CelEvaluationException e) {
      throw problem(e);
    }
  }

  /** The cause outside of the library says what was found and expected; its wrappers do not. */
  private RowProblem problem(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null && cause.getClass().getName().startsWith("dev.cel.")) {
      cause = cause.getCause();
    }
    return cause instanceof RowProblem step
        ? step
        : new RowProblem(name + ": " + cause.getMessage(), failure);
  }
}
