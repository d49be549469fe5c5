package io.fermata.runtime;

/** The cluster did not answer in the time it was given, or refused what we asked for. */
public final class ClusterUnavailableException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public ClusterUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
