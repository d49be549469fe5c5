package io.fermata.rules.load;

import java.util.List;
import java.util.stream.Collectors;

/** Rules or scenarios that cannot be loaded; every problem found is listed. */
public final class RuleProblemsException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient List<Problem> problems;

  public RuleProblemsException(List<Problem> problems) {
    super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
    this.problems = List.copyOf(problems);
  }

  /** In the order of the files, lines and columns. */
  public List<Problem> problems() {
    return problems;
  }
}
