package io.fermata.runtime.config;

import java.util.List;

/** The configuration cannot be used; the message names every problem and where it stands. */
public final class ConfigurationException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public ConfigurationException(String message) {
    super(message);
  }

  public ConfigurationException(String message, Throwable cause) {
    super(message, cause);
  }

  /** One line per problem. */
  public static ConfigurationException of(List<String> problems) {
    return new ConfigurationException(String.join(System.lineSeparator(), problems));
  }
}
