package io.fermata.app;

import io.fermata.demo.DemoFailedException;
import io.fermata.embedded.BrokerFailedException;
import io.fermata.replay.InputException;
import io.fermata.replay.mapping.MappingException;
import io.fermata.rules.load.RuleProblemsException;
import io.fermata.runtime.ClusterUnavailableException;
import io.fermata.runtime.SchemasRefusedException;
import io.fermata.runtime.TopicMismatchException;
import io.fermata.runtime.config.ConfigurationException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import picocli.CommandLine.ExitCode;

/** Which failures a user can do something about, and the exit status of each. */
final class Failures {

  /** Wrong usage or configuration: the user must change what was given. */
  private static final List<Class<? extends Exception>> USAGE =
      List.of(
          ConfigurationException.class,
          ConfigException.class,
          RuleProblemsException.class,
          MappingException.class);

  /** The world was not as needed; the message says enough. */
  private static final List<Class<? extends Exception>> WORK =
      List.of(
          TopicMismatchException.class,
          SchemasRefusedException.class,
          ClusterUnavailableException.class,
          BrokerFailedException.class,
          DemoFailedException.class,
          InputException.class,
          IOException.class);

  private Failures() {}

  static int exitStatus(Exception thrown) {
    return isOneOf(USAGE, cause(thrown)) ? ExitCode.USAGE : ExitCode.SOFTWARE;
  }

  static boolean isExpected(Exception thrown) {
    Exception failure = cause(thrown);
    return isOneOf(USAGE, failure) || isOneOf(WORK, failure);
  }

  /** What to tell the user: the message, or what it takes to understand one that is only a name. */
  static String message(Exception thrown) {
    Exception told = cause(thrown);
    if (told instanceof NoSuchFileException || told instanceof FileNotFoundException) {
      return told.getMessage() + ": no such file";
    }
    if (told instanceof AccessDeniedException) {
      return told.getMessage() + ": permission denied";
    }
    boolean plain = isExpected(told) && told.getMessage() != null;
    return plain ? told.getMessage() : told.toString();
  }

  /**
   * What lies in a wrapping: Kafka's clients wrap what is wrong with a property, streams wrap I/O.
   */
  private static Exception cause(Exception thrown) {
    boolean wrapping = thrown instanceof UncheckedIOException || thrown instanceof KafkaException;
    return wrapping
            && (thrown.getCause() instanceof ConfigException
                || thrown.getCause() instanceof IOException)
        ? (Exception) thrown.getCause()
        : thrown;
  }

  private static boolean isOneOf(List<Class<? extends Exception>> types, Exception failure) {
    return types.stream().anyMatch(type -> type.isInstance(failure));
  }
}
