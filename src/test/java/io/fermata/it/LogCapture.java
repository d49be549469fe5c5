package io.fermata.it;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.LoggerFactory;

/** Counts what a class of this process logs: how often it has tried something. */
final class LogCapture implements AutoCloseable {

  private final AtomicInteger count = new AtomicInteger();
  private final Logger logger;
  private final AppenderBase<ILoggingEvent> appender =
      new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
          count.incrementAndGet();
        }
      };

  /**
   * @param loggerName whose messages count, as far as its level lets them pass
   */
  LogCapture(String loggerName) {
    logger = (Logger) LoggerFactory.getLogger(loggerName);
    appender.start();
    logger.addAppender(appender);
  }

  int count() {
    return count.get();
  }

  @Override
  public void close() {
    logger.detachAppender(appender);
    appender.stop();
  }
}
