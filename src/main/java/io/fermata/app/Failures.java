package io.fermata.app;

import io.fermata.embedded.BrokerFailedException;
import io.fermata.replay.InputException;
import io.fermata.replay.mapping.MappingException;
import io.fermata.rules.load.RuleProblemsException;
import io.fermata.runtime.ClusterUnavailableException;
import io.fermata.runtime.TopicMismatchException;
import io.fermata.runtime.config.ConfigurationException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import picocli.CommandLine.ExitCode;

/** Which failures a user can do something about, and the exit status of each. */
final class Failures {

  /** Wrong usage or configuration: the user must change what was given. */
  private static final List<Class<? extends Exception>> USAGE =
      List.of(ConfigurationException.class, RuleProblemsException.class, MappingException.class);

  /** The world was not as needed; the message says enough. */
  private static final List<Class<? extends Exception>> WORK =
      List.of(
          TopicMismatchException.class,
          ClusterUnavailableException.class,
          BrokerFailedException.class,
          InputException.class,
          IOException.class,
          UncheckedIOException.class);

  private Failures() {}

  static int exitStatus(Exception failure) {
    return isOneOf(USAGE, failure) ? ExitCode.USAGE : ExitCode.SOFTWARE;
  }

  static boolean isExpected(Exception failure) {
    return isOneOf(USAGE, failure) || isOneOf(WORK, failure);
  }

  /** What to tell the user: the message, or what it takes to understand one that is only a name. */
  static String message(Exception failure) {
    Throwable told = failure instanceof UncheckedIOException wrapped ? wrapped.getCause() : failure;
    if (told instanceof NoSuchFileException || told instanceof FileNotFoundException) {
      return told.getMessage() + ": no such file";
    }
    if (told instanceof AccessDeniedException) {
      return told.getMessage() + ": permission denied";
    }
    boolean plain = isExpected(failure) && told.getMessage() != null;
    return plain ? told.getMessage() : told.toString();
  }

  private static boolean isOneOf(List<Class<? extends Exception>> types, Exception failure) {
    return types.stream().anyMatch(type -> type.isInstance(failure));
  }
}
