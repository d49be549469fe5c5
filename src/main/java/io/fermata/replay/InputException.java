package io.fermata.replay;

/** An input cannot be read as asked: a wrong name, a missing mapping. */
public final class InputException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public InputException(String message) {
    super(message);
  }
}
