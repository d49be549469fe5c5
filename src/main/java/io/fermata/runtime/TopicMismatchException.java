package io.fermata.runtime;

import java.util.List;
import java.util.stream.Collectors;

/** The cluster's topics are not as the contract says, and we may not or cannot mend that. */
public final class TopicMismatchException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient List<TopicDifference> differences;

  public TopicMismatchException(List<TopicDifference> differences) {
    super(
        differences.stream()
            .map(difference -> System.lineSeparator() + "  " + difference)
            .collect(Collectors.joining("", "the topics are not as the contract says:", "")));
    this.differences = List.copyOf(differences);
  }

  public List<TopicDifference> differences() {
    return differences;
  }
}
