package io.fermata.embedded;

import org.apache.kafka.common.utils.Exit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps Kafka's server code from ending our process. The server calls {@code Exit.exit} and {@code
 * Exit.halt} where it cannot go on (a log folder that failed, a thread that met a fatal error); in
 * a process of its own that is right, inside ours it is not.
 *
 * <p>The procedures are static in Kafka, so they are replaced for the whole process with the first
 * broker and stay so: a thread of a closed broker may still run. Callers of {@code Exit} rely on it
 * not to return, hence the exception.
 */
final class ExitGuard {

  private static final Logger LOG = LoggerFactory.getLogger(ExitGuard.class);

  private static boolean installed;

  private ExitGuard() {}

  static synchronized void install() {
    if (!installed) {
      Exit.setExitProcedure((status, message) -> refuse("exit", status, message));
      Exit.setHaltProcedure((status, message) -> refuse("halt", status, message));
      // Closing the broker does what they would do, and when the process is ending already none can
      // be added: a broker that starts just then could not even be closed in peace.
      Exit.setShutdownHookAdder(
          (name, hook) -> LOG.debug("Kafka's shutdown hook {} left out", name));
      installed = true;
    }
  }

  private static void refuse(String call, int status, String message) {
    BrokerFailedException failure =
        new BrokerFailedException(
            "the embedded broker called "
                + call
                + "("
                + status
                + ")"
                + (message == null ? "" : ": " + message));
    LOG.error("{}", failure.getMessage(), failure);
    throw failure;
  }
}
