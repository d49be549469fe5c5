package io.fermata.replay.mapping;

/** Why a row cannot become a touchpoint. */
final class RowProblem extends RuntimeException {

  private static final long serialVersionUID = 1L;

  RowProblem(String message, Throwable cause) {
    super(message, cause);
  }
}
