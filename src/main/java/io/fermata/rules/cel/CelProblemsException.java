package io.fermata.rules.cel;

import java.util.List;
import java.util.stream.Collectors;

/** An expression that does not compile; every problem found in it is listed. */
public final class CelProblemsException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient List<CelProblem> problems;

  CelProblemsException(String source, List<CelProblem> problems) {
    super(
        problems.stream()
            .map(p -> p.message() + " (line " + p.line() + ", column " + p.column() + ")")
            .collect(Collectors.joining("; ", "", " in: " + source)));
    this.problems = List.copyOf(problems);
  }

  public List<CelProblem> problems() {
    return problems;
  }
}
