package io.fermata.replay.mapping;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** A mapping cannot be used: its file has mistakes, or it does not fit the data. */
public final class MappingException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private static final Comparator<MappingProblem> IN_FILE_ORDER =
      Comparator.comparingInt(MappingProblem::line).thenComparingInt(MappingProblem::column);

  private final transient List<MappingProblem> problems;

  public MappingException(List<MappingProblem> problems) {
    super(
        problems.stream()
            .sorted(IN_FILE_ORDER)
            .map(MappingProblem::toString)
            .collect(Collectors.joining("\n")));
    this.problems = problems.stream().sorted(IN_FILE_ORDER).toList();
  }

  /** Every problem found, in the order of the file. */
  public List<MappingProblem> problems() {
    return problems;
  }
}
