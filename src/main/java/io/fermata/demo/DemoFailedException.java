package io.fermata.demo;

/** A part of the demonstration failed; the message says which and why. */
public final class DemoFailedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public DemoFailedException(String message, Throwable cause) {
    super(message, cause);
  }
}
