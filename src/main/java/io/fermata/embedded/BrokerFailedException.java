package io.fermata.embedded;

/** A broker of our own did not start, did not stop, or met a fault it cannot go on from. */
public final class BrokerFailedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public BrokerFailedException(String message) {
    super(message);
  }

  public BrokerFailedException(String message, Throwable cause) {
    super(message, cause);
  }
}
