package io.fermata.runtime;

import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds the end of the process back, after SIGTERM or SIGINT, until what is to be closed is closed.
 * Close it once that is done, lest the process waits for nothing.
 */
public final class ShutdownHook implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ShutdownHook.class);

  private final CountDownLatch done = new CountDownLatch(1);
  private final Thread hook;

  /**
   * @param stop ends the work
   */
  public ShutdownHook(Runnable stop) {
    hook =
        new Thread(
            () -> {
              stop.run();
              try {
                done.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                LOG.warn("The process ends before everything is closed", e);
              }
            },
            "fermata-shutdown");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  @Override
  public void close() {
    done.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      LOG.debug("The process is ending; the hook has run", e);
    }
  }
}
