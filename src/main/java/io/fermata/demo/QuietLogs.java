package io.fermata.demo;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.LoggerFactory;

/**
 * Keeps the log to what concerns somebody who looks at a demonstration: our own warnings and
 * Kafka's errors. A broker and its clients that start and stop together on a temporary folder warn
 * of each other all the time. {@code FERMATA_LOG} has the last word on our own.
 */
final class QuietLogs implements AutoCloseable {

  private final Map<Logger, Level> before = new LinkedHashMap<>();

  QuietLogs() {
    set("org.apache.kafka", Level.ERROR);
    set("kafka", Level.ERROR);
    set("state.change.logger", Level.ERROR);
    if (System.getenv("FERMATA_LOG") == null) {
      set("io.fermata", Level.WARN);
    }
  }

  private void set(String name, Level level) {
    Logger logger = (Logger) LoggerFactory.getLogger(name);
    before.put(logger, logger.getLevel());
    logger.setLevel(level);
  }

  @Override
  public void close() {
    before.forEach(Logger::setLevel);
  }
}
